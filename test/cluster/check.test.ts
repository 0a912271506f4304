import { Client } from 'pg'
import { expect, test } from 'vitest'
import { checkDatabase } from '../../src/proxy/check/database.js'
import { postgres } from '../../src/proxy/index.js'
import { freePort } from '../free-port.js'
import { newDatabase } from './cluster.js'

async function sql(url: string, text: string) {
  const client = new Client(url)
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}

test('a database is looked at and left as it is, before its tables are made and after', async () => {
  const url = await newDatabase()
  expect(await checkDatabase(url)).toMatchObject({ level: 'ok' })
  expect(await sql(url, `SELECT to_regclass('payments') AS made`)).toEqual([{ made: null }])
  const store = postgres(url)
  await store.read('SELECT 1 AS ok')
  await store.close()
  expect(await checkDatabase(url)).toMatchObject({ level: 'ok' })
})

test('what somebody has to mend is an error, and what may come back is none', async () => {
  const url = new URL(await newDatabase())
  const changed = (change: (url: URL) => void) => {
    const other = new URL(url)
    change(other)
    return checkDatabase(other.href)
  }
  const port = String(await freePort())
  expect(await changed((other) => (other.password = 'wrong'))).toMatchObject({
    level: 'error',
    says: 'refuses the user or the password',
  })
  expect(await changed((other) => (other.pathname = '/none'))).toMatchObject({
    level: 'error',
    says: 'has no such database',
  })
  expect(await changed((other) => (other.port = port))).toMatchObject({
    level: 'warning',
    says: 'cannot be reached (ECONNREFUSED)',
  })
})

test('a user without rights, and a database that only reads, are errors', async () => {
  const url = new URL(await newDatabase())
  const store = postgres(url.href)
  await store.read('SELECT 1 AS ok')
  await store.close()
  const reader = `reader_${url.pathname.slice(1)}`
  await sql(
    url.href,
    `CREATE ROLE ${reader} LOGIN PASSWORD 'x'; GRANT SELECT ON payments TO ${reader}`,
  )
  const asReader = new URL(url)
  asReader.username = reader
  asReader.password = 'x'
  expect(await checkDatabase(asReader.href)).toMatchObject({
    level: 'error',
    says: 'does not let this user make or use the tables',
  })
  await sql(url.href, `REVOKE ALL ON payments FROM ${reader}; DROP ROLE ${reader}`)
  url.searchParams.set('options', '-c default_transaction_read_only=on')
  expect(await checkDatabase(url.href)).toMatchObject({ level: 'error' })
})
