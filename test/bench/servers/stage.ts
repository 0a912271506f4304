import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { freePort } from '../../free-port.js'
import { startPostgres } from '../../postgres-server.js'
import type { Made } from '../client/requests.js'
import { type Remote, startClient } from '../client/start.js'
import type { Machine } from '../harness/machine.js'
import { ask, forkModule } from '../harness/processes.js'
import { type Program, startProgram } from './program.js'
import type { Noted } from './provider.js'

export type Store = 'sqlite' | 'postgres'
export const STORE_NAMES: Readonly<Record<Store, string>> = {
  sqlite: 'SQLite',
  postgres: 'Postgres',
}

export interface Provider {
  url: string
  port: number
  /** Notes whose payments it makes from now on. */
  note(): Promise<Noted[]>
  /** What it noted, and no more of it. */
  take(): Promise<Noted[]>
  /** Calls so far. */
  calls(): Promise<number>
}

/** The proxy, its provider and its client, each a process, the last two on the other core. */
export interface Stage {
  client: Remote
  provider: Provider
  program: Program
  /** Where the program listens, and who it is. */
  target: { port: number; pid: number }
  /** Payments that wait for their payers, as their pages and as the provider knows them. */
  make(count: number): Promise<{ made: Made[]; noted: Noted[] }>
}

/** @param databaseUrl an empty database; by default a file on the machine's disk. */
export async function startStage(
  machine: Machine,
  databaseUrl = `sqlite:${join(machine.folder, 'payments.db')}`,
): Promise<Stage> {
  const provider = await startProvider(machine)
  const client = startClient(machine, { sleeps: !databaseUrl.startsWith('sqlite:') })
  const program = await startProgram(machine, { databaseUrl, upstream: provider.url })
  const target = { port: Number(new URL(program.url).port), pid: program.pid }
  return {
    client,
    provider,
    program,
    target,
    async make(count) {
      await provider.note()
      const made = await client.make({ ...target, orderSecret: program.orderSecret, count })
      const byOrder = new Map((await provider.take()).map((noted) => [noted.order, noted]))
      return { made, noted: made.flatMap(({ order }) => byOrder.get(order) ?? []) }
    },
  }
}

/** An empty database of its own; Postgres runs on both cores, as it would beside the proxy. */
export async function openDatabase(machine: Machine, store: Store): Promise<string> {
  if (store === 'sqlite') return `sqlite:${join(machine.folder, `${randomUUID()}.db`)}`
  const server = await startPostgres()
  machine.onClose(() => server.remove())
  return server.createDatabase()
}

async function startProvider(machine: Machine): Promise<Provider> {
  const port = await freePort()
  const running = forkModule('client', new URL('provider.js', import.meta.url), [String(port)])
  machine.onClose(() => running.stop())
  const said = <T>(message: 'note' | 'take' | 'calls') => ask<T>(running, message)
  await said('calls')
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    note: () => said('note'),
    take: () => said('take'),
    calls: () => said('calls'),
  }
}
