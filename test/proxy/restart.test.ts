import { copyFileSync, existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { sqlite } from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { type Harness, type HarnessOptions, lastOrder, NO_IP_LIMITS, start } from './harness.js'
import { heldHttp } from './held-http.js'
import { newKey, order } from './requests.js'
import { passedOn } from './wrapped-store.js'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const newDatabase = () => join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')

/** What stands on the disk at this moment: all that is left when a process is killed. */
function killed(database: string): string {
  const copy = newDatabase()
  for (const suffix of ['', '-wal']) {
    if (existsSync(database + suffix)) copyFileSync(database + suffix, copy + suffix)
  }
  return copy
}

/** A proxy that is killed while its create call is under way, and the one that comes after it. */
async function killedWhileCalling(where: 'before' | 'after', options: HarnessOptions = {}) {
  const database = newDatabase()
  const call = heldHttp(where)
  const before = await start({ ...options, database, http: call.http })
  before.clock.freeze()
  const key = { 'idempotency-key': newKey() }
  const lost = before.pay({}, key)
  await expect.poll(call.held).toBe(1)
  const after = await start({ ...options, database: killed(database), after: before })
  // What the old process goes on to do, it does to a file that nobody reads any more.
  call.lose()
  await lost
  const byKey = async () =>
    (await (await after.ask(`/payments?key=${key['idempotency-key']}`)).json()) as Payment
  return { ...after, key, byKey }
}

test('a call that arrived before the kill is found by queries, and is not made again', async () => {
  const { byKey, key, pay, sandbox, travel, events } = await killedWhileCalling('after')
  expect(await byKey()).toMatchObject({ status: 'processing', next: null })
  await travel(SECOND)
  expect(await byKey()).toMatchObject({ status: 'processing' })
  await expectProblem(pay(), 'payment-in-progress')
  expect((await pay({}, key)).status).toBe(200)
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve', { notify: false })
  await travel(MINUTE)
  expect(await byKey()).toMatchObject({ status: 'succeeded' })
  expect(sandbox.calls('checkout')).toBe(1)
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.succeeded'])
})

test('a notification for a call that nobody waits for any more is applied', async () => {
  const { byKey, notify, sandbox } = await killedWhileCalling('after')
  const { tradeNo } = lastOrder(sandbox)
  expect((await notify({ tradeNo, amount: '300', status: '0000' })).status).toBe(200)
  expect(await byKey()).toMatchObject({ status: 'succeeded' })
})

test('whether a call left before the kill nobody knows, so it is not made again', async () => {
  const { byKey, key, pay, sandbox, travel } = await killedWhileCalling('before')
  await travel(SECOND)
  expect(await byKey()).toMatchObject({ status: 'processing', next: null })
  expect((await pay({}, key)).status).toBe(200)
  expect(sandbox.calls('checkout')).toBe(0)
  await travel(10 * MINUTE)
  expect(await byKey()).toMatchObject({ status: 'processing', reason: 'unknown-outcome' })
})

test('the address of a killed call stays counted', async () => {
  const options = { taiwan: { ipLimits: { payments: 1, successes: 1 } } }
  const { orders, pay } = await killedWhileCalling('after', options)
  orders.set('B', order('B'))
  await expectProblem(pay({ order: 'B' }), 'payer-ip-limit')
})

/**
 * A proxy that is killed before it called anybody, and the one that comes after it.
 *
 * @param earlier what happened before.
 */
async function killedBeforeCalling(earlier = async (_: Harness) => {}) {
  const database = newDatabase()
  const store = sqlite(database)
  const call = heldHttp('before')
  let copy: string | undefined
  const before = await start({
    ...NO_IP_LIMITS,
    http: call.http,
    store: {
      ...passedOn(store),
      write: async (statements) => {
        const written = await store.write(statements)
        if (statements.some(({ sql }) => sql.includes('INSERT INTO payments'))) {
          copy ??= killed(database)
        }
        return written
      },
    },
  })
  before.clock.freeze()
  call.release()
  await earlier(before)
  call.hold()
  copy = undefined
  const key = { 'idempotency-key': newKey() }
  const lost = before.pay({}, key)
  await expect.poll(call.held).toBe(1)
  const after = await start({ ...NO_IP_LIMITS, database: copy ?? '', after: before })
  call.lose()
  await lost
  const byKey = async () =>
    (await (await after.ask(`/payments?key=${key['idempotency-key']}`)).json()) as Payment
  return { ...after, key, byKey, calls: () => before.sandbox.calls('checkout') }
}

test('a payment that was not called for yet is taken up by who repeats its request', async () => {
  const { byKey, key, pay, calls } = await killedBeforeCalling()
  expect(await byKey()).toMatchObject({ status: 'processing', next: null })
  expect(calls()).toBe(0)
  const answers = await Promise.all(Array.from({ length: 20 }, () => pay({}, key)))
  for (const answer of answers) {
    expect([answer.status, await answer.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'requires_action' }),
    ])
  }
  expect(calls()).toBe(1)
})

