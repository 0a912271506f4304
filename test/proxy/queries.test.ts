import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { StoreUnavailableError } from '../../src/proxy/index.js'
import { type HarnessOptions, lastOrder, start } from './harness.js'
import { heldHttp } from './held-http.js'
import { createClock } from './lifecycle.js'
import { openStore } from './store.js'
import { passedOn } from './wrapped-store.js'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** A payment that waits for its payer, and a clock that only the test moves. */
async function waiting(options?: HarnessOptions) {
  const harness = await start(options)
  harness.clock.freeze()
  const payment = await harness.made()
  const { sandbox } = harness
  return {
    ...harness,
    id: payment.id,
    version: payment.version,
    queries: () => sandbox.calls('query'),
    settle: (outcome: Parameters<typeof sandbox.settle>[1]) =>
      sandbox.settle(lastOrder(sandbox).tradeNo, outcome, { notify: false }),
    /** Moves on by each gap and tells how many queries there had been after each. */
    countAfter: async (gaps: readonly number[]) => {
      const counts: number[] = []
      for (const gap of gaps) {
        await harness.travel(gap)
        counts.push(sandbox.calls('query'))
      }
      return counts
    },
  }
}

/** Just before it is due, and then when it is. */
const around = (gap: number) => [gap - 1, 1]

test('a success whose notification was lost is found on the schedule', async () => {
  const { travel, settle, watch, id, queries, events } = await waiting()
  await settle('approve')
  await travel(15 * SECOND - 1)
  expect([(await watch(id)).status, queries()]).toEqual(['requires_action', 0])
  await travel(1)
  expect([(await watch(id)).status, queries()]).toEqual(['succeeded', 1])
  expect(events.map(({ type }) => type)).toEqual(['payment.succeeded'])
  await travel(HOUR)
  expect(queries()).toBe(1)
})

test('an unpaid payment is asked about on the schedule, whose last gap repeats', async () => {
  const querySchedule = [10 * SECOND, MINUTE, 5 * MINUTE]
  const { countAfter, watch, id, version } = await waiting({ querySchedule })
  const gaps = [...querySchedule, 5 * MINUTE, 5 * MINUTE].flatMap(around)
  expect(await countAfter(gaps)).toEqual([0, 1, 1, 2, 2, 3, 3, 4, 4, 5])
  expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
})

test('an outcome that nobody knows is asked about at once and ever more rarely', async () => {
  const { pay, sandbox, clock, travel } = await start()
  clock.freeze()
  sandbox.fault({ endpoint: 'checkout', kind: 'reset' })
  expect((await pay()).status).toBe(202)
  // The last gap is the schedule's first of a minute or more, and it goes on from there.
  const gaps = [1, 2, 4, 8, 16, 32, 60, 60, 120, 300].map((seconds) => seconds * SECOND)
  const counts: number[] = []
  for (const gap of gaps.flatMap(around)) {
    await travel(gap)
    counts.push(sandbox.calls('query'))
  }
  expect(counts).toEqual(gaps.flatMap((_, index) => [index, index + 1]))
})

test.each([
  ['approve', 'succeeded'],
  ['refuse', 'failed'],
  [{ part: '100' }, 'needs_review'],
] as const)('an unknown outcome is settled by a query: %o', async (outcome, status) => {
  const { made, sandbox, clock, travel, watch } = await start()
  clock.freeze()
  sandbox.fault({ endpoint: 'checkout', kind: 'empty' })
  const { id } = await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, outcome, { notify: false })
  await travel(SECOND)
  expect((await watch(id)).status).toBe(status)
  expect(sandbox.calls('checkout')).toBe(1)
})

test('a call that never had an effect ends when its time is over, not before', async () => {
  const { made, sandbox, travel, watch } = await start()
  sandbox.fault({ endpoint: 'checkout', kind: 'empty', taken: false })
  const { id } = await made()
  for (const gap of [SECOND, MINUTE, HOUR, 22 * HOUR]) {
    await travel(gap)
    expect((await watch(id)).status).toBe('processing')
  }
  await travel(80 * HOUR)
  await travel(HOUR)
  expect((await watch(id)).status).toBe('expired')
})

