import type { Next, PaymentReason } from '../../contract/payment.js'
import type { Row, Value } from '../store/database.js'
import type { QueryPlan } from './query-schedule.js'
import type { InternalStatus } from './status.js'

/** What a payment is from its beginning on. */
export interface PaymentFacts {
  id: string
  orderId: string
  provider: string
  /** `provider:CODE`. */
  channel: string
  /** Minor units. */
  amount: bigint
  currency: string
  test: boolean
}

/** What becomes of it, as far as anybody may see. Times are milliseconds since the epoch. */
export interface PaymentState {
  status: InternalStatus
  reason: PaymentReason | null
  /** Minor units. */
  received: bigint | null
  version: number
  next: Next | null
  createdAt: number
  updatedAt: number
  returnedAt: number | null
}

export type SeenPayment = PaymentFacts & PaymentState

/** One payment as it is stored. */
export interface PaymentRecord extends PaymentFacts, PaymentState {
  idempotencyKey: string
  fingerprint: string
  way: string | null
  rank: number
  tradeNo: string
  providerReference: string | null
  returnTo: string | null
  /** Of the payer's address of the day, where its provider limits them; kept from `submitting` on. */
  ipKey: string | null
  leaseUntil: number | null
  queryPlan: QueryPlan | null
  queryStep: number
  queryAt: number | null
  queriedAt: number | null
  expiresAt: number
  graceUntil: number
  debt: Debt | null
}

/** What the shop has still to be told of a payment. */
export interface Debt {
  version: number
  type: PaymentEventType
  late: boolean
  tries: number
  since: number
}

export type PaymentEventType =
  | 'payment.succeeded'
  | 'payment.duplicate'
  | 'payment.failed'
  | 'payment.canceled'
  | 'payment.expired'
  | 'payment.needs_review'

const text = (value: Value | undefined) => (value == null ? null : String(value))
const number = (value: Value | undefined) => (value == null ? null : Number(value))

/** The columns of `PaymentState`: whoever moves a payment knows the rest of it. */
export const STATE = 'status, reason, received, version, next, created_at, updated_at, returned_at'
/** Those of `SeenPayment`. */
export const SEEN = `id, order_id, provider, channel, amount, currency, test, ${STATE}`

/** The rows are ours, so their words are taken as they stand. Postgres gives BIGINT as text. */
function toState(row: Row): PaymentState {
  return {
    status: row.status as InternalStatus,
    reason: row.reason as PaymentReason | null,
    received: row.received == null ? null : BigInt(row.received),
    version: Number(row.version),
    next: typeof row.next === 'string' ? (JSON.parse(row.next) as Next) : null,
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    returnedAt: number(row.returned_at),
  }
}

/** A payment of which the rest is known, as it is by now. */
export function withState(facts: PaymentFacts, row: Row): SeenPayment {
  const { id, orderId, provider, channel, amount, currency, test } = facts
  // Not by a spread: of that many members it makes an object that V8 is slow with.
  return Object.assign(toState(row), { id, orderId, provider, channel, amount, currency, test })
}

export function toSeen(row: Row): SeenPayment {
  return Object.assign(toState(row), {
    id: String(row.id),
    orderId: String(row.order_id),
    provider: String(row.provider),
    channel: String(row.channel),
    amount: BigInt(row.amount ?? 0),
    currency: String(row.currency),
    test: Number(row.test) === 1,
  })
}

export function toRecord(row: Row): PaymentRecord {
  return Object.assign(toSeen(row), {
    idempotencyKey: String(row.idempotency_key),
    fingerprint: String(row.fingerprint),
    way: text(row.way),
    rank: Number(row.rank),
    tradeNo: String(row.trade_no),
    providerReference: text(row.provider_reference),
    returnTo: text(row.return_to),
    ipKey: text(row.ip_key),
    leaseUntil: number(row.lease_until),
    queryPlan: row.query_plan as QueryPlan | null,
    queryStep: Number(row.query_step),
    queryAt: number(row.query_at),
    queriedAt: number(row.queried_at),
    expiresAt: Number(row.expires_at),
    graceUntil: Number(row.grace_until),
    debt: toDebt(row),
  })
}

function toDebt(row: Row): Debt | null {
  if (row.debt_version == null) return null
  return {
    version: Number(row.debt_version),
    type: row.debt_type as PaymentEventType,
    late: Number(row.debt_late) === 1,
    tries: Number(row.debt_tries),
    since: Number(row.debt_since),
  }
}
