import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import Libsql from 'libsql'
import { afterEach, expect, test, vi } from 'vitest'
import { type Database, StoreUnavailableError } from './database.js'
import { sqlite } from './sqlite.js'

const opened: Database[] = []
const open = (path = ':memory:') => {
  const db = sqlite(path, { now: () => 1_000 })
  opened.push(db)
  return db
}
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

const file = () => join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')
const insert = (key: string, calls = 1) => ({
  sql: `INSERT INTO ip_days (ip_key, calls, successes, forget_at)
    VALUES (:key, :calls, 0, :now) RETURNING ip_key AS id`,
  params: { key, calls },
})
const keys = async (db: Database) =>
  (await db.read('SELECT ip_key FROM ip_days ORDER BY ip_key')).map((row) => row.ip_key)

test(':now is the clock that it was given', async () => {
  const db = open()
  await db.write([insert('a')])
  expect(await db.read('SELECT forget_at, :now AS now FROM ip_days')).toEqual([
    { forget_at: 1_000, now: 1_000 },
  ])
})

test('what was written is there after the file is opened again', async () => {
  const path = file()
  const db = open(path)
  await db.write([insert('a', 99_999_999_999_999)])
  await db.close()
  opened.length = 0
  expect(await open(path).read('SELECT calls FROM ip_days')).toEqual([
    { calls: 99_999_999_999_999 },
  ])
})

test('what comes after its end fails like a store that is down, and not the process', async () => {
  const db = open()
  const written = db.write([insert('a')])
  await db.close()
  expect(await written).toMatchObject({ rows: [[{ id: 'a' }]] })
  await expect(db.read('SELECT 1')).rejects.toThrow(StoreUnavailableError)
  await expect(db.write([insert('b')])).rejects.toThrow(StoreUnavailableError)
  await db.close()
})

test('writes that keep coming share a commit, but none waits long for more', async () => {
  const exec = vi.spyOn(Libsql.prototype, 'exec')
  try {
    const db = open()
    exec.mockClear()
    const commits = () => exec.mock.calls.filter(([sql]) => sql === 'COMMIT').length
    const inTurns = async (names: string) => {
      const written: Promise<unknown>[] = []
      for (const name of names) {
        written.push(db.write([insert(name)]), db.write([insert(`${name}${name}`)]))
        await turn()
      }
      await Promise.all(written)
    }
    await inTurns('abc')
    expect(commits()).toBe(1)
    await inTurns('defghijk')
    expect(commits()).toBeGreaterThan(2)
    expect(await keys(db)).toHaveLength(22)
  } finally {
    exec.mockRestore()
  }
})

test('a second process on the file is refused in one line', () => {
  const path = file()
  open(path)
  expect(() => sqlite(path)).toThrow(StoreUnavailableError)
  expect(() => sqlite(path)).toThrow(/another process/)
})

test('a folder that is not there is told, not thrown as it comes', () => {
  expect(() => sqlite('/nowhere/at/all/pay.db')).toThrow(StoreUnavailableError)
})

test('every durable promise of the file is set', async () => {
  const db = open(file())
  await db.write([insert('a')])
  expect(await db.read('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
  expect(await db.read('PRAGMA synchronous')).toEqual([{ synchronous: 2 }])
  expect(await db.read('PRAGMA locking_mode')).toEqual([{ locking_mode: 'exclusive' }])
})

test('a full disk fails the write, keeps what was there and recovers', async () => {
  const path = file()
  const db = open(path)
  await db.write([insert('a')])
  await db.read('PRAGMA max_page_count = 1')
  const big = 'x'.repeat(200_000)
  await expect(db.write([insert('b'), insert(big)])).rejects.toThrow(StoreUnavailableError)
  expect(await keys(db)).toEqual(['a'])
  await db.read('PRAGMA max_page_count = 1000000')
  await db.write([insert('b')])
  expect(await keys(db)).toEqual(['a', 'b'])
})
