import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { expectProblem } from './expect-problem.js'
import { type HarnessOptions, lastOrder, NO_IP_LIMITS, start } from './harness.js'
import { heldHttp } from './held-http.js'
import { answerTogether, newKey, order } from './requests.js'

const MINUTE = 60_000
const REFUSED = { endpoint: 'checkout', kind: 'code', code: '9999' } as const

const startUnlimited = (options: HarnessOptions = {}) => start({ ...NO_IP_LIMITS, ...options })

test('while one payment is being made there is no other', async () => {
  const calls = heldHttp('before')
  const { pay, offer } = await startUnlimited({ http: calls.http })
  const first = pay()
  await expect.poll(calls.held).toBe(1)
  await expectProblem(pay(), 'payment-in-progress')
  expect(await offer('A-1')).toMatchObject({ channels: [], paid: false, locked: true })
  calls.release()
  expect((await first).status).toBe(201)
  expect((await offer('A-1')).channels).not.toEqual([])
  expect(await offer('A-1')).not.toHaveProperty('locked')
  expect((await pay()).status).toBe(201)
})

test('of sixty payments of one order at once one is made', async () => {
  const calls = heldHttp('before')
  const orders = answerTogether(60, order)
  const { pay } = await startUnlimited({ http: calls.http, orders })
  const refused: Response[] = []
  const answers = Array.from({ length: 60 }, async () => {
    const response = await pay()
    if (response.status === 409) refused.push(response)
    return response
  })
  await expect.poll(() => refused.length + calls.held()).toBe(60)
  expect(calls.held()).toBe(1)
  calls.release()
  const made = (await Promise.all(answers)).filter((response) => !refused.includes(response))
  expect(made.map(({ status }) => status)).toEqual([201])
  for (const response of refused) await expectProblem(response, 'payment-in-progress')
})

test('an outcome that nobody knows locks its order for ten minutes and no longer', async () => {
  const { made, pay, offer, sandbox, clock, travel, watch } = await startUnlimited()
  clock.freeze()
  sandbox.fault({ endpoint: 'checkout', kind: 'empty' })
  const { id } = await made()
  await travel(10 * MINUTE - 1_000)
  await expectProblem(pay(), 'payment-in-progress')
  expect((await offer('A-1')).channels).toEqual([])
  expect(await watch(id)).not.toHaveProperty('reason')
  await travel(1_000)
  expect(await watch(id)).toMatchObject({
    status: 'processing',
    reason: 'unknown-outcome',
    next: null,
  })
  expect((await offer('A-1')).channels).not.toEqual([])
  const tradeNo = lastOrder(sandbox).tradeNo
  await made()
  await sandbox.settle(tradeNo, 'approve', { notify: false })
  await travel(60 * MINUTE)
  const paid = await watch(id)
  expect(paid).toMatchObject({ status: 'succeeded' })
  expect(paid).not.toHaveProperty('reason')
})

test('an answer that outlives its lease still brings its link', async () => {
  const calls = heldHttp('after')
  const { pay, clock, travel, watch } = await startUnlimited({ http: calls.http })
  clock.freeze()
  const late = pay()
  await expect.poll(calls.held).toBe(1)
  await travel(MINUTE)
  calls.release()
  const { id } = (await (await late).json()) as Payment
  expect(await watch(id)).toMatchObject({ status: 'requires_action', next: { type: 'redirect' } })
})

test('an answer that comes when its order is locked no longer gives out no link', async () => {
  const calls = heldHttp('after')
  const { pay, clock, sandbox, travel, watch, offer } = await startUnlimited({ http: calls.http })
  clock.freeze()
  const late = pay()
  await expect.poll(calls.held).toBe(1)
  await travel(11 * MINUTE)
  calls.release()
  const { id } = (await (await late).json()) as Payment
  const lost = { status: 'processing', reason: 'unknown-outcome', next: null }
  expect(await watch(id)).toMatchObject(lost)
  expect((await offer('A-1')).channels).not.toEqual([])
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  expect((await watch(id)).status).toBe('succeeded')
})

test('a payment that a person has to look at locks its order', async () => {
  const { made, pay, offer, sandbox, until } = await startUnlimited()
  const { id } = await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, { part: '100' })
  await until(id, ({ status }) => status === 'needs_review')
  await expectProblem(pay(), 'payment-in-progress')
  expect(await offer('A-1')).toMatchObject({ channels: [], paid: false })
})

test('ten payments may wait for their payer, and thirty be tried in all', async () => {
  const { made, pay, sandbox } = await startUnlimited()
  for (let at = 0; at < 10; at += 1) await made()
  await expectProblem(pay(), 'too-many-payments')
  for (const { tradeNo } of sandbox.orders()) await sandbox.settle(tradeNo, 'refuse')
  sandbox.fault({ ...REFUSED, times: Infinity })
  for (let at = 10; at < 30; at += 1) expect(await made()).toMatchObject({ status: 'failed' })
  await expectProblem(pay(), 'too-many-payments')
  expect(sandbox.calls('checkout')).toBe(30)
})

test('a payment that is turned away is no row, and its key stays free', async () => {
  const { made, pay, ask, sandbox } = await startUnlimited()
  for (let at = 0; at < 10; at += 1) await made()
  const key = newKey()
  await expectProblem(pay({}, { 'idempotency-key': key }), 'too-many-payments')
  await expectProblem(ask(`/payments?key=${key}`), 'payment-not-found')
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'refuse')
  await made({}, { 'idempotency-key': key })
})

