import type { Database, Statement } from '../store/database.js'
import { moved } from './change-one.js'
import { recordChange, type Word } from './changes.js'
import { debt } from './move.js'
import { lockOrder } from './order-lock.js'
import { queryGap } from './query-schedule.js'
import { type PaymentRecord, type SeenPayment, STATE } from './record.js'
import { SETTLED, settle } from './settle.js'
import { RANKS } from './status.js'

/** What an operator may say of a payment. */
export const RESOLVED_STATUSES = ['succeeded', 'failed'] as const
export type ResolvedStatus = (typeof RESOLVED_STATUSES)[number]

/**
 * Applies an operator's word, the only one that may lower a rank.
 *
 * @returns `undefined` where the payment is already what the operator says of it.
 */
export async function resolve(
  db: Database,
  payment: PaymentRecord,
  status: ResolvedStatus,
  note: string,
): Promise<SeenPayment | undefined> {
  const word: Word = { source: 'operator', note }
  const statements = status === 'succeeded' ? settle(payment, undefined, word) : fail(payment, word)
  return moved(payment, await db.write(statements), SETTLED)
}

/**
 * Frees the order of a success that was none. Money that comes after it is still looked for, and
 * so is that of a call whose outcome nobody awaited.
 */
function fail({ id, orderId }: PaymentRecord, word: Word): Statement[] {
  return [
    lockOrder(orderId),
    {
      sql: `UPDATE payments SET status = 'failed', rank = ${RANKS.failed}, reason = NULL,
          received = NULL, settled_order = NULL, version = version + 1, updated_at = :now,
          query_plan = CASE WHEN status = 'submitting' THEN 'unknown' ELSE query_plan END,
          query_at = CASE
            WHEN status = 'submitting' THEN :now + ${queryGap('unknown', 0, [])}
            WHEN query_at IS NULL AND query_plan IS NOT NULL AND grace_until > :now THEN :now
            ELSE query_at END,
          ${debt("'payment.failed'")}
        WHERE id = :id AND status <> 'failed' RETURNING ${STATE}`,
      params: { id },
      required: true,
      announce: id,
    },
    recordChange(id, word),
  ]
}
