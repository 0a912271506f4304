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
  /** The proxy has no such address: `endpoint` is wrong. */
  'not-found': problem(404, 'ask-shop'),
  /** The address exists, but not for this method. */
  'method-not-allowed': problem(405, 'ask-shop'),
  /** The page is not on one of `PAY_ORIGINS`. */
  'origin-not-allowed': problem(403, 'ask-shop'),
  /** A route of the shop's server was asked without its key. No button asks for one. */
  unauthorized: problem(401, 'ask-shop'),
  /** The request is not what the contract says; or `returnTo` is not on one of `PAY_ORIGINS`. */
  'body-invalid': problem(400, 'ask-shop'),
  /** More than 16 kB. */
  'body-too-large': problem(413, 'ask-shop'),
  /** The header is absent, malformed or there twice. The button always sends one. */
  'idempotency-key-missing': problem(400, 'ask-shop'),
  /** `order` is no token, or signed with another secret than `PAY_ORDER_SECRET`. */
  'order-token-invalid': problem(400, 'ask-shop'),
  /** The key made another payment before. The button makes a new one for each. */
  'idempotency-key-reused': problem(422, 'reload'),
  /** The token is over, or a newer one of the order has another amount. */
  'order-token-expired': problem(410, 'reload'),
  /** No order of this reference, or a closed one. */
  'order-not-found': problem(404, 'ask-shop'),
  /** No payment of this id or key. */
  'payment-not-found': problem(404, 'reload'),
  /** The order is paid already. */
  'order-paid': problem(409, 'none', false, 'settled'),
  /** Another payment of the order is under way, perhaps in another tab. */
  'payment-in-progress': problem(409, 'reload', true, 'unknown'),
  /** The order costs something else than what the payer saw. */
  'amount-changed': problem(409, 'reload'),
  /** The way to pay is not offered for this order any more. */
  'channel-not-offered': problem(422, 'reload'),
  /** Something that the payer typed was refused; the fields say what. */
  'payer-fields-invalid': problem(422, 'edit'),
  /** Too many calls to that gateway are under way. */
  'provider-unavailable': problem(503, 'retry', true),
  /** 10 payments of the order are open, or 30 have been made. */
  'too-many-payments': problem(429, 'ask-shop', false, 'unknown'),
  /** The gateway's limit of payments a day for one address is reached. */
  'payer-ip-limit': problem(429, 'edit'),
  /** The proxy's database is away. */
  'store-unavailable': problem(503, 'retry', true),
  /** A fault in the proxy: its log says more. */
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
export const problemSchema = z.lazy(() =>
  z.object({
    status: z.number(),
    code: z.string(),
    detail: z.optional(z.string()),
    fields: z.optional(z.catchall(z.object({}), z.string())),
    /** `payer-ip-limit`: which of the limits, and when it is lifted. */
    limit: z.optional(z.literal(['payments', 'successes'])),
    retryAt: z.optional(z.string()),
  }),
)
export type Problem = z.infer<typeof problemSchema>
