import type { TestProject } from 'vitest/node'
import { type PostgresServer, startPostgres } from './postgres-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** A server of Postgres that the tests of a project share. */
    postgresServer: string
  }
}

let server: PostgresServer

/** One server for all the files of a project; each test makes room of its own there. */
export async function setup(project: TestProject): Promise<void> {
  server = await startPostgres({ isDurable: false })
  project.provide('postgresServer', server.url)
}

export async function teardown(): Promise<void> {
  await server.remove()
}
