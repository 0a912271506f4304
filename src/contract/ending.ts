import type { Payment } from './payment.js'
import type { MoneyFate, Remedy } from './problem.js'

interface EndingKind {
  money: MoneyFate
  remedy: Remedy
}

/** Every end of a payment that is not simply "paid". The button's sentence is that of the name. */
export const ENDINGS = {
  expired: { money: 'late', remedy: 'retry' },
  canceled: { money: 'late', remedy: 'retry' },
  failed: { money: 'late', remedy: 'retry' },
  refused: { money: 'late', remedy: 'edit' },
  /** The provider was not reached, or the payer was not sent where its answer pointed. */
  'not-started': { money: 'none', remedy: 'edit' },
  'order-paid': { money: 'settled', remedy: 'none' },
  duplicate: { money: 'twice', remedy: 'ask-shop' },
  partial: { money: 'held', remedy: 'ask-shop' },
  mismatch: { money: 'held', remedy: 'ask-shop' },
  review: { money: 'held', remedy: 'ask-shop' },
  unsure: { money: 'unknown', remedy: 'none' },
} as const satisfies Record<string, EndingKind>

export type Ending = keyof typeof ENDINGS

const BY_REASON: Partial<Record<string, Ending>> = {
  'order-paid': 'order-paid',
  duplicate: 'duplicate',
  refused: 'refused',
  unreachable: 'not-started',
  interrupted: 'not-started',
  'cashier-refused': 'not-started',
}

/** How a payment ended, by its status and its reason; a reason nobody knows says nothing. */
export function endingOf({ status, reason = '', received }: Payment): Ending {
  const ending = BY_REASON[reason]
  switch (status) {
    case 'needs_review':
      if (!received) return 'review'
      return reason === 'partial' ? 'partial' : 'mismatch'
    case 'expired':
    case 'canceled':
    case 'failed':
      return ending ?? status
    case 'succeeded':
    case 'requires_action':
    case 'processing':
      return ending ?? 'unsure'
  }
}
