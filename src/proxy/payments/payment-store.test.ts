import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import { DebtQueue } from '../shop/debt-queue.js'
import type { Database } from '../store/database.js'
import { postgres } from '../store/postgres.js'
import { sqlite } from '../store/sqlite.js'
import { readChanges } from './changes.js'
import { IpDays } from './ip-days.js'
import { LIMITS } from './limits.js'
import { type NewPayment, PaymentStore } from './payment-store.js'
import { QueryQueue } from './query-queue.js'

const HOUR = 3_600_000
const MANY = 20

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
}, 60_000)
afterAll(() => server.remove())

const opened: Database[] = []
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

let time: number
const now = () => time

/** As many stores as there would be processes, on the same payments. */
const kinds: [string, () => Promise<[Database, Database]>][] = [
  [
    'SQLite',
    async () => {
      const only = sqlite(':memory:', { now })
      return [only, only]
    },
  ],
  [
    'Postgres',
    async () => {
      const url = await server.createDatabase()
      return [postgres(url, { now }), postgres(url, { now })]
    },
  ],
]

let count = 0
function payment(more: Partial<NewPayment> = {}): NewPayment {
  count += 1
  return {
    id: `pay_${count}`,
    idempotencyKey: `key-${count}`,
    fingerprint: 'f',
    orderId: 'A-1',
    provider: 'lotus',
    channel: 'lotus:WALLET',
    way: null,
    amount: 30_000n,
    currency: 'TWD',
    test: true,
    tradeNo: `t${count}`,
    returnTo: null,
    tokenIssuedAt: null,
    lifetime: HOUR,
    grace: HOUR,
    ...more,
  }
}

const slot = (key: string) => ({ key, payments: 10, successes: 3, forgetAt: time + HOUR })
const next = { type: 'redirect', url: 'https://pay.example/1' } as const
const open = { plan: 'open', gap: 15_000 } as const

