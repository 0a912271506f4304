import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { expectProblem } from './expect-problem.js'
import { start } from './harness.js'
import { heldHttp } from './held-http.js'
import { answerTogether, BANK_PAYER, newKey, order, STORE } from './requests.js'

test('the same request under the same key is the same payment, without another call', async () => {
  const { pay, sandbox } = await start()
  const key = { 'idempotency-key': newKey() }
  const first = await pay({}, key)
  const second = await pay({}, key)
  expect([first.status, second.status]).toEqual([201, 200])
  const { now: _, ...payment } = (await first.json()) as Payment
  expect(await second.json()).toMatchObject(payment)
  expect(sandbox.calls('checkout')).toBe(1)
})

test('the order of members does not make it another request', async () => {
  const { made } = await start()
  const key = { 'idempotency-key': newKey() }
  const { id } = await made({}, key)
  const turned = Object.fromEntries(Object.entries(BANK_PAYER).reverse())
  expect(await made({ payer: turned }, key)).toMatchObject({ id })
})

test('another window, amount or address to return to is no other request', async () => {
  const { made, orders } = await start()
  const key = { 'idempotency-key': newKey() }
  const { id } = await made({}, key)
  orders.set('A-1', order('A-1', '400'))
  const body = {
    amount: { value: '400', currency: 'TWD' },
    presentation: 'redirect',
    returnTo: 'https://shop.example/thanks',
  }
  expect(await made(body, key)).toMatchObject({ id, amount: { value: '300' } })
})

test.each<[string, Record<string, unknown>]>([
  ['order', { order: 'A-2' }],
  ['channel', { channel: STORE }],
  ['way', { way: 'BANK_TRANSFER' }],
  ['payer', { payer: { ...BANK_PAYER, firstName: '大明' } }],
  ['list of accounts', { payer: { ...BANK_PAYER, bankAccounts: ['808-0358988888888'] } }],
])('another %s under the same key is refused', async (_, body) => {
  const { pay, made, orders, sandbox } = await start()
  orders.set('A-2', order('A-2'))
  const key = { 'idempotency-key': newKey() }
  await made({}, key)
  await expectProblem(pay(body, key), 'idempotency-key-reused')
  expect(sandbox.calls('checkout')).toBe(1)
})

test.each<[string, Parameters<Awaited<ReturnType<typeof start>>['sandbox']['fault']>[0]]>([
  ['was refused', { endpoint: 'checkout', kind: 'code', code: '9999' }],
  ['came to nobody knows what', { endpoint: 'checkout', kind: 'empty' }],
])('a payment that %s is repeated, not made anew', async (_, fault) => {
  const { made, pay, sandbox } = await start()
  sandbox.fault(fault)
  const key = { 'idempotency-key': newKey() }
  const { id } = await made({}, key)
  const again = await pay({}, key)
  expect([again.status, ((await again.json()) as Payment).id]).toEqual([200, id])
  expect(sandbox.calls('checkout')).toBe(1)
})

test('a request that was refused leaves its key free', async () => {
  const { pay, made } = await start()
  const key = { 'idempotency-key': newKey() }
  await expectProblem(pay({ payer: {} }, key), 'payer-fields-invalid')
  await made({}, key)
})

test('sixty at once under one key: one payment, one call, one of the day’s ten', async () => {
  const together = answerTogether(60, order)
  const { pay, sandbox } = await start({
    orders: (ref, request) => (ref === 'A-1' ? together(ref, request) : order(ref)),
  })
  const key = { 'idempotency-key': newKey() }
  const answers = await Promise.all(Array.from({ length: 60 }, () => pay({}, key)))
  const payments = await Promise.all(answers.map(async (each) => (await each.json()) as Payment))
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(59).fill(200), 201])
  expect(new Set(payments.map(({ id }) => id)).size).toBe(1)
  // Whoever waited is told what became of it.
  expect(new Set(payments.map(({ status }) => status))).toEqual(new Set(['requires_action']))
  expect(sandbox.calls('checkout')).toBe(1)
  for (let at = 2; at <= 10; at += 1) {
    expect((await pay({ order: `B-${at}` })).status).toBe(201)
  }
  await expectProblem(pay({ order: 'B-11' }), 'payer-ip-limit')
})

test('who comes second while the first already locks their order waits for it', async () => {
  const calls = heldHttp('before')
  const finding: (() => void)[] = []
  const { pay } = await start({
    http: calls.http,
    orders: async () => {
      if (finding.length === 0) await new Promise<void>((resolve) => finding.push(resolve))
      return order('A-1')
    },
  })
  const key = { 'idempotency-key': newKey() }
  const second = pay({}, key)
  await expect.poll(() => finding.length).toBe(1)
  const first = pay({}, key)
  await expect.poll(calls.held).toBe(1)
  finding[0]?.()
  // Long enough for it to find the lock.
  await new Promise((resolve) => setTimeout(resolve, 100))
  calls.release()
  const answers = await Promise.all([first, second])
  expect(answers.map(({ status }) => status)).toEqual([201, 200])
  const ids = await Promise.all(answers.map(async (each) => ((await each.json()) as Payment).id))
  expect(new Set(ids).size).toBe(1)
})

test('who repeats a request that takes long is told after twelve seconds what stands', async () => {
  const calls = heldHttp('before')
  const { pay, clock } = await start({ http: calls.http })
  const key = { 'idempotency-key': newKey() }
  const first = pay({}, key)
  await expect.poll(calls.held).toBe(1)
  let isAnswered = false
  const again = pay({}, key).finally(() => {
    isAnswered = true
  })
  for (const passes of [0, 11_000]) {
    clock.offset += passes
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(isAnswered).toBe(false)
  }
  clock.offset += 1_000
  const response = await again
  expect([response.status, await response.json()]).toEqual([
    200,
    expect.objectContaining({ status: 'processing', next: null }),
  ])
  calls.lose()
  expect((await first).status).toBe(202)
})

test('where the first is turned away, so are those that waited for it', async () => {
  const { pay, sandbox } = await start({ taiwan: { ipLimits: { payments: 1, successes: 1 } } })
  expect((await pay()).status).toBe(201)
  const key = { 'idempotency-key': newKey() }
  const answers = await Promise.all(Array.from({ length: 10 }, () => pay({}, key)))
  for (const answer of answers) await expectProblem(answer, 'payer-ip-limit')
  expect(sandbox.calls('checkout')).toBe(1)
})

test('a page that lost the answer finds its payment by the key', async () => {
  const { ask, made } = await start()
  const key = newKey()
  const { id } = await made({}, { 'idempotency-key': key })
  const found = await ask(`/payments?key=${key}`)
  expect(found.status).toBe(200)
  expect(await found.json()).toMatchObject({ id })
  await expectProblem(ask(`/payments?key=${newKey()}`), 'payment-not-found')
})
