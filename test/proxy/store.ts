import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { type Database, postgres, sqlite } from '../../src/proxy/index.js'
import { type Clock, closeAfterTest } from './lifecycle.js'
import '../postgres-setup.js'

/** There where the same tests run on Postgres: the project `postgres` of `vitest.config.ts`. */
const server = inject('postgresServer')
const urls = new Map<string, string>()

/**
 * A store of the kind that this run is about.
 *
 * @param name the same name opens what an earlier store of this test wrote; one of its own if left
 * out. On SQLite, the path of a file.
 */
export async function openStore(clock: Pick<Clock, 'now'>, name?: string): Promise<Database> {
  if (!server) return sqlite(name ?? ':memory:', { now: clock.now })
  const url = (name && urls.get(name)) || (await createSchema(server))
  if (name) urls.set(name, url)
  return postgres(url, { now: clock.now })
}

/** Room for the tables of one proxy, gone after the test. A database for each would cost more. */
async function createSchema(server: string): Promise<string> {
  const name = `pay_${randomBytes(8).toString('hex')}`
  const ask = async (sql: string) => {
    const client = new Client(server)
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await ask(`CREATE SCHEMA ${name}`)
  closeAfterTest(() => ask(`DROP SCHEMA ${name} CASCADE`))
  const url = new URL(server)
  url.searchParams.set('options', `-c search_path=${name}`)
  return url.href
}
