import { checked } from '../store/condition.js'
import type { Statement } from '../store/database.js'
import { recordingOf, type Word } from './changes.js'
import { debt, isRepeated } from './move.js'
import { lockOrder } from './order-lock.js'
import { type PaymentRecord, STATE } from './record.js'
import { CLOSED_RANK, RANKS, SETTLED_RANK } from './status.js'

/** Which of the statements returns the payment, if it settled. */
export const SETTLED = 1

const IS_OPEN = checked(`rank < ${CLOSED_RANK}`)
const TAKEN = `EXISTS
  (SELECT 1 FROM payments first WHERE first.settled_order = :order_id AND first.id <> :id)`

const succeedWhere = (isNew: string) => `UPDATE payments SET status = 'succeeded',
    rank = ${SETTLED_RANK},
    reason = CASE WHEN ${TAKEN} THEN 'duplicate' ELSE NULL END,
    settled_order = CASE WHEN ${TAKEN} THEN NULL ELSE :order_id END,
    received = NULL,
    provider_reference = coalesce(provider_reference, :provider_reference),
    version = version + 1, updated_at = :now, query_at = NULL,
    ${debt(`CASE WHEN ${TAKEN} THEN 'payment.duplicate' ELSE 'payment.succeeded' END`)}
  WHERE id = :id AND ${isNew} RETURNING ${STATE}`

const SUCCEED = succeedWhere(`rank < ${SETTLED_RANK} AND NOT ${isRepeated("'succeeded'")}`)
/** An operator may also say it of a duplicate whose order has no first success any more. */
const SUCCEED_BY_OPERATOR = succeedWhere(
  `(rank <> ${SETTLED_RANK} OR (reason = 'duplicate' AND NOT ${TAKEN}))`,
)

/** Whether it has succeeded, by the statement before or long since. */
const HAS_SUCCEEDED = `EXISTS
  (SELECT 1 FROM payments paid WHERE paid.id = :id AND ${checked(`paid.rank = ${SETTLED_RANK}`)})`

const TELL_SIBLINGS = `UPDATE payments SET reason = 'order-paid', version = version + 1,
    updated_at = :now
  WHERE order_id = :order_id AND id <> :id AND ${IS_OPEN}
    AND (reason IS NULL OR reason <> 'order-paid') AND ${HAS_SUCCEEDED} RETURNING id`

const recordAll = recordingOf(
  `id = :id OR (order_id = :order_id AND ${IS_OPEN} AND reason = 'order-paid')`,
)

/** One that an operator took back was counted already. */
const COUNT_SUCCESS = `UPDATE ip_days SET successes = successes + 1
  WHERE ip_key = (SELECT ip_key FROM payments WHERE id = :id) AND ${HAS_SUCCEEDED}
    AND NOT EXISTS (SELECT 1 FROM payment_changes
      WHERE payment_id = :id AND status = 'succeeded')`

/**
 * A success: the first of its order or, by the unique index, a duplicate; its open siblings learn
 * of it in the same commit, and the payer's address has one success more. Where it is none, or was
 * one before, the rest has nothing to do, so that nothing would have to be undone.
 */
export function settle(
  payment: Pick<PaymentRecord, 'id' | 'orderId' | 'rank' | 'ipKey'>,
  providerReference: string | undefined,
  word: Word,
): Statement[] {
  const { id, orderId } = payment
  const ids = { id, order_id: orderId }
  const countsForNobody = payment.ipKey === null && payment.rank >= RANKS.submitting
  return [
    lockOrder(orderId),
    {
      sql: word.source === 'operator' ? SUCCEED_BY_OPERATOR : SUCCEED,
      params: { ...ids, provider_reference: providerReference ?? null },
      announce: id,
    },
    { sql: TELL_SIBLINGS, params: ids, many: true, announce: true },
    // After all rows of payments, or a sibling whose call begins and this wait for each other.
    ...(countsForNobody ? [] : [{ sql: COUNT_SUCCESS, params: { id } }]),
    recordAll(ids, word),
  ]
}
