import * as z from 'zod/mini'

/** What a payer can do about a problem; the button offers it. */
export type Remedy =
  /** Press again: the same request may succeed. */
  | 'retry'
  /** Look at the order again: what the page shows is out of date. */
  | 'reload'
  /** Another channel, or the same with other answers. */
  | 'edit'
  /** Nothing here: the shop has to be asked. */
  | 'ask-shop'
  /** Nothing to do: it is settled. */
  | 'none'

/** What is known of the payer's money. */
export type MoneyFate =
  /** Nothing was charged. */
  | 'none'
  /** Nothing came. What was begun may still be paid, or money may come late. */
  | 'late'
  /** The order is paid. */
  | 'settled'
  /** The order was paid twice. */
  | 'twice'
  /** Something came that a person at the shop has to look at. */
  | 'held'
  /** Nobody can say yet. */
  | 'unknown'

export interface ProblemKind {
  /** HTTP status. */
  status: number
  /** Whether sending the same again can help. */
  retryable: boolean
  remedy: Remedy
  /** Of all that this page began: the request itself made no payment. */
  money: MoneyFate
}

/**
 * Every problem of the API, in the order in which they are looked for. The button has a sentence
 * for the code or else the remedy, for the money, and for what to do next.
 */
export const PROBLEMS = {
  'not-found': problem(404, 'ask-shop'),
  'method-not-allowed': problem(405, 'ask-shop'),
  'origin-not-allowed': problem(403, 'ask-shop'),
  unauthorized: problem(401, 'ask-shop'),
  'body-invalid': problem(400, 'ask-shop'),
  'body-too-large': problem(413, 'ask-shop'),
  'idempotency-key-missing': problem(400, 'ask-shop'),
  'order-token-invalid': problem(400, 'ask-shop'),
  'idempotency-key-reused': problem(422, 'reload'),
  'order-token-expired': problem(410, 'reload'),
  'order-not-found': problem(404, 'ask-shop'),
  'payment-not-found': problem(404, 'reload'),
  'order-paid': problem(409, 'none', false, 'settled'),
  'payment-in-progress': problem(409, 'reload', true, 'unknown'),
  'amount-changed': problem(409, 'reload'),
  'channel-not-offered': problem(422, 'reload'),
  'payer-fields-invalid': problem(422, 'edit'),
  'provider-unavailable': problem(503, 'retry', true),
  'too-many-payments': problem(429, 'ask-shop', false, 'unknown'),
  'payer-ip-limit': problem(429, 'edit'),
  'store-unavailable': problem(503, 'retry', true),
  internal: problem(500, 'retry', true),
} as const satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof PROBLEMS

function problem(
  status: number,
  remedy: Remedy,
  retryable = false,
  money: MoneyFate = 'none',
): ProblemKind {
  return { status, retryable, remedy, money }
}

/** Why a payer field was not taken. Never a sentence: the button has the words. */
export const FIELD_FAULTS = [
  'required',
  'unknown',
  'country-code',
  'format',
  'too-short',
  'too-long',
] as const
export type FieldFault = (typeof FIELD_FAULTS)[number]

/** `mobile` or `bankAccounts.1` (counted from 0) → its fault. */
export type FieldFaults = Record<string, FieldFault>

/** `application/problem+json` (RFC 9457) as a client reads it. */
export const problemSchema = z.object({
  status: z.number(),
  code: z.string(),
  detail: z.optional(z.string()),
  fields: z.optional(z.catchall(z.object({}), z.string())),
  /** `payer-ip-limit`: which of the limits, and when it is lifted. */
  limit: z.optional(z.literal(['payments', 'successes'])),
  retryAt: z.optional(z.string()),
})
export type Problem = z.infer<typeof problemSchema>
