import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import { passedOn } from '../../../test/proxy/wrapped-store.js'
import { readChanges } from '../payments/changes.js'
import { IpDays } from '../payments/ip-days.js'
import { readLevels } from '../payments/levels.js'
import { type NewPayment, PaymentStore } from '../payments/payment-store.js'
import { QueryQueue } from '../payments/query-queue.js'
import { resolve } from '../payments/resolutions.js'
import { DebtQueue } from '../shop/debt-queue.js'
import type { Database, Statement } from './database.js'
import { postgres } from './postgres.js'
import { compileNumbered } from './postgres-sql.js'
import { sqlite } from './sqlite.js'

const opened: Database[] = []
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

/** Keeps every statement that the database is asked to run. */
function recording(database: Database): {
  database: Database
  statements: Map<string, Statement>
} {
  opened.push(database)
  const statements = new Map<string, Statement>()
  const keep = (statement: Statement) => statements.set(statement.sql, statement)
  return {
    statements,
    database: {
      ...passedOn(database),
      read: (sql, params = {}) => {
        keep({ sql, params })
        return database.read(sql, params)
      },
      first: (sql, params = {}) => {
        keep({ sql, params })
        return database.first(sql, params)
      },
      write: (these) => {
        for (const statement of these) keep(statement)
        return database.write(these)
      },
    },
  }
}

let count = 0
function payment(): NewPayment {
  count += 1
  return {
    id: `pay_${count}`,
    idempotencyKey: `key-${count}`,
    fingerprint: 'f',
    orderId: `A-${count}`,
    provider: 'lotus',
    channel: 'lotus:WALLET',
    way: null,
    amount: 30_000n,
    currency: 'TWD',
    test: true,
    tradeNo: `t${count}`,
    returnTo: null,
    tokenIssuedAt: null,
    lifetime: 1_000,
    grace: 1_000,
  }
}

/** Everything that is ever asked of the store, at least once. */
async function askEverything(db: Database): Promise<void> {
  const store = new PaymentStore(db)
  const queue = new QueryQueue(db)
  const debts = new DebtQueue(db)
  const ipDays = new IpDays(db)
  const queries = { plan: 'open', gap: 0 } as const
  const slot = { key: 'ip', payments: 9, successes: 9, forgetAt: 0 }
  const insert = async () => {
    const row = payment()
    const isMade = await store.insert(row)
    const made = await store.byId(row.id)
    if (!isMade || !made) throw new Error('not inserted')
    return made
  }
  const submitted = async () => {
    const made = await insert()
    await store.submit(made.id, slot)
    return made
  }

  const one = await submitted()
  const next = { type: 'code', code: '1', expiresAt: '2026-01-01T00:00:00Z' } as const
  for (const _ of ['at first', 'late']) await store.accept(one, 'query', { next }, queries)
  await store.returned(one.id)
  await queue.bringQueryForward(one.id)
  await queue.claimQuery(one.id, 0)
  await queue.releaseQuery(one.id)
  for (const status of ['unknown', 'canceled', 'failed'] as const) {
    await store.advance(one, 'query', { status, queries })
  }
  await store.advance(one, 'query', { status: 'needs_review', reason: 'partial', received: 1n })
  await store.advance(one, 'query', { status: 'expired' })
  await store.advance(one, 'query', { status: 'succeeded' })
  await store.advance(await submitted(), 'query', { status: 'succeeded' })
  const open = await insert()
  await resolve(db, one, 'failed', 'note')
  await resolve(db, open, 'succeeded', 'note')
  await store.unreachable(await submitted())
  await store.takeUp((await insert()).id)
  await store.discard((await insert()).id)

  await store.byId(one.id)
  await store.byKey('key')
  await store.byTradeNo('lotus', 't1')
  await store.versionsOf([one.id])
  await store.orderState('A-1')
  for (const status of [undefined, 'processing', 'succeeded', 'needs_review'] as const) {
    await store.list({ limit: 1, status })
    await store.list({ limit: 1, status, before: one.id })
    await store.list({ limit: 1, status, order: 'A-1' })
  }
  await store.list({ limit: 1, undelivered: true })
  await store.list({ limit: 1, undelivered: true, order: 'A-1' })
  await store.check()
  await store.checkWritable()

  await queue.dueQueries('lotus', 1)
  await queue.overdue(1)
  await queue.markUnknownOutcomes()
  await queue.endLeases()
  await debts.hasten()
  await debts.due(1)
  await debts.claim(one.id, 1)
  await debts.clear(one.id, 1)
  await debts.postpone(one.id, 1, 1)
  await debts.postpone(one.id, 1, null)
  await debts.redeliver(one.id)
  await ipDays.read('ip')
  await ipDays.forgetOld()
  await readLevels(db)
  await readChanges(db, one.id)
}

