import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { type Sandbox, startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import { type PaymentEvent, signOrder } from '../../src/proxy/index.js'
import { freePort } from '../free-port.js'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname
const ORDER_SECRET = randomBytes(32).toString('hex')
const API_KEY = randomBytes(32).toString('hex')
const WEBHOOK_SECRET = `whsec_${randomBytes(32).toString('base64')}`

/** What a run did, and which orders it wronged. */
export interface FaultRun {
  payments: number
  paid: number
  kills: number
  /** Webhooks that arrived, repeated ones included. */
  told: number
  /** Paid at the provider, and not `succeeded` here. */
  lost: string[]
  /** Paid once at the provider, and succeeded here more than once. */
  doubled: string[]
  /** `succeeded` here, and not paid at the provider. */
  invented: string[]
  /** `succeeded` here, and the shop never heard. */
  untold: string[]
}

/** One order for each payment, each with a payer of its own who presses until it is answered. */
export async function runFaults(payments: number): Promise<FaultRun> {
  const sandbox = await startSandbox({
    port: 0,
    ipLimits: 'off',
    retrySchedule: [200, 400, 800, 1_600, 3_000, 3_000, 3_000, 3_000],
  })
  const shop = await startShop()
  const proxy = await startProxy(sandbox, shop.url)
  const misbehaviour = setInterval(() => misbehave(sandbox), 50)
  const killing = proxy.killAgainAndAgain()
  const orders = Array.from({ length: payments }, (_, index) => `F-${index}`)

  await Promise.all(
    orders.map(async (order, index) => {
      await pause(index * 200)
      await buy(order, proxy.url)
      await payAtCashier(order, sandbox)
    }),
  )
  await killing.stop()
  clearInterval(misbehaviour)
  const paid = () => new Set(paidOrders(sandbox))
  await until(60_000, async () => [...paid()].every((order) => shop.succeeded(order).length > 0))

  const succeeded = await succeededOrders(proxy.url)
  const run: FaultRun = {
    payments,
    paid: paid().size,
    kills: proxy.kills(),
    told: shop.told(),
    lost: [...paid()].filter((order) => !succeeded.includes(order)),
    doubled: orders.filter(
      (order) =>
        succeeded.filter((each) => each === order).length >
          paidOrders(sandbox).filter((each) => each === order).length ||
        shop.succeeded(order).length > 1,
    ),
    invented: succeeded.filter((order) => !paid().has(order)),
    untold: succeeded.filter((order) => shop.succeeded(order).length === 0),
  }
  await proxy.stop()
  await shop.stop()
  await sandbox.close()
  return run
}

/** A payer's button: the same key until there is an answer. */
async function buy(order: string, proxyUrl: string): Promise<void> {
  const token = await signOrder(
    { id: order, amount: { value: '300', currency: 'TWD' } },
    ORDER_SECRET,
  )
  const key = randomBytes(16).toString('base64url')
  await until(60_000, async () => {
    const response = await fetch(`${proxyUrl}/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({
        order: token,
        channel: 'vexora-taiwan:EWALLET',
        amount: { value: '300', currency: 'TWD' },
        payer: { firstName: 'a', lastName: 'b', mobile: '0912345678', email: 'a@example.com' },
        presentation: 'popup',
      }),
    })
    return response.ok
  })
}

/** Most pay, some are refused and pay after all, some go away. */
async function payAtCashier(order: string, sandbox: Sandbox): Promise<void> {
  const mood = Math.random()
  for (const { tradeNo } of sandbox.orders().filter(({ fields }) => fields.remark === order)) {
    await pause(Math.random() * 1_000)
    if (mood > 0.9) return
    if (mood > 0.7) await sandbox.settle(tradeNo, 'refuse').catch(() => {})
    if (mood < 0.8) await sandbox.settle(tradeNo, 'approve', { notify: Math.random() < 0.7 })
  }
}

/** What may go wrong between a provider and a proxy does. */
function misbehave(sandbox: Sandbox): void {
  const faults = [
    { endpoint: 'checkout', kind: 'reset' },
    { endpoint: 'checkout', kind: 'reset', taken: false },
    { endpoint: 'checkout', kind: 'html' },
    { endpoint: 'checkout', kind: 'delay', ms: 700 },
    { endpoint: 'query', kind: 'reset' },
    { endpoint: 'query', kind: 'delay', ms: 500 },
    { endpoint: 'notification', kind: 'drop' },
    { endpoint: 'notification', kind: 'duplicate' },
    { endpoint: 'notification', kind: 'delay', ms: 900 },
  ] as const
  const fault = faults[Math.floor(Math.random() * faults.length * 3)]
  if (fault) sandbox.fault(fault)
}

function paidOrders(sandbox: Sandbox): string[] {
  return sandbox
    .orders()
    .filter(({ status }) => status === 'paid')
    .map(({ fields }) => fields.remark ?? '')
}

async function succeededOrders(proxyUrl: string): Promise<string[]> {
  const orders: string[] = []
  for (let cursor = ''; ; ) {
    const response = await fetch(`${proxyUrl}/payments?status=succeeded${cursor}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    })
    const page = (await response.json()) as { payments: Payment[]; next?: string }
    orders.push(...page.payments.map(({ order }) => order))
    if (!page.next) return orders
    cursor = `&cursor=${page.next}`
  }
}

/** The shop's server: verifies every webhook, and fails to take one in four. */
async function startShop() {
  const webhook = new Webhook(WEBHOOK_SECRET)
  const heard = new Map<string, PaymentEvent>()
  let told = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    webhook.verify(body, request.headers as Record<string, string>)
    told += 1
    const isTaken = Math.random() < 0.75
    if (isTaken) heard.set(String(request.headers['webhook-id']), JSON.parse(body) as PaymentEvent)
    response.writeHead(isTaken ? 204 : 500).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    told: () => told,
    /** The ids under which the shop heard that an order was paid. */
    succeeded: (order: string) =>
      [...heard]
        .filter(
          ([, { type, data }]) => type === 'payment.succeeded' && data.payment.order === order,
        )
        .map(([id]) => id),
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** The program on a file of its own, started again whenever it dies. */
async function startProxy(sandbox: Sandbox, webhookUrl: string) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env.PATH ?? '',
    PAY_MODE: 'test',
    PAY_PORT: String(port),
    PAY_PUBLIC_URL: url,
    PAY_ORIGINS: 'http://localhost:8080',
    PAY_SECRET: randomBytes(32).toString('hex'),
    PAY_ORDER_SECRET: ORDER_SECRET,
    PAY_API_KEY: API_KEY,
    PAY_DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'pay-faults-')), 'pay.db')}`,
    PAY_QUERY_SCHEDULE: '1s',
    PAY_WEBHOOK_URL: webhookUrl,
    PAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
    ...sandbox.environment,
    VEXORA_TAIWAN_IP_LIMITS: 'off',
  }
  let child: ChildProcess
  let kills = 0
  let isStopping = false
  const launch = () => {
    child = spawn('node', [PROGRAM], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('exit', () => {
      if (!isStopping) launch()
    })
  }
  launch()
  await until(10_000, async () => (await fetch(`${url}/healthz`)).ok)
  return {
    url,
    kills: () => kills,
    /** About every second, counted from when it answers: starting takes a machine as long as it takes. */
    killAgainAndAgain() {
      let isOver = false
      const loop = async () => {
        while (!isOver) {
          await until(10_000, async () => (await fetch(`${url}/healthz`)).ok)
          await pause(500 + Math.random() * 1_000)
          if (isOver) return
          kills += 1
          child.kill('SIGKILL')
          await pause(50)
        }
      }
      const killing = loop()
      return {
        stop: () => {
          isOver = true
          return killing
        },
      }
    },
    async stop() {
      isStopping = true
      const exited = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** Tries again until it holds; what it throws counts as no. */
async function until(timeout: number, holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + timeout; Date.now() < end; await pause(100)) {
    if (await holds().catch(() => false)) return
  }
}
