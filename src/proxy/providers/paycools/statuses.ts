import type { Report } from '../provider.js'

/**
 * `transactionStatus`: developers.paycools.co.id/en/payment/CollectionNotification.html; `COMPLETE`
 * stands in a sample of the static-VA pages for the same. Words that nobody documented raise no
 * rank.
 */
export const STATUSES: ReadonlyMap<string, Report['says']> = new Map([
  ['PENDING', 'pending'],
  ['COMPLETED', 'paid'],
  ['COMPLETE', 'paid'],
  ['FAILED', 'failed'],
])

/** Outer `code` of an answer that was processed. */
export const ANSWERED = '10000'

/**
 * Codes that say that nothing was made: signature, parameter, appId, merchant, channel, order not
 * found, time stamp, amount, address. Listed for the same platform in Malaysia
 * (docs.paycools.com.my/en/APICodeCollection.html); assumed for Indonesia. 21000, 21007 (our number
 * is known already) and 21011 prove nothing.
 */
export const REFUSED: ReadonlySet<string> = new Set([
  '21001',
  '21002',
  '21003',
  '21004',
  '21005',
  '21006',
  '21008',
  '21009',
  '21010',
  '21016',
])
