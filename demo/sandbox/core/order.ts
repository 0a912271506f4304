/** Where an order stands, in the sandbox's own words; each provider has its codes for it. */
export type OrderStatus = 'open' | 'paid' | 'part-paid' | 'refused'

/** One attempt to notify the merchant. */
export interface Delivery {
  /** Milliseconds since the epoch. */
  at: number
  /** As it was posted, to the byte. */
  body: string
  reply: { status: number; body: string } | { error: string }
  acknowledged: boolean
}

/** An order that the sandbox took, and all that came of it. */
export interface Order {
  /** `Provider.id`. */
  readonly provider: string
  readonly merchantNo: string
  /** The merchant's own number, unique in the sandbox. */
  readonly tradeNo: string
  /** The provider's number. */
  readonly platFormTradeNo: string
  /** Whole major units, as the merchant wrote them. */
  readonly amount: string
  readonly currency: string
  /** The request's fields as they came. */
  readonly fields: Readonly<Record<string, string>>
  /** What the cashier shows of it. */
  readonly details: readonly (readonly [label: string, value: string])[]
  readonly cashierToken: string
  readonly notifyUrl: string
  readonly returnUrl: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  status: OrderStatus
  /** What was really paid, in whole major units; absent until something was. */
  paidAmount?: string
  /** When a late payment will come in, milliseconds since the epoch. */
  lateAt?: number
  /** Create calls that named this order, refused repetitions included. */
  createCalls: number
  queries: number
  /** In the order they were answered. */
  notifications: Delivery[]
}

/** What a report to the merchant says, taken when it was decided to send it. */
export type OrderReport = Pick<Order, 'status' | 'paidAmount'>

/** What a payer does at the cashier. Amounts in whole major units, times in milliseconds. */
export type Outcome = 'approve' | 'refuse' | { part: string } | { approveAfter: number }
