import type { Next, PaymentReason } from '../../contract/payment.js'
import { checked } from '../store/condition.js'
import type { Statement } from '../store/database.js'
import { LIMITS } from './limits.js'
import type { QueryPlan } from './query-schedule.js'
import { STATE } from './record.js'
import { CLOSED_RANK, type InternalStatus, RANKS, rankOf, SETTLED_RANK } from './status.js'

/** A rise in rank. What is left out stays as it is. */
export interface Move {
  status: InternalStatus
  reason?: PaymentReason
  received?: bigint
  providerReference?: string | undefined
  /** Written once. */
  next?: Next
  /** Starts a plan of queries anew, its first one after `gap` milliseconds; `null` ends them. */
  queries?: { plan: QueryPlan; gap: number } | null
}

/** The one conditional statement that moves a payment; see `status.ts` for why ranks suffice. */
export function rise(id: string, move: Move): Statement {
  const expiresAt = expiryOf(move.next)
  return {
    sql: textOf(move),
    params: {
      id,
      status: move.status,
      reason: move.reason ?? null,
      received: move.received === undefined ? null : Number(move.received),
      provider_reference: move.providerReference ?? null,
      ...(move.next ? { next: JSON.stringify(move.next) } : {}),
      ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
      ...(move.queries ? { query_plan: move.queries.plan, gap: move.queries.gap } : {}),
    },
    announce: id,
  }
}

const texts = new Map<string, string>()

/** One text for all moves of a kind, made once: a database knows a statement by its text. */
function textOf(move: Move): string {
  const { status, queries, next } = move
  const rank = rankOf(status, move.reason ?? null)
  const isDated = expiryOf(next) !== undefined
  const kind = `${status} ${rank} ${queries && 'begins'} ${next?.type} ${isDated}`
  const text = texts.get(kind) ?? riseText(move, rank, isDated)
  texts.set(kind, text)
  return text
}

function riseText({ status, queries, next }: Move, rank: number, isDated: boolean): string {
  const closes = rank >= CLOSED_RANK
  return `UPDATE payments SET status = :status, rank = ${rank},
      reason = ${closes ? ':reason' : `CASE WHEN reason = 'order-paid' THEN reason ELSE :reason END`},
      received = :received,
      provider_reference = coalesce(provider_reference, :provider_reference),
      ${next ? 'next = coalesce(next, :next),' : ''}
      ${isDated ? `${EXPIRY},` : ''}
      version = version + 1, updated_at = :now
      ${queryPlan(queries, rank)}
      ${closes ? `, ${debt(`'payment.${status}'`)}` : ''}
    WHERE id = :id AND ${checked(`rank < ${rank}`)}
    ${rank > RANKS.failed ? `AND NOT ${isRepeated(':status')}` : ''}
    ${closes ? '' : `AND NOT (status = 'unknown' AND created_at <= :now - ${LIMITS.unknownLocks})`}
    RETURNING ${STATE}`
}

/**
 * Whether a provider said the very same of this payment before. That can only be where an operator
 * has lowered its rank since: the question is answered, and the same report does not ask it again.
 */
export function isRepeated(status: "'succeeded'" | ':status'): string {
  const facts =
    status === ':status'
      ? `AND coalesce(reason, '') = coalesce(CAST(:reason AS TEXT), '')
        AND coalesce(received, -1) = coalesce(CAST(:received AS BIGINT), -1)`
      : ''
  return `EXISTS (SELECT 1 FROM payment_changes WHERE payment_id = :id
    AND status = ${status} AND source <> 'operator' ${facts})`
}

function queryPlan(queries: Move['queries'], rank: number): string {
  if (rank >= SETTLED_RANK) return ', query_at = NULL'
  if (queries === undefined) return ''
  if (queries === null) return ', query_plan = NULL, query_at = NULL'
  return ', query_plan = :query_plan, query_step = 0, query_at = :now + :gap'
}

/** The shop is owed the news of the version that this very statement makes. */
export function debt(type: string): string {
  return `debt_version = version + 1, debt_type = ${type},
    debt_late = CASE WHEN rank BETWEEN ${RANKS.expired} AND ${RANKS.failed} THEN 1
      ELSE coalesce(debt_late, 0) END,
    debt_tries = 0, debt_at = :now, debt_since = :now`
}

/** The provider's own deadline takes the place of ours; the grace after it stays. */
const EXPIRY = 'grace_until = :expires_at + (grace_until - expires_at), expires_at = :expires_at'

function expiryOf(next: Next | undefined): number | undefined {
  return next?.type === 'code' && next.expiresAt !== null ? Date.parse(next.expiresAt) : undefined
}

const KEEP_LINK = `UPDATE payments SET
    version = version + CASE WHEN next IS NULL AND rank >= ${RANKS.requires_action} THEN 1 ELSE 0 END,
    next = coalesce(next, :next),
    provider_reference = coalesce(provider_reference, :provider_reference)
  WHERE id = :id AND rank < ${SETTLED_RANK}`
const KEEP_EXPIRY = `UPDATE payments SET ${EXPIRY} WHERE id = :id AND rank < ${SETTLED_RANK}`

/** What a late answer brings although it moves nothing: its link, where there is none yet. */
export function keepNext(
  id: string,
  next: Next,
  providerReference: string | undefined,
): Statement[] {
  const expiresAt = expiryOf(next)
  const reference = providerReference ?? null
  return [
    {
      sql: KEEP_LINK,
      params: { id, next: JSON.stringify(next), provider_reference: reference },
      announce: id,
    },
    ...(expiresAt === undefined
      ? []
      : [{ sql: KEEP_EXPIRY, params: { id, expires_at: expiresAt } }]),
  ]
}
