import type { Payment } from '../../contract/payment.js'
import { PayEvent } from './pay-event.js'

/** Paid. For the page; goods go out on the word that the shop's server gets. */
export class PaySuccessEvent extends PayEvent<{ payment: Payment }> {
  constructor(payment: Payment) {
    super('pay-success', { payment })
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-success': PaySuccessEvent
  }
}
