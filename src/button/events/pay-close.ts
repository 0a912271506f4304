import { PayEvent } from './pay-event.js'

/** Who closed the dialog: the payer, the page, a payer who is done, or the button's removal. */
export type CloseReason = 'payer' | 'api' | 'settled' | 'removed'

/** The dialog closed. Cancels no payment. */
export class PayCloseEvent extends PayEvent<{ reason: CloseReason }> {
  constructor(reason: CloseReason) {
    super('pay-close', { reason })
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-close': PayCloseEvent
  }
}
