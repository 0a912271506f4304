import type { Payment } from '../../contract/payment.js'
import type { PaymentEventType } from '../payments/record.js'

/** What the shop's server hears of a payment, by callback or webhook alike. */
export interface PaymentEvent {
  /** `{payment id}.{version}`: the same however often it is told. */
  id: string
  type: PaymentEventType
  /** When the payment moved, ISO 8601 UTC. */
  timestamp: string
  data: {
    payment: Payment
    /** Our number at the provider. */
    tradeNo: string
    /** The provider's own number. */
    providerReference: string | null
    /** The payment had been expired, canceled or failed before. */
    late?: true
  }
}

/** Resolves when the shop has taken the event; whatever it throws, it is told again later. */
export type TellShop = (event: PaymentEvent) => Promise<void> | void
