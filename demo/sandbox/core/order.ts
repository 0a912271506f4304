/** Where an order stands, in the sandbox's own words; each provider has its codes for it. */
export type OrderStatus = 'open' | 'paid' | 'part-paid' | 'refused' | 'canceled'

/** One attempt to notify the merchant. */
export interface Delivery {
  /** Milliseconds since the epoch. */
  at: number
  /** As it was posted, to the byte. */
  body: string
  reply: Reply | { error: string }
  acknowledged: boolean
}

/** What a merchant replied to a notification. */
export interface Reply {
  status: number
  body: string
}

/** An order that the sandbox took, and all that came of it. */
export interface Order {
  /** `Provider.id`. */
  readonly provider: string
  readonly merchantNo: string
  /** The merchant's own number, unique in the sandbox. */
  readonly tradeNo: string
  /** The provider's number. */
  readonly providerReference: string
  /** Major units, a decimal text. */
  readonly amount: string
  readonly currency: string
  /** The request's fields as they came, numbers as text. */
  readonly fields: Readonly<Record<string, string>>
  /** What the cashier shows of it. */
  readonly details: readonly (readonly [label: string, value: string])[]
  readonly cashierToken: string
  /** What the payer pays with where there is no cashier to be sent to. */
  readonly paymentCode?: string
  /** When that code ends, milliseconds since the epoch. Money may still come later. */
  readonly expiresAt?: number
  /** Left out where the merchant wants to hear of nothing. */
  readonly notifyUrl?: string | undefined
  /** Where the payer goes afterwards; the cashier keeps them where it is left out. */
  readonly returnUrl?: string | undefined
  /** Where the payer goes who canceled. */
  readonly cancelUrl?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  status: OrderStatus
  /** When it was paid or refused, milliseconds since the epoch. */
  settledAt?: number
  /** What was really paid, in major units; absent until something was. */
  paidAmount?: string
  /** When a late payment will come in, milliseconds since the epoch. */
  lateAt?: number
  /** Create calls that named this order, refused repetitions included. */
  createCalls: number
  queries: number
  /** In the order they were answered. */
  notifications: Delivery[]
}

/** What a new order is known by; the rest of it begins empty. */
export type NewOrder = Omit<
  Order,
  'cashierToken' | 'status' | 'createCalls' | 'queries' | 'notifications'
>

/** What a report to the merchant says, taken when it was decided to send it. */
export type OrderReport = Pick<Order, 'status' | 'paidAmount' | 'settledAt'>

/** What a provider's cashier may let a payer do. */
export type Action = 'approve' | 'refuse' | 'part' | 'cancel'

/** What a payer does at the cashier. Amounts in major units, times in milliseconds. */
export type Outcome = 'approve' | 'refuse' | 'cancel' | { part: string } | { approveAfter: number }