describe.each(kinds)('%s', (_, create) => {
  let stores: [PaymentStore, PaymentStore]
  let queues: [QueryQueue, QueryQueue]
  let debts: [DebtQueue, DebtQueue]
  let ipDays: IpDays
  let recordOf: (id: string) => Promise<unknown>

  const begin = async () => {
    time = 1_800_000_000_000
    const [one, other] = await create()
    opened.push(...new Set([one, other]))
    stores = [new PaymentStore(one), new PaymentStore(other)]
    queues = [new QueryQueue(one), new QueryQueue(other)]
    debts = [new DebtQueue(one), new DebtQueue(other)]
    ipDays = new IpDays(one)
    recordOf = (id) => readChanges(one, id)
  }
  /** Both processes, many times, at once. */
  const atOnce = <T>(work: (process: 0 | 1, index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: MANY }, (_, index) => work((index % 2) as 0 | 1, index)))
  /** A payment whose payer may pay. */
  const accepted = async (more: Partial<NewPayment> = {}) => {
    const made = payment(more)
    expect(await stores[0].insert(made)).toBe(true)
    await stores[0].submit(made.id, slot('ip'))
    await stores[0].accept(made, 'create-answer', { next }, open)
    const record = await stores[0].byId(made.id)
    if (!record) throw new Error('not there')
    return record
  }

  test('of many rows with one key one is made', async () => {
    await begin()
    const made = await atOnce((process, index) =>
      stores[process].insert(payment({ id: `pay_k${index}`, idempotencyKey: 'one' })),
    )
    expect(made.filter(Boolean)).toHaveLength(1)
  })

  test('of many rows of one order one is made, while it locks', async () => {
    await begin()
    const made = await atOnce((process) => stores[process].insert(payment()))
    expect(made.filter(Boolean)).toHaveLength(1)
    expect(await stores[1].orderState('A-1')).toEqual({
      paid: false,
      locked: true,
      full: false,
      outdated: false,
    })
  })

  test('one address gets its ten, and one that was not reached gives its own back', async () => {
    await begin()
    const made = Array.from({ length: MANY }, (_, index) => payment({ orderId: `B-${index}` }))
    await Promise.all(made.map((each) => stores[0].insert(each)))
    const submitted = await atOnce((process, index) =>
      stores[process].submit(made[index]?.id ?? '', slot('ip')),
    )
    expect(submitted.filter((each) => each === 'submitted')).toHaveLength(10)
    const called = made.filter((_, index) => submitted[index] === 'submitted')
    await Promise.all(called.map((each, index) => stores[index % 2 ? 1 : 0].unreachable(each)))
    await stores[0].unreachable(called[0] ?? payment())
    expect(await ipDays.read('ip')).toEqual({ calls: 0, successes: 0 })
    time += HOUR
    await ipDays.forgetOld()
    expect(await ipDays.read('ip')).toEqual({ calls: 0, successes: 0 })
  })

  test('of many successes of one order one is the first, and its siblings learn of it', async () => {
    await begin()
    const siblings = [await accepted(), await accepted(), await accepted()] as const
    const told = await Promise.all(
      siblings
        .slice(0, 2)
        .flatMap((each) =>
          ([0, 1] as const).map((process) =>
            stores[process].advance(each, 'notification', { status: 'succeeded' }),
          ),
        ),
    )
    const moved = told.filter((each) => each !== undefined)
    expect(moved.map(({ reason }) => reason ?? 'first').sort()).toEqual(['duplicate', 'first'])
    const owed = await Promise.all(moved.map(({ id }) => stores[1].byId(id)))
    expect(owed.map((each) => each?.debt?.type).sort()).toEqual([
      'payment.duplicate',
      'payment.succeeded',
    ])
    expect((await stores[0].byId(siblings[2].id))?.reason).toBe('order-paid')
    expect(await ipDays.read('ip')).toEqual({ calls: 3, successes: 2 })
  })

  test('a success that is refused does nothing: no sibling learns of it, no address counts it', async () => {
    await begin()
    const [doubtful, sibling] = [await accepted(), await accepted()] as const
    const doubt = { status: 'needs_review', reason: 'amount-mismatch', received: 1n } as const
    expect(await stores[0].advance(doubtful, 'notification', doubt)).toBeDefined()
    const before = await recordOf(doubtful.id)
    const success = stores[1].advance(doubtful, 'query', { status: 'succeeded' })
    expect(await success).toBeUndefined()
    expect(await stores[0].byId(doubtful.id)).toMatchObject(doubt)
    expect(await stores[0].byId(sibling.id)).toEqual(sibling)
    expect(await recordOf(doubtful.id)).toEqual(before)
    expect(await ipDays.read('ip')).toEqual({ calls: 2, successes: 0 })
  })

  test('a late answer brings its link once, and moves nothing', async () => {
    await begin()
    const made = payment()
    await stores[0].insert(made)
    await stores[0].submit(made.id, undefined)
    const called = await stores[0].byId(made.id)
    if (!called) throw new Error('not there')
    await stores[1].advance(called, 'notification', { status: 'canceled' })
    const canceled = await stores[0].byId(made.id)
    for (const url of [next.url, 'https://pay.example/2']) {
      const step = { next: { ...next, url }, providerReference: url }
      expect(await stores[0].accept(made, 'create-answer', step, open)).toBeUndefined()
      expect(await stores[0].byId(made.id)).toMatchObject({
        status: 'canceled',
        version: Number(canceled?.version) + 1,
        next,
        providerReference: next.url,
        debt: canceled?.debt,
      })
    }
  })

  test('a query that is due is claimed by one, and again when its lease is over', async () => {
    await begin()
    const { id } = await accepted()
    time += 15_000
    const claim = () => atOnce((process) => queues[process].claimQuery(id, 1_000))
    expect((await claim()).filter((each) => each !== undefined)).toHaveLength(1)
    time += 2_000
    expect((await claim()).filter((each) => each !== undefined)).toHaveLength(0)
    expect(await queues[1].dueQueries('lotus', 10)).toHaveLength(0)
    time += LIMITS.queryLease
    expect(await queues[1].dueQueries('lotus', 10)).toHaveLength(1)
    expect((await claim()).filter((each) => each !== undefined)).toHaveLength(1)
  })

  test('a debt is claimed by one, and a newer one outlives what was told of the older', async () => {
    await begin()
    const record = await accepted()
    await stores[0].advance(record, 'query', { status: 'failed' })
    expect(await debts[1].due(10)).toEqual([record.id])
    const claims = await atOnce((process) => debts[process].claim(record.id, 15_000))
    const [claimed] = claims.filter((each) => each !== undefined)
    expect(claims.filter((each) => each !== undefined)).toHaveLength(1)
    await stores[1].advance(record, 'notification', { status: 'succeeded' })
    await debts[0].clear(record.id, claimed?.debt?.version ?? 0)
    expect(await debts[1].due(10)).toEqual([record.id])
    const later = await debts[1].claim(record.id, 15_000)
    expect(later?.debt).toMatchObject({ type: 'payment.succeeded', late: true })
    await debts[1].clear(record.id, later?.debt?.version ?? 0)
    expect(await debts[0].due(10)).toEqual([])
  })

  test('a call whose lease is over, and a row that nobody took up, are overdue', async () => {
    await begin()
    const [created, called] = [payment({ orderId: 'C-1' }), payment({ orderId: 'C-2' })]
    for (const each of [created, called]) expect(await stores[0].insert(each)).toBe(true)
    await stores[0].submit(called.id, undefined)
    expect(await queues[1].overdue(10)).toEqual([])
    time += LIMITS.createLease
    expect((await queues[1].overdue(10)).map(({ id }) => id)).toEqual([called.id])
    const takers = await atOnce((process) => stores[process].takeUp(created.id))
    expect(takers.filter((each) => each !== undefined)).toHaveLength(1)
  })
})

