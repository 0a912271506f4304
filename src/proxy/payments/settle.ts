import { checked } from '../store/condition.js'
import type { Statement } from '../store/database.js'
import { recordChanges, type Word } from './changes.js'
import { debt, isRepeated } from './move.js'
import { lockOrder } from './order-lock.js'
import type { PaymentRecord } from './record.js'
import { CLOSED_RANK, RANKS, SETTLED_RANK } from './status.js'

/** Which of the statements returns the payment, if it settled. */
export const SETTLED = 1

/**
 * A success: the first of its order or, by the unique index, a duplicate; its open siblings learn
 * of it in the same commit, and the payer's address has one success more.
 *
 * An operator may also say it of a duplicate whose order has no first success any more.
 */
export function settle(
  payment: Pick<PaymentRecord, 'id' | 'orderId' | 'rank' | 'ipKey'>,
  providerReference: string | undefined,
  word: Word,
): Statement[] {
  const { id, orderId } = payment
  const ids = { id, order_id: orderId }
  const countsForNobody = payment.ipKey === null && payment.rank >= RANKS.submitting
  const isOpen = checked(`rank < ${CLOSED_RANK}`)
  const taken = `EXISTS
    (SELECT 1 FROM payments first WHERE first.settled_order = :order_id AND first.id <> :id)`
  const isNew =
    word.source === 'operator'
      ? `(rank <> ${SETTLED_RANK} OR (reason = 'duplicate' AND NOT ${taken}))`
      : `rank < ${SETTLED_RANK} AND NOT ${isRepeated("'succeeded'")}`
  return [
    lockOrder(orderId),
    {
      sql: `UPDATE payments SET status = 'succeeded', rank = ${SETTLED_RANK},
          reason = CASE WHEN ${taken} THEN 'duplicate' ELSE NULL END,
          settled_order = CASE WHEN ${taken} THEN NULL ELSE :order_id END,
          received = NULL,
          provider_reference = coalesce(provider_reference, :provider_reference),
          version = version + 1, updated_at = :now, query_at = NULL,
          ${debt(`CASE WHEN ${taken} THEN 'payment.duplicate' ELSE 'payment.succeeded' END`)}
        WHERE id = :id AND ${isNew} RETURNING *`,
      params: { ...ids, provider_reference: providerReference ?? null },
      required: true,
      announce: true,
    },
    ...(countsForNobody ? [] : [countSuccess(id)]),
    {
      sql: `UPDATE payments SET reason = 'order-paid', version = version + 1, updated_at = :now
        WHERE order_id = :order_id AND id <> :id AND ${isOpen}
          AND (reason IS NULL OR reason <> 'order-paid') RETURNING id`,
      params: ids,
      many: true,
      announce: true,
    },
    recordChanges(
      `id = :id OR (order_id = :order_id AND ${isOpen} AND reason = 'order-paid')`,
      ids,
      word,
    ),
  ]
}

/** One that an operator took back was counted already. */
function countSuccess(id: string): Statement {
  return {
    sql: `UPDATE ip_days SET successes = successes + 1
      WHERE ip_key = (SELECT ip_key FROM payments WHERE id = :id)
        AND NOT EXISTS (SELECT 1 FROM payment_changes
          WHERE payment_id = :id AND status = 'succeeded')`,
    params: { id },
  }
}
