import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import { readChanges } from '../payments/changes.js'
import type { Database } from './database.js'
import { postgres } from './postgres.js'
import { type Dialect, migrationsFor } from './schema.js'
import { sqlite } from './sqlite.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
}, 30_000)
afterAll(() => server.remove())

const opened: Database[] = []
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

/** A payment as the first step of the tables holds it. */
const PAYMENT = `INSERT INTO payments (id, idempotency_key, fingerprint, order_id, provider, channel,
    amount, currency, status, rank, reason, received, version, test, trade_no, query_step,
    expires_at, grace_until, created_at, updated_at)
  VALUES ('pay_1', 'key', 'f', 'A-1', 'p', 'p:C', 30000, 'TWD', 'needs_review', 80, 'partial', 10000,
    4, 1, '1', 0, 9, 9, 1, 7)`
const before = (dialect: Dialect) => [
  ...(migrationsFor(dialect)[0] ?? []),
  'CREATE TABLE schema_version (version INTEGER NOT NULL)',
  'INSERT INTO schema_version (version) VALUES (1)',
  PAYMENT,
]

const stores: [string, () => Promise<Database>][] = [
  ['SQLite', async () => sqlite(':memory:')],
  ['Postgres', async () => postgres(await server.createDatabase())],
]

describe.each(stores)('%s', (_, create) => {
  test.each([
    `UPDATE payment_changes SET note = 'another' RETURNING payment_id`,
    'DELETE FROM payment_changes RETURNING payment_id',
  ])('refuses %s', async (sql) => {
    const db = await create()
    opened.push(db)
    await db.write([
      {
        sql: `INSERT INTO payment_changes
            (payment_id, version, changed_at, source, status, rank, note)
          VALUES ('pay_1', 2, :now, 'operator', 'failed', 62, 'the first')`,
      },
    ])
    await expect(db.write([{ sql }])).rejects.toThrow(/append-only|P0001/)
    expect(await db.read('SELECT note FROM payment_changes')).toEqual([{ note: 'the first' }])
  })
})

const upgraded: [string, () => Promise<Database>][] = [
  [
    'SQLite',
    async () => {
      const path = join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')
      const old = new Libsql(path)
      for (const sql of before('sqlite')) old.exec(sql)
      old.close()
      return sqlite(path)
    },
  ],
  [
    'Postgres',
    async () => {
      const url = await server.createDatabase()
      const old = new Client(url)
      await old.connect()
      for (const sql of before('postgres')) await old.query(sql)
      await old.end()
      return postgres(url)
    },
  ],
]

test.each(upgraded)(
  'the record on %s begins with how each payment was found',
  async (_, create) => {
    const db = await create()
    opened.push(db)
    const [change, ...others] = await readChanges(db, 'pay_1')
    expect(others).toEqual([])
    expect(change).toEqual({
      version: 4,
      at: 7,
      source: 'upgrade',
      status: 'needs_review',
      rank: 80,
      reason: 'partial',
      received: 10_000n,
      note: null,
    })
  },
)