test('what no query can read changes nothing', async () => {
  const { travel, sandbox, settle, watch, id, version, queries } = await waiting()
  await settle('approve')
  const faults = [
    { kind: 'html' },
    { kind: 'empty' },
    { kind: 'reset' },
    { kind: 'http-status', status: 500 },
    { kind: 'redirect', location: '/elsewhere' },
    { kind: 'huge', bytes: 1_000_000 },
    { kind: 'code', code: '5000' },
    { kind: 'code', code: '8000' },
    { kind: 'code', code: '9999' },
    { kind: 'status', status: '0099' },
    { kind: 'status', status: '0015' },
  ] as const
  for (const fault of faults) {
    sandbox.fault({ endpoint: 'query', ...fault })
    await travel(HOUR)
    expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
  }
  expect(queries()).toBe(faults.length)
  await travel(HOUR)
  expect((await watch(id)).status).toBe('succeeded')
})

test('a query about another payment does not pay this one', async () => {
  const { travel, sandbox, settle, watch, id } = await waiting()
  await settle('approve')
  const edit = (text: string) => text.replace(/"tradeNo":"[^"]+"/, '"tradeNo":"another00001"')
  sandbox.fault({ endpoint: 'query', kind: 'text', edit, times: Infinity })
  await travel(15 * SECOND)
  expect(await watch(id)).toMatchObject({ status: 'needs_review', reason: 'number-mismatch' })
})

test.each([
  ['"amount":300', 'succeeded'],
  ['"amount":300.0000', 'succeeded'],
  ['"amount":"300.00"', 'succeeded'],
  ['"amount":299', 'needs_review'],
  ['"amount":null', 'needs_review'],
  ['"other":1', 'needs_review'],
])('a query that says paid with %s', async (amount, status) => {
  const { travel, sandbox, settle, watch, id } = await waiting()
  await settle('approve')
  const edit = (text: string) => text.replace('"amount":"300"', amount)
  sandbox.fault({ endpoint: 'query', kind: 'text', edit })
  await travel(15 * SECOND)
  expect((await watch(id)).status).toBe(status)
})

test('a payment nobody paid expires when its time is over and a query says so', async () => {
  const { travel, watch, id, events, offer } = await waiting()
  await travel(24 * HOUR - MINUTE)
  expect((await watch(id)).status).toBe('requires_action')
  await travel(MINUTE)
  await travel(HOUR)
  const expired = await watch(id)
  expect(expired).toMatchObject({ status: 'expired', next: null })
  expect(events.map(({ type }) => type)).toEqual(['payment.expired'])
  expect((await offer('A-1')).channels).not.toEqual([])
})

test('when its time is over a payment is asked about, however long the gaps are', async () => {
  const options = { lifetime: 10 * MINUTE, querySchedule: [4 * MINUTE, 30 * MINUTE] }
  const { countAfter, watch, id } = await waiting(options)
  expect(await countAfter([4 * MINUTE, 6 * MINUTE - 1, 1])).toEqual([1, 1, 2])
  expect((await watch(id)).status).toBe('expired')
})

test('while no query answers a payment is not over, until its grace is', async () => {
  const { travel, watch, id, sandbox } = await waiting()
  sandbox.fault({ endpoint: 'query', kind: 'html', times: Infinity })
  for (let hours = 0; hours < 95; hours += 1) await travel(HOUR)
  expect((await watch(id)).status).toBe('requires_action')
  await travel(HOUR)
  await travel(HOUR)
  expect((await watch(id)).status).toBe('expired')
})

test('lifetime and grace are settings', async () => {
  const { travel, watch, id, queries } = await waiting({ lifetime: MINUTE, grace: MINUTE })
  await travel(MINUTE)
  await travel(MINUTE)
  expect((await watch(id)).status).toBe('expired')
  await travel(MINUTE)
  const before = queries()
  await travel(HOUR)
  expect(queries()).toBe(before)
})

test('money that comes after the time is over is found, late, and told', async () => {
  const { travel, settle, watch, id, events } = await waiting()
  await travel(25 * HOUR)
  expect((await watch(id)).status).toBe('expired')
  await settle('approve')
  await travel(HOUR)
  expect((await watch(id)).status).toBe('succeeded')
  expect(events.map(({ type, data }) => [type, data.late])).toEqual([
    ['payment.expired', undefined],
    ['payment.succeeded', true],
  ])
})

