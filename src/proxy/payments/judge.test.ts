import { expect, test } from 'vitest'
import type { Report } from '../providers/provider.js'
import { judge } from './judge.js'

const PAYMENT = {
  amount: 30_000n,
  currency: 'TWD',
  channel: 'vexora-taiwan:STORE',
  tradeNo: 'OURS',
  providerReference: 'THEIRS',
}
const of = (report: Report) => judge(PAYMENT, report, 'MERCHANT')
const FACTS = {
  tradeNo: 'OURS',
  providerReference: 'THEIRS',
  amount: 30_000n,
  currency: 'TWD',
  merchant: 'MERCHANT',
  channel: 'STORE',
}

test('paid in full, every fact equal', () => {
  expect(of({ says: 'paid', ...FACTS })).toMatchObject({ status: 'succeeded' })
})

test('facts that a report leaves out are not compared', () => {
  expect(of({ says: 'paid', amount: 30_000n })).toMatchObject({ status: 'succeeded' })
})

test.each([
  [{ currency: 'USD' }, 'currency-mismatch'],
  [{ merchant: 'OTHER' }, 'merchant-mismatch'],
  [{ tradeNo: 'OTHER' }, 'number-mismatch'],
  [{ providerReference: 'OTHER' }, 'number-mismatch'],
  [{ channel: 'EWALLET' }, 'channel-mismatch'],
  [{ amount: undefined }, 'amount-missing'],
  [{ amount: 29_999n }, 'amount-mismatch'],
  [{ amount: 30_001n }, 'amount-mismatch'],
])('paid, but with %o: a question for a person', (different, reason) => {
  expect(of({ says: 'paid', ...FACTS, ...different })).toMatchObject({
    status: 'needs_review',
    reason,
  })
})

test.each([10_000n, 30_000n, 90_000n])('part paid is part paid, even with %s', (amount) => {
  expect(of({ says: 'partial', ...FACTS, amount })).toMatchObject({
    status: 'needs_review',
    reason: 'partial',
    received: amount,
  })
})

test('part paid without an amount says that it is missing', () => {
  expect(of({ says: 'partial' })).toMatchObject({
    status: 'needs_review',
    reason: 'amount-missing',
  })
})

test('what was received of somebody else is not shown', () => {
  expect(of({ says: 'paid', ...FACTS, tradeNo: 'OTHER' })).not.toHaveProperty('received')
})

test("the provider's number is not compared before it is known", () => {
  const report: Report = { says: 'paid', amount: 30_000n, providerReference: 'FIRST' }
  expect(judge({ ...PAYMENT, providerReference: null }, report, 'MERCHANT')).toEqual({
    status: 'succeeded',
    providerReference: 'FIRST',
  })
})

test('pending moves nothing, refused fails, and neither compares amounts', () => {
  expect(of({ says: 'pending', amount: 1n })).toBeUndefined()
  expect(of({ says: 'failed', amount: 1n })).toMatchObject({ status: 'failed', reason: 'refused' })
})
