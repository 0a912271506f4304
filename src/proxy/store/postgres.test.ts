import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import { type Database, StoreUnavailableError } from './database.js'
import { postgres } from './postgres.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
}, 30_000)
afterAll(() => server.remove())

const opened: Database[] = []
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

const open = (url: string) => {
  const db = postgres(url)
  opened.push(db)
  return db
}
const insert = (key: string) => ({
  sql: `INSERT INTO ip_days (ip_key, calls, successes, forget_at)
    VALUES (:key, 1, 0, :now) RETURNING ip_key AS id`,
  params: { key },
  announce: true,
})

test('many processes may make the tables at the same time', async () => {
  const url = await server.createDatabase()
  const all = Array.from({ length: 5 }, () => open(url))
  await Promise.all(all.map((db, index) => db.write([insert(`p${index}`)])))
  expect(await all[0]?.read('SELECT * FROM ip_days')).toHaveLength(5)
})

test('a change made by one process is heard by another within a second', async () => {
  const url = await server.createDatabase()
  const [one, other] = [open(url), open(url)]
  const heard: (string | undefined)[] = []
  other.onChange((id) => heard.push(id))
  await other.read('SELECT 1 AS ok')
  await one.write([insert('a')])
  await expect.poll(() => heard, { timeout: 1_000 }).toContain('a')
})

test('a server that goes away is told as such, and comes back without a restart', async () => {
  const url = await server.createDatabase()
  const db = open(url)
  const heard: (string | undefined)[] = []
  db.onChange((id) => heard.push(id))
  await db.write([insert('before')])
  await server.stop()
  await expect(db.write([insert('meanwhile')])).rejects.toThrow(StoreUnavailableError)
  await server.start()
  await expect
    .poll(() => db.write([insert('after')]).catch(() => undefined), { timeout: 15_000 })
    .toBeDefined()
  expect(await db.read('SELECT ip_key FROM ip_days ORDER BY ip_key')).toHaveLength(2)
  // Whoever waited meanwhile may have missed something: they are told to look.
  await expect.poll(() => heard, { timeout: 15_000 }).toContain(undefined)
}, 40_000)
