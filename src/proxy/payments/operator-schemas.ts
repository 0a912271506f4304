import * as z from 'zod'
import { PAYMENT_STATUSES, paymentSchema } from '../../contract/payment.js'
import { RESOLVED_STATUSES } from './resolutions.js'

/** Which payments an operator wants to see; what is left out does not matter. */
export const paymentFilterSchema = z.strictObject({
  /** The order's own id. */
  order: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .optional(),
  status: z.enum(PAYMENT_STATUSES).optional(),
  /** Only those whose news the shop did not take in three days. */
  undelivered: z.boolean().optional(),
  /** `next` of the page before. */
  cursor: z
    .string()
    .regex(/^\w{1,64}$/)
    .optional(),
})
export type PaymentFilter = z.infer<typeof paymentFilterSchema>

/** Newest first. */
export const paymentPageSchema = z.object({
  payments: z.array(paymentSchema),
  /** The `cursor` of the next page; absent on the last. */
  next: z.string().optional(),
})
export type PaymentPage = z.infer<typeof paymentPageSchema>

export const resolutionSchema = z.strictObject({
  status: z.enum(RESOLVED_STATUSES),
  /** Why; it stays in the payment's record. One line of 1 to 500 characters. */
  note: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u),
})
export type Resolution = z.infer<typeof resolutionSchema>

const stateSchema = z.object({
  /** The payment's inner one: also `created`, `submitting` and `unknown`. */
  status: z.string(),
  /** What decides which report may move it; only an operator lowers it. */
  rank: z.number(),
  reason: z.string().optional(),
})

/** One version of a payment: what it became and who said so. */
export const recordEntrySchema = stateSchema.extend({
  version: z.number(),
  /** ISO 8601 UTC. */
  at: z.string(),
  /** `payer | create-answer | notification | query | clock | return | shop | operator | upgrade` */
  source: z.string(),
  /** What it was before; absent at its beginning. */
  was: stateSchema.optional(),
  /** Major units. */
  received: z.object({ value: z.string(), currency: z.string() }).optional(),
  /** The operator's. */
  note: z.string().optional(),
})
export type RecordEntry = z.infer<typeof recordEntrySchema>

export const recordSchema = z.object({ record: z.array(recordEntrySchema) })
