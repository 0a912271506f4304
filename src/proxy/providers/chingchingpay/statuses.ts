import type { Report } from '../provider.js'

/** What a word of ChingChingPay's can mean to us; a refund is no step back. */
export const MEANINGS = ['paid', 'failed', 'canceled', 'expired', 'pending'] as const
export type Meaning = Extract<Report['says'], (typeof MEANINGS)[number]>

/** Words in lower case. */
export type StatusMap = Readonly<Partial<Record<Meaning, readonly string[]>>>

/**
 * Guesses: every schema says "string" and no list of words is readable. A word that is not here
 * means pending, so that nothing is taken for paid by chance.
 */
export const STATUS_MAP: StatusMap = {
  paid: ['success', 'succeeded', 'paid', 'completed'],
  failed: ['failed', 'fail', 'error'],
  canceled: ['cancel', 'cancelled', 'canceled', 'closed'],
  expired: ['expired', 'timeout'],
}

export function meaningOf(word: string | undefined, map: StatusMap): Meaning {
  const spoken = word?.trim().toLowerCase() ?? ''
  return MEANINGS.find((meaning) => map[meaning]?.includes(spoken)) ?? 'pending'
}
