import type { ChannelKind, Field } from '../../contract/offer.js'
import type { PayerValues } from '../../contract/payer-fields.js'
import type { Next } from '../../contract/payment.js'

/**
 * All that a payment provider must supply. It is pure: it writes requests and reads answers, and
 * the proxy does the rest (calls, time limits, storage, retries, the shop).
 */
export interface Provider {
  /** First half of its channels' ids, last part of its notification address: `vexora-taiwan`. */
  readonly id: string
  /** Who the payer is told takes the money. */
  readonly operator: string
  /** Our number at the provider; compared where a report names one. */
  readonly merchant: string
  /** Where it is called; `https:`, in test mode also `http:` to loopback. */
  readonly baseUrl: string
  /** Hosts known to move no real money; live mode refuses them. */
  readonly testHosts?: readonly string[]
  readonly channels: readonly ProviderChannel[]
  /** Hosts that a cashier may be on; any where left out. */
  readonly cashierHosts?: readonly string[]
  /** What is built on a guess and nobody has confirmed; warned of at start, refused in live mode. */
  readonly assumptions?: readonly string[]
  /** Its notifications are not signed: each payment has an address of its own for them. */
  readonly secretAddress?: boolean
  /** Present where the provider is told the payer's address, so that it must be the real one. */
  readonly payerIp?: PayerIpRule

  /** @param now milliseconds since the epoch. */
  createRequest(payment: ProviderPayment, now: number): ProviderRequest
  /** Reads the answer to a create call; what it throws counts as an unknown outcome. */
  readCreated(answer: ProviderAnswer, payment: PaymentNumbers): Created

  queryRequest(payment: PaymentNumbers, now: number): ProviderRequest
  /** `undefined` where the answer says nothing of the payment: an error, a word nobody documented. */
  readQueried(answer: ProviderAnswer): Report | undefined

  readNotification(message: NotificationMessage): Notification
  /** What the provider expects to hear, to the letter, when its notification was taken. */
  readonly acknowledgement: { contentType: string; body: string }
}

export interface ProviderChannel {
  /** The provider's own word for it; its id is `provider:CODE`. */
  readonly code: string
  readonly kind: ChannelKind
  readonly flow: 'redirect' | 'code'
  /** A proper noun, if the payer knows it by one. */
  readonly label?: string
  readonly ways?: readonly { readonly code: string; readonly label: string }[]
  readonly fields: readonly Field[]
  /** Whether the payer may open its cashier on another device; leave it out where no rule says. */
  readonly portable?: true
  /** Whether it can carry this order's amount exactly, and has all that it must be told of it. */
  takes(order: OrderFacts): boolean
}

/** What a channel looks at to take an order or not. */
export interface OrderFacts {
  /** Minor units. */
  amount: bigint
  currency: string
  /** The shop's id of the payer. */
  userId?: string | undefined
}

/** Limits for each payer's address at this merchant number, where the provider has any. */
export interface PayerIpRule {
  readonly limits?: {
    /** Calls to create a payment, and successes, in a day. */
    readonly payments: number
    readonly successes: number
    /** The day's offset from UTC in hours. */
    readonly utcOffset: number
  }
}

/** The numbers that a payment is known by at its provider. */
export interface PaymentNumbers {
  /** Ours: 10 to 32 letters and digits, unique. */
  tradeNo: string
  /** The provider's, once it is known. */
  providerReference?: string | undefined
}

/** What a provider needs to make a payment. */
export interface ProviderPayment extends PaymentNumbers, OrderFacts {
  /** The shop's own id of the order. */
  order: string
  channel: string
  way?: string | undefined
  description?: string | undefined
  /** Normalised and checked by the channel's fields. */
  payer: PayerValues
  payerIp: string
  /** Ours, without a query string. */
  notifyUrl: string
  returnUrl: string
}

export interface ProviderRequest {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body: string
}

export interface ProviderAnswer {
  /** HTTP status. */
  status: number
  body: string
}

/** What a create call came to. It never says that money has arrived. */
export type Created =
  | { outcome: 'accepted'; next: Next; providerReference?: string | undefined }
  /** By a listed code, so that nothing was made at the provider. `code` is for the log. */
  | { outcome: 'refused'; code: string; providerReference?: string | undefined }
  | { outcome: 'unknown'; code: string; providerReference?: string | undefined }

/** What a provider says of a payment. Facts it does not mention are left out and not compared. */
export interface Report {
  says: 'pending' | 'processing' | 'partial' | 'paid' | 'failed' | 'canceled' | 'expired'
  tradeNo?: string | undefined
  providerReference?: string | undefined
  /** What was received, minor units. */
  amount?: bigint | undefined
  currency?: string | undefined
  merchant?: string | undefined
  channel?: string | undefined
  /** The payer's next step, where a lost create answer is made good. */
  next?: Next | undefined
}

/** A notification as it came: what is verified is the text, not what was parsed from it. */
export interface NotificationMessage {
  headers: Headers
  body: string
  /** Our number of the payment whose own address it came to (`secretAddress`). */
  tradeNo: string | undefined
}

export type Notification =
  | { kind: 'verified'; report: Report & { tradeNo: string } }
  /** Worth a query and nothing more. */
  | { kind: 'trigger'; tradeNo: string }
  /** Bad signature or forbidden shape: no effect but a query, where it names a payment of ours. */
  | { kind: 'unverified'; tradeNo: string | undefined }
  | { kind: 'unreadable' }
