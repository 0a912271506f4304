import type { Payment } from '../../contract/payment.js'
import { PayEvent } from './pay-event.js'

/** Failed, expired or canceled. A success may still follow. */
export class PayFailureEvent extends PayEvent<{ payment: Payment }> {
  constructor(payment: Payment) {
    super('pay-failure', { payment })
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-failure': PayFailureEvent
  }
}
