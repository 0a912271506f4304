import type { Payment } from '../../contract/payment.js'
import { PayEvent } from './pay-event.js'

/** A payment was made and its outcome is open. */
export class PayPendingEvent extends PayEvent<{ payment: Payment }> {
  constructor(payment: Payment) {
    super('pay-pending', { payment })
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-pending': PayPendingEvent
  }
}
