import type { PaymentReason, PaymentStatus } from '../../contract/payment.js'

/** What a payment is inside. The first three read `processing` to the button. */
export type InternalStatus = 'created' | 'submitting' | 'unknown' | PaymentStatus

/**
 * A status only ever rises in rank, in one conditional statement, so that repeated and reordered
 * reports cannot matter. Only an operator's word lowers it.
 */
export const RANKS = {
  created: 10,
  submitting: 20,
  unknown: 30,
  requires_action: 40,
  processing: 50,
  expired: 60,
  canceled: 61,
  failed: 62,
  succeeded: 90,
} as const satisfies Partial<Record<InternalStatus, number>>

/** From this rank on a payment is no longer open; a success may still come. */
export const CLOSED_RANK = RANKS.expired
export const SETTLED_RANK = RANKS.succeeded

/** A review that a verified full payment lifts, and one that only an operator does. */
const LIFTABLE_REVIEW_RANK = 80
const REVIEW_RANK = 95

export function rankOf(status: InternalStatus, reason: PaymentReason | null): number {
  if (status !== 'needs_review') return RANKS[status]
  return reason === 'partial' || reason === 'amount-missing' ? LIFTABLE_REVIEW_RANK : REVIEW_RANK
}

export function publicStatus(status: InternalStatus): PaymentStatus {
  return status === 'created' || status === 'submitting' || status === 'unknown'
    ? 'processing'
    : status
}