test('when one succeeds, the others are told so and are not to be paid any more', async () => {
  const { made, pay, offer, sandbox, watch, travel, events } = await startUnlimited()
  const first = await made()
  const { tradeNo } = lastOrder(sandbox)
  const second = await made()
  await sandbox.settle(tradeNo, 'approve')
  expect((await watch(first.id)).status).toBe('succeeded')
  const sibling = await watch(second.id)
  expect(sibling).toMatchObject({ status: 'requires_action', reason: 'order-paid', next: null })
  expect(sibling.version).toBeGreaterThan(second.version)
  expect(await offer('A-1')).toMatchObject({ channels: [], paid: true })
  await expectProblem(pay(), 'order-paid')
  // Its link may still be paid, so it is looked after as before.
  const before = sandbox.calls('query')
  await travel(MINUTE)
  expect(sandbox.calls('query')).toBeGreaterThan(before)
  expect(await watch(second.id)).toMatchObject({ reason: 'order-paid', next: null })
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.succeeded'])
})

test('an answer that comes after another payment succeeded is kept and not shown', async () => {
  const calls = heldHttp('after')
  calls.release()
  const { made, pay, sandbox } = await startUnlimited({ http: calls.http })
  await made()
  const { tradeNo } = lastOrder(sandbox)
  calls.hold()
  const late = pay()
  await expect.poll(calls.held).toBe(1)
  await sandbox.settle(tradeNo, 'approve')
  calls.release()
  const response = await late
  expect(await response.json()).toMatchObject({ reason: 'order-paid', next: null })
})

test('what is refused or over before another succeeds keeps its own reason', async () => {
  const { made, sandbox, watch } = await startUnlimited()
  sandbox.fault(REFUSED)
  const refused = await made()
  await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  expect(await watch(refused.id)).toMatchObject({ status: 'failed', reason: 'refused' })
})

test('a second success is a duplicate, for the shop to give back', async () => {
  const { made, sandbox, watch, events } = await startUnlimited()
  const first = await made()
  const one = lastOrder(sandbox)
  const second = await made()
  const other = lastOrder(sandbox)
  await sandbox.settle(one.tradeNo, 'approve')
  await expect.poll(() => events).toHaveLength(1)
  await sandbox.settle(other.tradeNo, 'approve')
  const paid = await watch(first.id)
  expect(paid.status).toBe('succeeded')
  expect(paid).not.toHaveProperty('reason')
  expect(await watch(second.id)).toMatchObject({ status: 'succeeded', reason: 'duplicate' })
  await expect
    .poll(() => events.map(({ type, data }) => [type, data.payment.id]))
    .toEqual([
      ['payment.succeeded', first.id],
      ['payment.duplicate', second.id],
    ])
})

test('of ten successes at once one is the order’s and nine are duplicates', async () => {
  const { made, sandbox, watch, events } = await startUnlimited()
  const ids: string[] = []
  for (let at = 0; at < 10; at += 1) ids.push((await made()).id)
  await Promise.all(sandbox.orders().map(({ tradeNo }) => sandbox.settle(tradeNo, 'approve')))
  const payments = await Promise.all(ids.map((id) => watch(id)))
  expect(payments.map(({ status }) => status)).toEqual(Array(10).fill('succeeded'))
  expect(payments.filter(({ reason }) => reason === undefined)).toHaveLength(1)
  await expect.poll(() => events).toHaveLength(10)
  const types = events.map(({ type }) => type)
  expect(types.filter((type) => type === 'payment.succeeded')).toHaveLength(1)
  expect(types.filter((type) => type === 'payment.duplicate')).toHaveLength(9)
})

test('a part of a second payment is looked at as ever', async () => {
  const { made, sandbox, watch } = await startUnlimited()
  await made()
  const one = lastOrder(sandbox)
  const second = await made()
  await sandbox.settle(one.tradeNo, 'approve')
  await sandbox.settle(lastOrder(sandbox).tradeNo, { part: '100' })
  expect(await watch(second.id)).toMatchObject({ status: 'needs_review', reason: 'partial' })
})

test('a payment costs what its order did when it was made', async () => {
  const { made, orders, sandbox, watch, events } = await startUnlimited()
  const old = await made()
  const { tradeNo } = lastOrder(sandbox)
  orders.set('A-1', order('A-1', '400'))
  const dearer = await made({ amount: { value: '400', currency: 'TWD' } })
  expect(lastOrder(sandbox).fields.amount).toBe('400')
  expect(dearer.amount.value).toBe('400')
  await sandbox.settle(tradeNo, 'approve')
  expect(await watch(old.id)).toMatchObject({ status: 'succeeded', amount: { value: '300' } })
  await expect.poll(() => events[0]?.data.payment.amount.value).toBe('300')
})

test('references that the shop resolves to one order share its payments', async () => {
  const { made, orders, offer, sandbox, until, pay } = await startUnlimited()
  orders.set('alias', order('A-1'))
  const { id } = await made({ order: 'alias' })
  expect(await until(id, () => true)).toMatchObject({ order: 'A-1' })
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  expect(await offer('A-1')).toMatchObject({ paid: true })
  await expectProblem(pay(), 'order-paid')
})
