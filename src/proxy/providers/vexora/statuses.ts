import type { Report } from '../provider.js'

/**
 * `data.status` of an answer and `status` of a notification, docs.vexora.com/guide/signature.
 * Compared as they are: the code for failed has five characters. Words that are not listed there
 * raise no rank.
 */
export const STATUSES: ReadonlyMap<string, Report['says']> = new Map([
  ['0000', 'paid'],
  ['0001', 'partial'],
  ['0015', 'pending'],
  ['00029', 'failed'],
])

export const FAILED = '00029'

/** Outer `code` of an answer that was processed; it says nothing of the money. */
export const ANSWERED = '0000'

/**
 * Outer codes of a create answer that do not prove that nothing was made: success, part paid, in
 * progress, and two system errors (5000 seen only on a look-alike's page, so kept as uncertain).
 */
export const INDEFINITE: ReadonlySet<string> = new Set(['0000', '0001', '0015', '5000', '8000'])
