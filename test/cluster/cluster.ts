import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, inject, vi } from 'vitest'
import { type Sandbox, startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import { signOrder } from '../../src/proxy/index.js'
import { freePort } from '../free-port.js'
import '../postgres-setup.js'
import { type Gate, startGate } from './gate.js'
import { killAll, launch, type Program } from './program.js'
import { type Shop, startShop } from './shop.js'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000, expect: { poll: { timeout: 15_000 } } })

const ORDER_SECRET = randomBytes(32).toString('hex')
const API_KEY = randomBytes(32).toString('hex')
export const EWALLET = 'vexora-taiwan:EWALLET'
/** Milliseconds between the provider's attempts to tell us; for longer than any outage here. */
const RETRIES = [200, 400, 800, 1_600, ...Array.from({ length: 20 }, () => 3_000)]

/** Programs that share one database, a sandbox, and a shop. */
export interface Cluster {
  programs: Program[]
  sandbox: Sandbox
  gate: Gate
  shop: Shop
  databaseUrl: string
  /** One more program, which may not come to answer. */
  launch(env?: Record<string, string>, program?: string): Promise<Program>
  /** One more program on the same database, answering. */
  join(env?: Record<string, string>, program?: string): Promise<Program>
  /** Asks the database, as an operator would. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>
  /** All payments, newest first, as one of the programs tells them. */
  payments(): Promise<Payment[]>
}

export interface ClusterOptions {
  size: number
  databaseUrl?: string
  env?: Record<string, string>
  ipLimits?: string
}

const closing: (() => Promise<unknown>)[] = []
afterAll(async () => {
  killAll()
  for (const close of closing.splice(0).reverse()) await close()
})

/** Starts programs of which the provider notifies the second one, if there is one. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const sandbox = await startSandbox({ port: 0, ipLimits: 'off', retrySchedule: RETRIES })
  const gate = await startGate(sandbox.url)
  const shop = await startShop()
  closing.push(() => sandbox.close(), gate.close, shop.close)
  const databaseUrl = options.databaseUrl ?? (await newDatabase())
  const ports = await Promise.all(Array.from({ length: options.size }, freePort))
  const env = {
    PAY_MODE: 'test',
    PAY_PUBLIC_URL: `http://127.0.0.1:${ports[1] ?? ports[0]}/pay`,
    PAY_ORIGINS: 'http://localhost:8080',
    PAY_SECRET: randomBytes(32).toString('hex'),
    PAY_ORDER_SECRET: ORDER_SECRET,
    PAY_API_KEY: API_KEY,
    PAY_DATABASE_URL: databaseUrl,
    PAY_QUERY_SCHEDULE: '1h',
    PAY_WEBHOOK_URL: shop.url,
    PAY_WEBHOOK_SECRET: shop.secret,
    PAY_TRUSTED_PROXIES: '127.0.0.1',
    ...sandbox.environment,
    VEXORA_TAIWAN_BASE_URL: sandbox.vexoraTaiwan.baseUrl.replace(sandbox.url, gate.origin),
    VEXORA_TAIWAN_IP_LIMITS: options.ipLimits ?? 'off',
    ...options.env,
  }
  const launchAt = (port: number, more: Record<string, string> = {}, program?: string) =>
    launch({ ...env, ...more, PAY_PORT: String(port) }, program)
  const programs = ports.map((port) => launchAt(port))
  await Promise.all(programs.map(isUp))
  const cluster: Cluster = {
    programs,
    sandbox,
    gate,
    shop,
    databaseUrl,
    launch: async (more, of) => launchAt(await freePort(), more, of),
    async join(more, of) {
      const program = await cluster.launch(more, of)
      await isUp(program)
      programs.push(program)
      return program
    },
    async sql(text, values) {
      const client = new Client(databaseUrl)
      await client.connect()
      const { rows } = await client.query(text, values)
      await client.end()
      return rows
    },
    async payments() {
      const all: Payment[] = []
      for (let cursor = ''; ; ) {
        const program = programs.find(({ child }) => child.exitCode === null && !child.killed)
        const answer = await fetch(`${program?.url}/payments?limit=100${cursor}`, {
          headers: { authorization: `Bearer ${API_KEY}` },
        })
        const page = (await answer.json()) as { payments: Payment[]; next?: string }
        all.push(...page.payments)
        if (!page.next) return all
        cursor = `&cursor=${page.next}`
      }
    },
  }
  return cluster
}

/** An empty database of the server that the project shares. */
export async function newDatabase(): Promise<string> {
  const name = `pay_${randomBytes(8).toString('hex')}`
  const url = new URL(inject('postgresServer'))
  const ask = async (sql: string) => {
    const client = new Client(inject('postgresServer'))
    await client.connect()
    await client.query(sql)
    await client.end()
  }
  await ask(`CREATE DATABASE ${name}`)
  closing.push(() => ask(`DROP DATABASE ${name} WITH (FORCE)`))
  url.pathname = name
  return url.href
}

/** Resolves when it answers. @throws what it said, where it ended instead. */
export async function isUp(program: Program): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (program.child.exitCode !== null) break
    const isOk = await fetch(`${program.url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isOk) return
    await pause(100)
  }
  throw new Error(`the program does not answer: ${program.said()}`)
}

export const newKey = () => randomBytes(16).toString('base64url')

interface Purchase {
  order: string
  key?: string
  /** The payer's address. */
  ip?: string
}

/** A payer's press of the button, at one of the programs. */
export async function press(
  program: Program,
  { order, key = newKey(), ip = '203.0.113.1' }: Purchase,
): Promise<Response> {
  const token = await signOrder(
    { id: order, amount: { value: '300', currency: 'TWD' } },
    ORDER_SECRET,
  )
  return fetch(`${program.url}/payments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'x-forwarded-for': ip,
    },
    body: JSON.stringify({
      order: token,
      channel: EWALLET,
      amount: { value: '300', currency: 'TWD' },
      payer: { firstName: 'a', lastName: 'b', mobile: '0912345678', email: 'a@example.com' },
      presentation: 'popup',
    }),
  })
}

/** The same, for the payment that comes of it. */
export async function made(program: Program, purchase: Purchase): Promise<Payment> {
  const answer = await press(program, purchase)
  if (!answer.ok) throw new Error(`not made: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Payment
}

/** The page's wait for a version after this one. @param seconds 25 at most. */
export async function wait(
  program: Program,
  { id, version }: Pick<Payment, 'id' | 'version'>,
  seconds = 25,
): Promise<Payment> {
  const answer = await fetch(`${program.url}/payments/${id}?wait=${seconds}&version=${version}`)
  return (await answer.json()) as Payment
}

/** Our numbers of an order's payments at the provider. */
export function tradeNosOf(sandbox: Sandbox, order: string): string[] {
  return sandbox
    .orders()
    .filter(({ fields }) => fields.remark === order)
    .map(({ tradeNo }) => tradeNo)
}
