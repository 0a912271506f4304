import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import { startTcpRelay } from '../../../test/tcp-relay.js'
import { type Database, StoreUnavailableError, StoreUnusableError } from './database.js'
import { type PostgresOptions, postgres } from './postgres.js'
import { migrationsFor } from './schema.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
}, 30_000)
afterAll(() => server.remove())

const opened: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())))

const open = (url: string, options: PostgresOptions = {}) => {
  const db = postgres(url, options)
  opened.push(db)
  return db
}
/** A connection that is none of ours. */
const connect = async (url: string) => {
  const client = new Client(url)
  client.on('error', () => {})
  await client.connect()
  opened.push({ close: () => client.end() })
  return client
}
const insert = (key: string) => ({
  sql: `INSERT INTO ip_days (ip_key, calls, successes, forget_at)
    VALUES (:key, 1, 0, :now) RETURNING ip_key AS id`,
  params: { key },
  announce: true,
})
const raise = (key: string) => ({
  sql: 'UPDATE ip_days SET calls = calls + 1 WHERE ip_key = :key RETURNING ip_key AS id',
  params: { key },
  required: true,
})
const count = async (db: Database) =>
  Number((await db.read('SELECT count(*) AS count FROM ip_days'))[0]?.count)
const calls = async (db: Database, key: string) =>
  Number((await db.read('SELECT calls FROM ip_days WHERE ip_key = :key', { key }))[0]?.calls)

test('many processes may make the tables at the same time', async () => {
  const url = await server.createDatabase()
  const all = Array.from({ length: 5 }, () => open(url))
  await Promise.all(all.map((db, index) => db.write([insert(`p${index}`)])))
  expect(await count(all[0] as Database)).toBe(5)
})

test('a change made by one process is heard by another within a second', async () => {
  const url = await server.createDatabase()
  const [one, other] = [open(url), open(url)]
  const heard: (string | undefined)[] = []
  other.onChange((id) => heard.push(id))
  await other.read('SELECT 1 AS ok')
  await expect.poll(() => heard).toContain(undefined)
  await one.write([insert('a')])
  await expect.poll(() => heard, { timeout: 1_000 }).toContain('a')
})

test('a server that goes away is told as such, and comes back without a restart', async () => {
  const url = await server.createDatabase()
  const db = open(url)
  await db.write([insert('before')])
  await server.stop()
  const started = performance.now()
  await expect(db.write([insert('meanwhile')])).rejects.toThrow(StoreUnavailableError)
  await expect(db.read('SELECT 1')).rejects.toThrow(StoreUnavailableError)
  expect(performance.now() - started).toBeLessThan(2_000)
  // So long that whoever waits longer each time would wait for many seconds by now.
  await pause(3_000)
  const heard: (string | undefined)[] = []
  db.onChange((id) => heard.push(id))
  await server.start()
  await expect
    .poll(() => db.write([insert('after')]).catch(() => undefined), { timeout: 3_000 })
    .toBeDefined()
  expect(await count(db)).toBe(2)
  // Whoever waited meanwhile may have missed something: they are told to look.
  await expect.poll(() => heard, { timeout: 3_000 }).toContain(undefined)
  await db.write([insert('later')])
  await expect.poll(() => heard, { timeout: 3_000 }).toContain('later')
}, 40_000)

