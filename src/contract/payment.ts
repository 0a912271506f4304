import * as z from 'zod/mini'
import { moneySchema } from './money.js'

/** What the button is told. `created`, `submitting` and `unknown` read `processing`. */
export const PAYMENT_STATUSES = [
  'processing',
  'requires_action',
  'expired',
  'canceled',
  'failed',
  'needs_review',
  'succeeded',
] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

export const PAYMENT_REASONS = [
  'refused',
  'partial',
  'amount-mismatch',
  'currency-mismatch',
  'merchant-mismatch',
  'number-mismatch',
  'channel-mismatch',
  'amount-missing',
  'duplicate',
  'order-paid',
  'cashier-refused',
  'unreachable',
  'interrupted',
  'unknown-outcome',
] as const
export type PaymentReason = (typeof PAYMENT_REASONS)[number]

/** What the payer does next, only while it can be used. */
export const nextSchema = z.lazy(() =>
  z.union([
    z.object({ type: z.literal('redirect'), url: z.string() }),
    z.object({
      type: z.literal('code'),
      code: z.string(),
      biller: z.optional(z.string()),
      expiresAt: z.nullable(z.string()),
    }),
  ]),
)
export type Next = z.infer<typeof nextSchema>

/** One attempt to pay an order. Times are ISO 8601 UTC; no payer data comes back, ever. */
export const paymentSchema = z.lazy(() =>
  z.object({
    id: z.string(),
    order: z.string(),
    channel: z.string(),
    amount: moneySchema,
    status: z.literal(PAYMENT_STATUSES),
    /** Rises when what this shows changes; what a long poll compares. */
    version: z.number(),
    reason: z.optional(z.string()),
    /** What a verified report said was received, where it is not the whole. */
    received: z.optional(moneySchema),
    next: z.nullable(nextSchema),
    createdAt: z.string(),
    updatedAt: z.string(),
    /** When the provider first sent the payer back. Says nothing about money. */
    returnedAt: z.optional(z.string()),
    /** True where no real money moves. */
    test: z.optional(z.boolean()),
    /** The server's clock, for countdowns. */
    now: z.string(),
  }),
)
export type Payment = z.infer<typeof paymentSchema>

export const PRESENTATIONS = ['popup', 'redirect'] as const
export type Presentation = (typeof PRESENTATIONS)[number]

/** The header `Idempotency-Key` of `POST /payments`. */
export const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{1,64}$/

/** The body of `POST /payments`. */
export const createPaymentSchema = z.strictObject({
  /** A plain reference or an order token. */
  order: z.string().check(z.minLength(1), z.maxLength(2048)),
  channel: z.string().check(z.minLength(1), z.maxLength(128)),
  /** May be left out where the channel has one way. */
  way: z.optional(z.string().check(z.minLength(1), z.maxLength(64))),
  /** What stands on the payer's screen; only compared. */
  amount: moneySchema,
  payer: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  presentation: z.literal(PRESENTATIONS),
  /** Where the return page leads: absolute, of an origin in `PAY_ORIGINS`. */
  returnTo: z.optional(z.string().check(z.maxLength(2048))),
})
export type CreatePayment = z.infer<typeof createPaymentSchema>