test('a payment that nobody takes up ends after a minute, and locks no longer', async () => {
  const { byKey, pay, travel, calls, events } = await killedBeforeCalling()
  await expectProblem(pay(), 'payment-in-progress')
  await travel(25 * SECOND)
  expect(await byKey()).toMatchObject({ status: 'processing' })
  await travel(35 * SECOND)
  expect(await byKey()).toMatchObject({ status: 'expired', reason: 'interrupted' })
  expect(calls()).toBe(0)
  expect((await pay()).status).toBe(201)
  expect(events.map(({ type }) => type)).toEqual(['payment.expired'])
})

test('a payment is not taken up for an order that is paid by now', async () => {
  const { key, pay, orders, calls } = await killedBeforeCalling()
  orders.set('A-1', order('A-1', '300', { paid: true }))
  const answer = await pay({}, key)
  expect([answer.status, await answer.json()]).toEqual([
    200,
    expect.objectContaining({ status: 'expired', reason: 'interrupted', next: null }),
  ])
  expect(calls()).toBe(0)
})

test('a payment is not taken up for an order that another payment has paid', async () => {
  const { key, pay, notify, sandbox, calls } = await killedBeforeCalling(async ({ made }) => {
    await made()
  })
  const { tradeNo } = lastOrder(sandbox)
  expect((await notify({ tradeNo, amount: '300', status: '0000' })).status).toBe(200)
  const answer = await pay({}, key)
  expect([answer.status, await answer.json()]).toEqual([
    200,
    expect.objectContaining({ status: 'expired', reason: 'interrupted', next: null }),
  ])
  expect(calls()).toBe(1)
})

test('links, keys and locks are as they were after a stop', async () => {
  const database = newDatabase()
  const before = await start({ database, ...NO_IP_LIMITS })
  const key = { 'idempotency-key': newKey() }
  const { now: _, ...payment } = await before.made({}, key)
  await before.close()
  const { pay, watch, offer, until, sandbox, notify } = await start({ database, after: before })
  expect(await watch(payment.id)).toMatchObject(payment)
  const again = await pay({}, key)
  expect([again.status, await again.json()]).toEqual([200, expect.objectContaining(payment)])
  expect(sandbox.calls('checkout')).toBe(1)
  expect((await offer('A-1')).channels).not.toEqual([])
  const { tradeNo } = lastOrder(sandbox)
  await notify({ tradeNo, amount: '300', status: '0000' })
  await until(payment.id, ({ status }) => status === 'succeeded')
})

test('a stop answers what is in flight', async () => {
  const calls = heldHttp('after')
  const { pay, close } = await start({ http: calls.http })
  const answer = pay()
  await expect.poll(calls.held).toBe(1)
  const closed = close()
  calls.release()
  await closed
  expect((await answer).status).toBe(201)
})

test('a stop waits for a query that has begun', async () => {
  const calls = heldHttp('after')
  calls.release()
  const { made, clock, sweep, close, logged } = await start({ http: calls.http })
  await made()
  clock.offset += MINUTE
  calls.hold()
  const swept = sweep()
  await expect.poll(calls.held).toBe(1)
  const closed = close()
  calls.release()
  await Promise.all([closed, swept])
  expect(logged.filter((line) => line.includes('"error"'))).toEqual([])
})

// SQLite's driver ends the whole process when it is asked after its end.
test.each([0, 1, 2, 3, 4, 5])('a stop, %i turns into a sweep, lets it end', async (turns) => {
  const { sweep, close, logged } = await start()
  const swept = sweep()
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate)
  await close()
  await swept
  expect(logged.filter((line) => line.includes('"error"'))).toEqual([])
})

test('after a stop nothing is taken', async () => {
  const { ask, close } = await start()
  await close()
  await expect(ask('/orders/A-1')).rejects.toThrow()
})

test('a second process on the same file does not start', async () => {
  const database = newDatabase()
  const first: Harness = await start({ database })
  await expect(start({ database, after: first })).rejects.toThrow(/SQLite file/)
  expect((await first.pay()).status).toBe(201)
})
