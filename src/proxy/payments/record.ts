import type { Next, PaymentReason } from '../../contract/payment.js'
import type { Row, Value } from '../store/database.js'
import type { QueryPlan } from './query-schedule.js'
import type { InternalStatus } from './status.js'

/** One payment as it is stored. Amounts are minor units, times milliseconds since the epoch. */
export interface PaymentRecord {
  id: string
  idempotencyKey: string
  fingerprint: string
  orderId: string
  provider: string
  /** `provider:CODE`. */
  channel: string
  way: string | null
  amount: bigint
  currency: string
  status: InternalStatus
  rank: number
  reason: PaymentReason | null
  received: bigint | null
  version: number
  test: boolean
  tradeNo: string
  providerReference: string | null
  next: Next | null
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
  createdAt: number
  updatedAt: number
  returnedAt: number | null
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

/** The rows are ours, so their words are taken as they stand. Postgres gives BIGINT as text. */
export function toRecord(row: Row): PaymentRecord {
  return {
    id: String(row.id),
    idempotencyKey: String(row.idempotency_key),
    fingerprint: String(row.fingerprint),
    orderId: String(row.order_id),
    provider: String(row.provider),
    channel: String(row.channel),
    way: text(row.way),
    amount: BigInt(row.amount ?? 0),
    currency: String(row.currency),
    status: row.status as InternalStatus,
    rank: Number(row.rank),
    reason: row.reason as PaymentReason | null,
    received: row.received == null ? null : BigInt(row.received),
    version: Number(row.version),
    test: Number(row.test) === 1,
    tradeNo: String(row.trade_no),
    providerReference: text(row.provider_reference),
    next: typeof row.next === 'string' ? (JSON.parse(row.next) as Next) : null,
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
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    returnedAt: number(row.returned_at),
  }
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