test('after the grace nothing is asked, but a notification or a return makes one query', async () => {
  const { travel, sweep, settle, watch, ask, id, queries } = await waiting()
  await travel(25 * HOUR)
  await travel(75 * HOUR)
  await travel(HOUR)
  const before = queries()
  await travel(100 * HOUR)
  expect(queries()).toBe(before)
  await settle('approve')
  await ask(`/payments/${id}/return`)
  await sweep()
  expect(queries()).toBe(before + 1)
  expect((await watch(id)).status).toBe('succeeded')
})

test('a notification after the grace is applied', async () => {
  const { travel, sandbox, until, id } = await waiting()
  await travel(25 * HOUR)
  await travel(200 * HOUR)
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await until(id, ({ status }) => status === 'succeeded')
})

test.each([
  ['a page that wakes', (id: string) => `/payments/${id}`],
  ['a page that was not told a version', (id: string) => `/payments/${id}?wait=1`],
  ['a payer who comes back', (id: string) => `/payments/${id}/return`],
])('%s brings a query forward, at most one in two seconds', async (_, path) => {
  const { ask, travel, sweep, settle, watch, id, queries } = await waiting()
  await travel(2 * SECOND)
  expect(queries()).toBe(0)
  for (let times = 0; times < 5; times += 1) {
    await ask(path(id))
    await sweep()
  }
  expect(queries()).toBe(1)
  await settle('approve')
  await travel(2 * SECOND - 1)
  await ask(path(id))
  await sweep()
  expect(queries()).toBe(1)
  await travel(1)
  await ask(path(id))
  await sweep()
  expect(queries()).toBe(2)
  expect((await watch(id)).status).toBe('succeeded')
})

test('a payer who comes back within those two seconds is seen when they are over', async () => {
  const { ask, settle, until, clock, id, queries } = await waiting()
  await ask(`/payments/${id}/return`)
  await settle('approve')
  await ask(`/payments/${id}/return`)
  clock.offset += 2 * SECOND
  await until(id, ({ status }) => status === 'succeeded')
  expect(queries()).toBeLessThanOrEqual(2)
})

test('watching, however many do, asks the provider nothing', async () => {
  const { watch, sweep, clock, id, version, queries } = await waiting()
  clock.offset += 10 * SECOND
  await Promise.all(Array.from({ length: 15 }, () => watch(id, version)))
  await Promise.all(Array.from({ length: 15 }, () => watch(id)))
  await sweep()
  expect(queries()).toBe(0)
})

test('of one payment there is one query in flight', async () => {
  const calls = heldHttp('after')
  calls.release()
  const { ask, sweep, clock, id, queries } = await waiting({ http: calls.http })
  clock.offset += MINUTE
  calls.hold()
  const first = sweep()
  await expect.poll(calls.held).toBe(1)
  clock.offset += 5 * SECOND
  await ask(`/payments/${id}`)
  await ask(`/payments/${id}/return`)
  const others = [sweep(), sweep()]
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(queries()).toBe(1)
  calls.release()
  await Promise.all([first, ...others])
  await sweep()
  expect(queries()).toBe(2)
})

test('a payment that is heard of before its create call has an answer is asked about too', async () => {
  const calls = heldHttp('after')
  const { pay, sandbox, clock, travel, until } = await start({ http: calls.http })
  clock.freeze()
  const answer = pay()
  await expect.poll(calls.held).toBe(1)
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'refuse')
  calls.release()
  const { id } = (await (await answer).json()) as Payment
  await until(id, ({ status }) => status === 'failed')
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve', { notify: false })
  await travel(15 * SECOND)
  await until(id, ({ status }) => status === 'succeeded')
})

test('a payment is read also while nothing can be written', async () => {
  const clock = createClock()
  const database = await openStore(clock)
  let isFull = false
  const write: typeof database.write = async (statements) => {
    if (isFull) throw new StoreUnavailableError('the disk is full')
    return database.write(statements)
  }
  const { ask, made } = await start({ store: { ...passedOn(database), write } })
  const { id } = await made()
  isFull = true
  clock.offset += 3 * SECOND
  const response = await ask(`/payments/${id}`)
  expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ id })])
})