test.each([
  ['alone', true],
  ['sharing commits', false],
])(
  'writes %s fail, whole, with a connection that is killed, and never the process',
  async (_, required) => {
    const url = await server.createDatabase()
    const db = open(url)
    await db.write([insert('a')])
    const killer = await connect(url)
    let written = 0
    let failed = 0
    let isOver = false
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let turn = 0; !isOver; turn += 1) {
        try {
          await db.write([{ ...raise('a'), required }, insert(`${writer}-${turn}`)])
          written += 1
        } catch (error) {
          expect(error).toBeInstanceOf(StoreUnavailableError)
          failed += 1
        }
      }
    })
    for (let kill = 0; kill < 20; kill += 1) {
      await pause(50)
      await killer.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`)
    }
    isOver = true
    await Promise.all(writers)
    expect(failed).toBeGreaterThan(0)
    // A commit whose acknowledgement was cut off has happened all the same, as a whole.
    expect(await calls(db, 'a')).toBe(await count(db))
    expect(await count(db)).toBeGreaterThanOrEqual(written + 1)
    expect(await count(db)).toBeLessThanOrEqual(written + failed + 1)
  },
)

test('a server that falls silent is given up, and reached anew when it speaks again', async () => {
  const url = new URL(await server.createDatabase())
  const relay = await startTcpRelay(Number(url.port))
  opened.push(relay)
  url.port = String(relay.port)
  // A busy machine makes the tables within it.
  url.searchParams.set('query_timeout', '1500')
  const db = open(url.href)
  await db.write([insert('a')])
  relay.silence()
  await expect(db.write([insert('b')])).rejects.toThrow(StoreUnavailableError)
  await expect(db.read('SELECT 1')).rejects.toThrow(StoreUnavailableError)
  relay.restore()
  await expect
    .poll(() => db.write([insert('c')]).catch(() => undefined), { timeout: 5_000 })
    .toBeDefined()
  expect(await count(db)).toBe(2)
}, 30_000)

test('who waits for a lock that is never let go gets an answer, and nothing is half done', async () => {
  const url = new URL(await server.createDatabase())
  url.searchParams.set('statement_timeout', '300')
  const db = open(url.href)
  await db.write([insert('a')])
  const other = await connect(url.href)
  await other.query('BEGIN')
  await other.query(`UPDATE ip_days SET calls = 9 WHERE ip_key = 'a'`)
  await expect(db.write([insert('b'), raise('a')])).rejects.toThrow(StoreUnavailableError)
  await other.query('ROLLBACK')
  expect(await count(db)).toBe(1)
  await db.write([raise('a')])
  expect(await calls(db, 'a')).toBe(2)
})

test('writes that come at the same time share a commit, but for those that may need undoing', async () => {
  const db = open(await server.createDatabase())
  await db.write([insert('a')])
  await Promise.all([
    ...['b', 'c', 'd'].map((key) => db.write([insert(key)])),
    db.write([raise('a'), insert('e')]),
    db.write([{ ...raise('a'), required: false }, insert('f')]),
  ])
  const rows = await db.read('SELECT ip_key, CAST(xmin AS TEXT) AS commit FROM ip_days')
  const commits = new Map(rows.map((row) => [row.ip_key, row.commit]))
  expect(new Set(['b', 'c', 'd', 'f'].map((key) => commits.get(key))).size).toBe(1)
  expect(commits.get('e')).not.toBe(commits.get('f'))
  expect(await calls(db, 'a')).toBe(3)
})

test('a lock that one of them waits for keeps none of the others, nor those that come later', async () => {
  const url = await server.createDatabase()
  const db = open(url)
  await db.write([insert('a'), insert('b')])
  const other = await connect(url)
  await other.query('BEGIN')
  await other.query(`UPDATE ip_days SET calls = 9 WHERE ip_key = 'a'`)
  let isThrough = false
  const waiting = db.write([raise('a')]).finally(() => {
    isThrough = true
  })
  await Promise.all([db.write([raise('b')]), db.write([insert('c')])])
  await Promise.all(['d', 'e'].map((key) => db.write([insert(key)])))
  expect(isThrough).toBe(false)
  await other.query('COMMIT')
  await waiting
  expect([await calls(db, 'a'), await calls(db, 'b'), await count(db)]).toEqual([10, 2, 5])
})

test('what the server does not take fails its own writer, and none who would share the commit', async () => {
  const db = open(await server.createDatabase())
  await db.write([insert('a')])
  const tooLarge = {
    ...raise('a'),
    sql: 'UPDATE ip_days SET calls = 99999999999 WHERE ip_key = :key',
  }
  const told = await Promise.allSettled([
    db.write([insert('b')]),
    db.write([tooLarge]),
    db.write([insert('c')]),
  ])
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect([await count(db), await calls(db, 'a')]).toEqual([3, 1])
})

test('no process keeps its locks when it is halted in the middle of a write', async () => {
  const db = open(await server.createDatabase())
  expect(await db.read('SHOW idle_in_transaction_session_timeout')).toEqual([
    { idle_in_transaction_session_timeout: '5s' },
  ])
})

test('two writes that wait for each other both come through', async () => {
  const url = await server.createDatabase()
  const [one, other] = [open(url), open(url)]
  await one.write([insert('a'), insert('b')])
  const rounds = 2
  const writes = Array.from({ length: rounds }, () => [
    one.write([raise('a'), raise('b')]),
    other.write([raise('b'), raise('a')]),
  ])
  await Promise.all(writes.flat())
  expect([await calls(one, 'a'), await calls(one, 'b')]).toEqual([1 + 2 * rounds, 1 + 2 * rounds])
}, 30_000)

test('who waited for another write sees what it did, whatever the server does by default', async () => {
  const url = new URL(await server.createDatabase())
  url.searchParams.set('options', '-c default_transaction_isolation=serializable')
  const all = [open(url.href), open(url.href)] as const
  await all[0].write([insert('a')])
  const guarded = (key: string) => ({
    sql: `INSERT INTO ip_days (ip_key, calls, successes, forget_at)
      SELECT :key, 1, 0, :now WHERE (SELECT count(*) FROM ip_days) < 5 RETURNING ip_key`,
    params: { key },
    required: true,
  })
  const written = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      all[index % 2 === 0 ? 0 : 1].write([raise('a'), guarded(`${index}`)]),
    ),
  )
  expect(written.filter((each) => 'rows' in each)).toHaveLength(4)
  expect(await count(all[0])).toBe(5)
  expect(await calls(all[0], 'a')).toBe(5)
})

test('a version goes on while a newer one adds columns, tables and a step', async () => {
  const url = await server.createDatabase()
  const older = open(url)
  await older.write([insert('a')])
  await older.read('SELECT * FROM ip_days')
  const newer = await connect(url)
  await newer.query('ALTER TABLE ip_days ADD COLUMN later TEXT')
  await newer.query('CREATE TABLE later (id TEXT)')
  await newer.query('INSERT INTO schema_version (version) VALUES ($1)', [
    migrationsFor('postgres').length + 1,
  ])
  expect(await older.read('SELECT * FROM ip_days')).toMatchObject([{ ip_key: 'a', later: null }])
  await older.write([insert('b')])
  const started = open(url)
  await started.write([insert('c')])
  expect(await count(started)).toBe(3)
})

test('a statement is planned once for each connection', async () => {
  const db = open(await server.createDatabase())
  for (const key of ['a', 'b', 'c']) await db.write([insert(key)])
  const rows = await db.read(
    `SELECT generic_plans + custom_plans AS plans FROM pg_prepared_statements
    WHERE statement LIKE 'INSERT%'`,
  )
  expect(rows.map(({ plans }) => Number(plans))).toEqual([3])
})

test('where a pooler keeps no statements, they are sent anew, and nothing is done twice', async () => {
  const db = open(await server.createDatabase())
  await db.write([insert('a')])
  await db.write([raise('a'), raise('a')])
  await db.read('DEALLOCATE ALL')
  await db.write([insert('b'), raise('a')])
  expect(await calls(db, 'a')).toBe(4)
  expect(await count(db)).toBe(2)
  expect(await db.read('SELECT name FROM pg_prepared_statements')).toEqual([])
})

test('what an operator has to mend is said, and is no wait for better times', async () => {
  const url = await server.createDatabase()
  const wrong = new URL(url)
  wrong.password = 'wrong'
  await expect(open(wrong.href).read('SELECT 1')).rejects.toThrow(/refuses the user or the pass/)
  await expect(open(`${url}_no`).read('SELECT 1')).rejects.toThrow(/no such database/)
  await expect(open(`${url}_no`).read('SELECT 1')).rejects.toThrow(StoreUnusableError)
  const error = await open(wrong.href)
    .read('SELECT 1')
    .catch((thrown: Error) => thrown.message)
  expect(error).not.toContain('wrong')
})

test('its clock is the database’s, whatever becomes of the clock of this machine', async () => {
  const db = open(await server.createDatabase())
  await db.read('SELECT 1')
  const real = Date.now()
  vi.spyOn(Date, 'now').mockReturnValue(real + 3_600_000)
  try {
    expect(Math.abs(db.now() - real)).toBeLessThan(2_000)
  } finally {
    vi.restoreAllMocks()
  }
})

test('what comes after its end fails like a store that is down', async () => {
  const db = open(await server.createDatabase())
  await db.write([insert('a')])
  await db.close()
  await expect(db.read('SELECT 1')).rejects.toThrow(StoreUnavailableError)
  await expect(db.write([insert('b')])).rejects.toThrow(StoreUnavailableError)
  await db.close()
})
