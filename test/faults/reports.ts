import fc from 'fast-check'
import type { PaymentReason, PaymentStatus } from '../../src/contract/payment.js'
import type { Created, Report } from '../../src/proxy/providers/provider.js'

/** Each payment here is of NT$300, at this merchant number, and these numbers. */
export const AMOUNT = 30_000n
export const MERCHANT = '9990000001'
export const tradeNoOf = (payment: number) => `2026112110000000000000000${payment}`
export const referenceOf = (payment: number) => `reference-${payment}`

/** What may be wrong with the facts beside a report of money. */
const WRONGS = ['less', 'more', 'no-amount', 'currency', 'merchant', 'number', 'channel'] as const
type Wrong = (typeof WRONGS)[number] | 'reference'

/** Something that is heard of one payment of an order, or the clock's own word. */
export type Heard =
  | {
      from: 'report'
      by: 'notification' | 'query'
      payment: number
      says: Report['says']
      wrong?: Wrong | undefined
    }
  | { from: 'create'; payment: number; outcome: Created['outcome'] }
  /** The lease of the call is over. */
  | { from: 'clock' }

/** Payments of one order, and all that is heard of them, in batches at the same moment. */
export interface Story {
  payments: number
  batches: Heard[][]
}

const SAYS = ['paid', 'paid', 'paid', 'partial', 'failed', 'canceled', 'expired'] as const
const MUTTERS = ['processing', 'pending'] as const

/** Duplicated and in any order. Only the last payment's call is still without an answer. */
export const stories: fc.Arbitrary<Story> = fc.integer({ min: 1, max: 3 }).chain((payments) => {
  const payment = fc.integer({ min: 0, max: payments - 1 })
  const by = fc.constantFrom('notification' as const, 'query' as const)
  const right = fc.record({
    from: fc.constant('report' as const),
    by,
    payment,
    says: fc.constantFrom(...SAYS, ...MUTTERS),
  })
  const wrong = fc
    .record({
      from: fc.constant('report' as const),
      by,
      payment,
      says: fc.constantFrom('paid' as const, 'partial' as const),
      wrong: fc.constantFrom<Wrong>(...WRONGS, 'reference'),
    })
    // Before the call has its answer there is no number of the provider's to compare with.
    .filter((heard) => heard.wrong !== 'reference' || heard.payment < payments - 1)
  const created = fc.record({
    from: fc.constant('create' as const),
    payment: fc.constant(payments - 1),
    outcome: fc.constantFrom<Created['outcome']>('accepted', 'refused', 'unknown'),
  })
  const clock = fc.constant({ from: 'clock' as const })
  const heard: fc.Arbitrary<Heard> = fc.oneof(
    { weight: 6, arbitrary: right },
    { weight: 2, arbitrary: wrong },
    { weight: 1, arbitrary: clock },
  )
  return fc
    .tuple(fc.array(heard, { minLength: 1, maxLength: 8 }), fc.option(created), fc.nat())
    .chain(([all, answer]) => {
      const once = answer ? [...all, answer] : all
      // A call has one answer; everything else may be heard again.
      const twice = [...once, ...all.filter((_, index) => index % 2 === 0)]
      return fc
        .tuple(
          fc.shuffledSubarray(twice, { minLength: twice.length }),
          fc.array(fc.integer({ min: 1, max: 3 }), { minLength: twice.length }),
        )
        .map(([order, sizes]) => ({ payments, batches: cut(order, sizes) }))
    })
})

function cut(all: readonly Heard[], sizes: readonly number[]): Heard[][] {
  const batches: Heard[][] = []
  for (let from = 0; from < all.length; ) {
    const size = sizes[batches.length] ?? 1
    batches.push(all.slice(from, from + size))
    from += size
  }
  return batches
}

/** The words of a verified report, with one fact wrong at most. */
export function toReport({ payment, says, wrong }: Heard & { from: 'report' }): Report {
  const amounts: Partial<Record<Wrong, bigint>> = { less: 10_000n, more: 40_000n }
  return {
    says,
    tradeNo: wrong === 'number' ? '20261121100000somebodyelses' : tradeNoOf(payment),
    providerReference: wrong === 'reference' ? 'of-somebody-else' : referenceOf(payment),
    amount:
      wrong === 'no-amount'
        ? undefined
        : ((wrong && amounts[wrong]) ?? (says === 'partial' ? 5_000n : AMOUNT)),
    currency: wrong === 'currency' ? 'USD' : 'TWD',
    merchant: wrong === 'merchant' ? '9990000009' : MERCHANT,
    channel: wrong === 'channel' ? 'STORE' : 'EWALLET',
  }
}

/** How a payment must stand in the end: by the table of ranks, and nothing else. */
export interface Stand {
  rank: number
  status: PaymentStatus | 'submitting' | 'unknown'
  reason: PaymentReason | null
  received: bigint | null
}

/** One for each that is heard; what moves nothing has none. */
export function standOf(heard: Heard): Stand | undefined {
  const plain = (rank: number, status: Stand['status'], reason: Stand['reason'] = null) => ({
    rank,
    status,
    reason,
    received: null,
  })
  if (heard.from === 'clock') return plain(30, 'unknown')
  if (heard.from === 'create') {
    if (heard.outcome === 'accepted') return plain(40, 'requires_action')
    if (heard.outcome === 'refused') return plain(62, 'failed', 'refused')
    return plain(30, 'unknown')
  }
  const { amount = null } = toReport(heard)
  switch (heard.says) {
    case 'pending':
      return undefined
    case 'processing':
      return plain(50, 'processing')
    case 'expired':
      return plain(60, 'expired')
    case 'canceled':
      return plain(61, 'canceled')
    case 'failed':
      return plain(62, 'failed', 'refused')
    case 'paid':
    case 'partial':
      switch (heard.wrong) {
        case 'currency':
          return plain(95, 'needs_review', 'currency-mismatch')
        case 'merchant':
          return plain(95, 'needs_review', 'merchant-mismatch')
        case 'number':
        case 'reference':
          return plain(95, 'needs_review', 'number-mismatch')
        case 'channel':
          return plain(95, 'needs_review', 'channel-mismatch')
        case 'no-amount':
          return plain(80, 'needs_review', 'amount-missing')
        default:
          if (heard.says === 'partial')
            return { ...plain(80, 'needs_review', 'partial'), received: amount }
          if (heard.wrong)
            return { ...plain(95, 'needs_review', 'amount-mismatch'), received: amount }
          return plain(90, 'succeeded')
      }
  }
}

/** The stands of highest rank that a payment may have come to: the first of equals stays. */
export function endsOf(story: Story, payment: number): Stand[] {
  const isLast = payment === story.payments - 1
  const begun: Stand = isLast
    ? { rank: 20, status: 'submitting', reason: null, received: null }
    : { rank: 40, status: 'requires_action', reason: null, received: null }
  const stands = story.batches
    .flat()
    .filter((heard) => (heard.from === 'clock' ? isLast : heard.payment === payment))
    .flatMap((heard) => standOf(heard) ?? [])
  const all = [begun, ...stands]
  const highest = Math.max(...all.map(({ rank }) => rank))
  return all.filter(({ rank }) => rank === highest)
}
