import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../free-port.js'
import { BENCH, type Machine } from '../harness/machine.js'
import { launch, type Running } from '../harness/processes.js'

/** A server in a process of its own. */
export interface Served extends Running {
  url: string
}

/** Milliseconds within which a server has to answer. */
const SLOW_START = 20_000

/** Anything that answers at this path is there. */
export async function answers(url: string, { child }: Running): Promise<void> {
  const deadline = performance.now() + SLOW_START
  while (performance.now() < deadline) {
    const response = await fetch(url).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.ok) return
    if (child.exitCode !== null) throw new Error(`a server ended with code ${child.exitCode}`)
    await pause(2)
  }
  throw new Error(`nothing answers at ${url}`)
}

/** A bare `node:http` server that answers everything with this text. */
export async function startJson(machine: Machine, answer: string): Promise<Served> {
  return serve(machine, (port) => [BARE, port, 'json', answer])
}

/** A bare `node:http` server that pipes everything to another. */
export async function startPipe(machine: Machine, target: string): Promise<Served> {
  return serve(machine, (port) => [BARE, port, 'pipe', target])
}

/** The `http-proxy` package in front of another server. */
export async function startHttpProxy(machine: Machine, target: string): Promise<Served> {
  return serve(machine, (port) => [HTTP_PROXY, port, target])
}

/** What makes the same durable as the proxy, and nothing else: see `promises.ts`. */
export async function startPromises(
  machine: Machine,
  kind: 'checkout' | 'notification' | 'status',
  { databaseUrl, provider }: { databaseUrl: string; provider: string },
): Promise<Served> {
  return serve(machine, (port) => [PROMISES, port, kind, databaseUrl, provider])
}

const PROMISES = fileURLToPath(new URL('promises.js', import.meta.url))
const BARE = fileURLToPath(new URL('bare.js', import.meta.url))
const HTTP_PROXY = join(BENCH, 'peers/http-proxy.mjs')

async function serve(
  machine: Machine,
  argumentsFor: (port: string) => readonly string[],
): Promise<Served> {
  const port = await freePort()
  const running = launch('server', argumentsFor(String(port)))
  machine.onClose(() => running.stop())
  const url = `http://127.0.0.1:${port}`
  await answers(url, running)
  return { ...running, url }
}
