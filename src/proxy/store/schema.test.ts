import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import type { Database } from './database.js'
import { postgres } from './postgres.js'
import { sqlite } from './sqlite.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
}, 30_000)
afterAll(() => server.remove())

const opened: Database[] = []
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

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
