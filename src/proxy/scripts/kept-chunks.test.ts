import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../../../test/postgres-server.js'
import type { Database } from '../store/database.js'
import { postgres } from '../store/postgres.js'
import { sqlite } from '../store/sqlite.js'
import { KeptChunks } from './kept-chunks.js'
import type { PackedFile } from './script-file.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
}, 30_000)
afterAll(() => server.remove())

const opened: Database[] = []
afterEach(() => Promise.all(opened.splice(0).map((db) => db.close())))

const DAY = 24 * 3_600_000
const ENTRY = 'pay-button.js'
const PINNED = 'pay-button@1.0.0.js'
const CHUNK = 'checkout-D6cQ-fj_.js'
const file = (text: string) => ({
  hash: `hash of ${text}`,
  br: Buffer.from(text).toString('base64'),
})
const A = {
  [ENTRY]: file('entry'),
  [PINNED]: file('all'),
  [CHUNK]: file('of A'),
  'en-00000000.js': file('en'),
}
const B = {
  [ENTRY]: file('entry'),
  'checkout-XXXXXXXX.js': file('of B'),
  'en-00000000.js': file('en'),
}

let clock = 0
const now = () => clock
const stores: [string, () => Promise<Database>][] = [
  ['SQLite', async () => sqlite(':memory:', { now })],
  ['Postgres', async () => postgres(await server.createDatabase(), { now })],
]

describe.each(stores)('on %s', (_, create) => {
  const open = async () => {
    clock = Date.UTC(2026, 10, 21)
    const db = await create()
    opened.push(db)
    const release = (
      files: Readonly<Record<string, PackedFile>>,
      secrets: readonly [string, ...string[]] = ['secret'],
    ) => new KeptChunks(db, secrets, files)
    return { db, release }
  }

  test('a chunk of another release is there for a page of it, before and after', async () => {
    const { release } = await open()
    const [older, newer] = [release(A), release(B)]
    await Promise.all([older.renew(), newer.renew(), release(A).renew(), release(B).renew()])
    expect(await newer.find(CHUNK)).toEqual(A[CHUNK])
    expect(await older.find('checkout-XXXXXXXX.js')).toEqual(B['checkout-XXXXXXXX.js'])
  })

  test.each([ENTRY, PINNED, 'checkout-00000000.js', '__proto__', ''])('%j is not', async (name) => {
    const { release } = await open()
    await release(A).renew()
    expect(await release(B).find(name)).toBeUndefined()
  })

  test.each([
    ['another text', `UPDATE kept_chunks SET packed = replace(packed, 'hash', 'h4sh')`],
    [
      'the text of another name',
      `UPDATE kept_chunks SET name = 'checkout-YYYYYYYY.js' WHERE name = '${CHUNK}'`,
    ],
    ['no proof', `UPDATE kept_chunks SET proof = ''`],
  ])('%s, put there by who has no secret of ours, is not served', async (_, forge) => {
    const { db, release } = await open()
    await release(A).renew()
    await db.write([{ sql: forge }])
    for (const name of [CHUNK, 'checkout-YYYYYYYY.js']) {
      expect(await release(B).find(name)).toBeUndefined()
    }
    // The release that has it makes it right again.
    await release(A).renew()
    expect(await release(B).find(CHUNK)).toEqual(A[CHUNK])
  })

  test('a secret that is being replaced still proves', async () => {
    const { release } = await open()
    await release(A, ['old']).renew()
    expect(await release(B, ['new', 'old']).find(CHUNK)).toEqual(A[CHUNK])
    expect(await release(B, ['new']).find(CHUNK)).toBeUndefined()
  })

  test('what nobody has served for a month is forgotten', async () => {
    const { db, release } = await open()
    await release(A).renew()
    clock += 20 * DAY
    await release(B).renew()
    clock += 10 * DAY
    await release(B).forgetOld()
    expect(await release(B).find(CHUNK)).toBeUndefined()
    const rows = await db.read('SELECT name FROM kept_chunks ORDER BY name')
    expect(rows).toEqual([{ name: 'checkout-XXXXXXXX.js' }, { name: 'en-00000000.js' }])
  })
})