/** A store, and who holds this row of its database until they are told to let go. */
async function held(row: string) {
  time = 1_800_000_000_000
  const url = await server.createDatabase()
  // Whoever waits for each other then does so until their statements' time is over.
  const patient = new URL(url)
  patient.searchParams.set('options', '-c deadlock_timeout=60s')
  const db = postgres(patient.href, { now })
  const other = new Client(url)
  await other.connect()
  opened.push(db, { close: () => other.end() } as Database)
  return {
    store: new PaymentStore(db),
    hold: () => other.query(`BEGIN; ${row}`),
    waiting: async (count: number) => {
      const blocked = 'SELECT count(DISTINCT pid)::int FROM pg_locks WHERE NOT granted'
      await expect.poll(async () => (await other.query(blocked)).rows[0]?.count).toBe(count)
    },
    letGo: () => other.query('COMMIT'),
  }
}

const LOCK_OF_ORDER = "INSERT INTO order_locks (order_id, taken) VALUES ('A-1', 1)"

test('new payments of an order wait for each other, and one is made', async () => {
  const { store, hold, waiting, letGo } = await held(LOCK_OF_ORDER)
  await store.orderState('A-1')
  await hold()
  const made = Promise.all([payment(), payment()].map((each) => store.insert(each)))
  await waiting(2)
  await letGo()
  expect((await made).filter(Boolean)).toHaveLength(1)
})

test('a success and a new payment of its order wait for each other', async () => {
  const { store, hold, waiting, letGo } = await held(
    "SELECT 1 FROM order_locks WHERE order_id = 'A-1' FOR UPDATE",
  )
  const paid = payment()
  await store.insert(paid)
  await store.submit(paid.id, undefined)
  await store.accept(paid, 'create-answer', { next }, open)
  const record = await store.byId(paid.id)
  if (!record) throw new Error('not there')
  await hold()
  const settled = store.advance(record, 'notification', { status: 'succeeded' })
  await waiting(1)
  const inserted = store.insert(payment())
  await waiting(2)
  await letGo()
  expect(await settled).toMatchObject({ status: 'succeeded' })
  expect(await inserted).toBe(false)
})

test('a success and the call of its sibling, of one address, do not wait for each other', async () => {
  // Both come to the address's row before either has it.
  const { store, hold, waiting, letGo } = await held(
    "SELECT 1 FROM ip_days WHERE ip_key = 'ip' FOR UPDATE",
  )
  const [paid, called] = [payment(), payment()]
  await store.insert(paid)
  await store.submit(paid.id, slot('ip'))
  await store.accept(paid, 'create-answer', { next }, open)
  await store.insert(called)
  const record = await store.byId(paid.id)
  if (!record) throw new Error('not there')
  await hold()
  const settled = store.advance(record, 'notification', { status: 'succeeded' })
  await waiting(1)
  const submitted = store.submit(called.id, slot('ip'))
  await waiting(2)
  await letGo()
  expect(await settled).toMatchObject({ status: 'succeeded' })
  expect(await submitted).toBe('submitted')
  expect(await store.byId(called.id)).toMatchObject({ status: 'submitting', reason: 'order-paid' })
})
