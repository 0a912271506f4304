import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import type { Database } from './database.js'
import { postgres } from './postgres.js'
import { sqlite } from './sqlite.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
}, 30_000)
afterAll(() => server.remove())

const opened: Database[] = []
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

const insert = (key: string, calls = 1) => ({
  sql: `INSERT INTO ip_days (ip_key, calls, successes, forget_at)
    VALUES (:key, :calls, 0, :now) RETURNING ip_key AS id`,
  params: { key, calls },
})
const raise = (key: string) => ({
  sql: 'UPDATE ip_days SET calls = calls + 1 WHERE ip_key = :key RETURNING ip_key AS id',
  params: { key },
  required: true,
})
/** The same, of which nothing is wanted back. */
const raiseQuietly = (key: string) => ({
  sql: 'UPDATE ip_days SET calls = calls + 1 WHERE ip_key = :key',
  params: { key },
  required: true,
  announce: key,
})
const keys = async (db: Database) =>
  (await db.read('SELECT ip_key FROM ip_days ORDER BY ip_key')).map((row) => row.ip_key)

const stores: [string, () => Promise<Database>][] = [
  ['SQLite', async () => sqlite(':memory:')],
  ['Postgres', async () => postgres(await server.createDatabase())],
]

describe.each(stores)('%s', (_, create) => {
  const open = async () => {
    const db = await create()
    opened.push(db)
    return db
  }

  test('a refused required statement takes its whole write with it, and no other', async () => {
    const db = await open()
    const [kept, refused] = await Promise.all([
      db.write([insert('a')]),
      db.write([insert('b'), raise('missing')]),
    ])
    expect(kept).toEqual({ rows: [[{ id: 'a' }]] })
    expect(refused).toEqual({ refused: 1 })
    expect(await keys(db)).toEqual(['a'])
  })

  test('one text asked for a row and for all rows is answered of what is asked each time', async () => {
    const db = await open()
    await db.write(['a', 'b'].map((key) => insert(key)))
    const sql = 'SELECT ip_key FROM ip_days WHERE ip_key = :key'
    expect(await db.read(sql, { key: 'a' })).toEqual([{ ip_key: 'a' }])
    expect(await db.first(sql, { key: 'b' })).toEqual({ ip_key: 'b' })
    expect(await db.first(sql, { key: 'a' })).toEqual({ ip_key: 'a' })
    expect(await db.read(sql, { key: 'b' })).toEqual([{ ip_key: 'b' }])
  })

  test('a text with a null in it is found nowhere, and fails nobody who asks beside it', async () => {
    const db = await open()
    await db.write([insert('a')])
    const sql = 'SELECT ip_key FROM ip_days WHERE ip_key IN (:key, :other)'
    expect(await db.read(sql, { key: 'a\0b', other: 'a' })).toEqual([{ ip_key: 'a' }])
    expect(await db.read(sql, { key: '\0', other: 'a\0' })).toEqual([])
    expect(await db.write([raise('a\0')])).toEqual({ refused: 0 })
  })

  test('a broken constraint fails its own write and no other of the same commit', async () => {
    const db = await open()
    const [first, second, third] = await Promise.allSettled([
      db.write([insert('a')]),
      db.write([insert('b'), insert('a')]),
      db.write([insert('c')]),
    ])
    expect([first, second, third].map((each) => each?.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(await keys(db)).toEqual(['a', 'c'])
  })

  test('changes are announced once, after the commit, and only if they were kept', async () => {
    const db = await open()
    const heard: (string | undefined)[] = []
    db.onChange((id) => heard.push(id))
    await db.read('SELECT 1 AS ok')
    // A store of several processes says so when it begins to hear of the others.
    if (!db.exclusive) await expect.poll(() => heard).toEqual([undefined])
    heard.length = 0
    await Promise.all([
      db.write([
        { ...insert('a'), announce: true },
        { ...raise('a'), announce: true },
      ]),
      db.write([{ ...insert('b'), announce: true }, raise('missing')]),
      db.write([insert('c')]),
    ])
    await expect.poll(() => heard).toEqual(['a'])
  })

  test('what returns nothing is known by the rows that it touched', async () => {
    const db = await open()
    await db.write([insert('a'), insert('b')])
    const heard: (string | undefined)[] = []
    db.onChange((id) => heard.push(id))
    const [alone, refusedAlone, both, refused] = await Promise.all([
      db.write([raiseQuietly('a')]),
      db.write([raiseQuietly('missing')]),
      db.write([raiseQuietly('b'), raiseQuietly('a')]),
      db.write([raiseQuietly('b'), raiseQuietly('missing')]),
    ])
    expect([alone, refusedAlone]).toEqual([{ rows: [[]] }, { refused: 0 }])
    expect([both, refused]).toEqual([{ rows: [[], []] }, { refused: 1 }])
    expect(await db.read('SELECT ip_key, calls FROM ip_days ORDER BY ip_key')).toEqual([
      { ip_key: 'a', calls: 3 },
      { ip_key: 'b', calls: 2 },
    ])
    const told = () => heard.filter((id) => id !== undefined).sort()
    await expect.poll(told).toEqual(['a', 'a', 'b'])
  })

  test('a payment that a statement did not touch is announced to nobody', async () => {
    const db = await open()
    const heard: (string | undefined)[] = []
    db.onChange((id) => heard.push(id))
    const raised = (key: string) => ({ ...raiseQuietly(key), required: false })
    await db.write([insert('a'), raised('missing'), raised('a')])
    await expect.poll(() => heard.filter((id) => id !== undefined)).toEqual(['a'])
  })

  test('what a lock stands before is refused as it would be without it', async () => {
    const db = await open()
    const lock = { ...insert('lock'), lock: true }
    expect(await db.write([lock, raiseQuietly('missing')])).toEqual({ refused: 1 })
    expect(await db.write([insert('a'), raiseQuietly('missing')])).toEqual({ refused: 1 })
    expect((await keys(db)).filter((key) => key !== 'lock')).toEqual([])
  })

  test(':now is the clock that it tells', async () => {
    const db = await open()
    const [row] = await db.read('SELECT :now AS now')
    expect(Math.abs(Number(row?.now) - db.now())).toBeLessThan(1_000)
  })

  test('numbers up to the largest amount keep every digit', async () => {
    const db = await open()
    await db.write([insert('a', 99_999_999)])
    const [row] = await db.read('SELECT calls, CAST(:big AS BIGINT) AS big FROM ip_days', {
      big: 99_999_999_999_999,
    })
    expect([Number(row?.calls), BigInt(row?.big ?? 0)]).toEqual([99_999_999, 99_999_999_999_999n])
  })
})