/** Indexes that hold only what is under way, however many payments there were. */
const UNDER_WAY = 'payments_(?:open|to_query|owed|undelivered)'
const OF_FEW = new RegExp(`USING (?:COVERING )?INDEX ${UNDER_WAY}`)
/** Reads a page, and no more, where nothing is looked for but the newest. */
const NEWEST = /^SELECT \* FROM payments WHERE 1 = 1 ORDER BY id DESC LIMIT :limit$/

test('no statement looks at all payments that ever were', async () => {
  const { database, statements } = recording(sqlite(':memory:'))
  await askEverything(database)
  const looking: string[] = []
  for (const { sql, params } of [...statements.values()]) {
    if (NEWEST.test(sql)) continue
    for (const { detail } of await database.read(`EXPLAIN QUERY PLAN ${sql}`, params)) {
      const step = String(detail)
      const isScan = /^SCAN (?:payments|payment_changes|ip_days)\b/.test(step)
      if (isScan && !OF_FEW.test(step)) looking.push(`${step}: ${sql}`)
    }
  }
  expect(statements.size).toBeGreaterThan(50)
  expect(looking).toEqual([])
})

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
}, 60_000)
afterAll(() => server.remove())

/** A step of a plan as Postgres tells it. */
interface Step {
  'Index Name'?: string
  Filter?: string
  Plans?: Step[]
}
const OF_UNDER_WAY = new RegExp(`^${UNDER_WAY}$`)
const BY_KEY = /\b(?:id|order_id) = /

/** Steps that read all of what is under way to find one payment in it. */
function lookedThrough(step: Step): Step[] {
  const isSo = OF_UNDER_WAY.test(step['Index Name'] ?? '') && BY_KEY.test(step.Filter ?? '')
  return [...(isSo ? [step] : []), ...(step.Plans ?? []).flatMap(lookedThrough)]
}

test('Postgres finds one payment by its key, also where its statistics say that few are under way', async () => {
  const url = await server.createDatabase()
  const { database, statements } = recording(postgres(url))
  await askEverything(database)
  const client = new Client(url)
  await client.connect()
  const looking: string[] = []
  try {
    await client.query(`INSERT INTO payments (id, idempotency_key, fingerprint, order_id, provider,
        channel, amount, currency, status, rank, version, test, trade_no, query_step, expires_at,
        grace_until, created_at, updated_at)
      SELECT 'old_' || n, 'old-' || n, 'f', 'old-' || n, 'lotus', 'lotus:WALLET', 1, 'TWD', 'failed',
        80, 1, 1, 'old' || n, 0, 0, 0, 0, 0 FROM generate_series(1, 5000) AS n`)
    await client.query('VACUUM ANALYZE')
    for (const { sql } of statements.values()) {
      const { text } = compileNumbered(sql, false)
      const { rows } = await client.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${text}`)
      const [{ Plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Step }]
      if (lookedThrough(Plan).length > 0) looking.push(sql)
    }
  } finally {
    await client.end()
  }
  expect(statements.size).toBeGreaterThan(50)
  expect(looking).toEqual([])
})
