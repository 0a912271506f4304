import type { PaymentReason } from '../../contract/payment.js'
import { checked } from '../store/condition.js'
import type { Statement } from '../store/database.js'
import { LIMITS } from './limits.js'
import type { QueryPlan } from './query-schedule.js'
import { CLOSED_RANK, type InternalStatus, RANKS, rankOf, SETTLED_RANK } from './status.js'

/** A rise in rank. What is left out stays as it is. */
export interface Move {
  status: InternalStatus
  reason?: PaymentReason
  received?: bigint
  providerReference?: string | undefined
  /** Starts a plan of queries anew, its first one after `gap` milliseconds; `null` ends them. */
  queries?: { plan: QueryPlan; gap: number } | null
}

/** The one conditional statement that moves a payment; see `status.ts` for why ranks suffice. */
export function rise(id: string, move: Move): Statement {
  const rank = rankOf(move.status, move.reason ?? null)
  const closes = rank >= CLOSED_RANK
  return {
    sql: `UPDATE payments SET status = :status, rank = ${rank},
        reason = ${closes ? ':reason' : `CASE WHEN reason = 'order-paid' THEN reason ELSE :reason END`},
        received = :received,
        provider_reference = coalesce(provider_reference, :provider_reference),
        version = version + 1, updated_at = :now
        ${queryPlan(move, rank)}
        ${closes ? `, ${debt(`'payment.${move.status}'`)}` : ''}
      WHERE id = :id AND ${checked(`rank < ${rank}`)}
      ${rank > RANKS.failed ? `AND NOT ${isRepeated(':status')}` : ''}
      ${closes ? '' : `AND NOT (status = 'unknown' AND created_at <= :now - ${LIMITS.unknownLocks})`}
      RETURNING *`,
    params: {
      id,
      status: move.status,
      reason: move.reason ?? null,
      received: move.received === undefined ? null : Number(move.received),
      provider_reference: move.providerReference ?? null,
      ...(move.queries ? { query_plan: move.queries.plan, gap: move.queries.gap } : {}),
    },
    announce: true,
  }
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

function queryPlan(move: Move, rank: number): string {
  if (rank >= SETTLED_RANK) return ', query_at = NULL'
  if (move.queries === undefined) return ''
  if (move.queries === null) return ', query_plan = NULL, query_at = NULL'
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
export function expiry(id: string, expiresAt: number): Statement {
  return {
    sql: `UPDATE payments SET grace_until = :expires_at + (grace_until - expires_at),
      expires_at = :expires_at WHERE id = :id AND rank < ${SETTLED_RANK}`,
    params: { id, expires_at: expiresAt },
  }
}
