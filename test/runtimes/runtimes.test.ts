import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../demo/sandbox/index.js'
import type { Offer } from '../../src/contract/offer.js'
import type { Payment } from '../../src/contract/payment.js'
import { signOrder } from '../../src/proxy/orders/token.js'
import type { PaymentEvent } from '../../src/proxy/shop/event.js'
import { freePort } from '../free-port.js'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const SHOP = 'https://shop.example'
const ORDER_SECRET = 'an-order-secret-of-32-bytes-or-more'
const WEBHOOK_SECRET = `whsec_${Buffer.from('a webhook secret of 32 bytes or so').toString('base64')}`
const STARTUP_MS = 120_000

const SCRIPT = readFileSync(new URL('../../dist/script/pay-button.js', import.meta.url))
const UNPACK: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (body) => body,
}

/** As it comes over the wire, which some runtimes would compress by themselves. */
async function askFor(url: string, coding: string) {
  const asking = request(url, { headers: { 'accept-encoding': coding } }).end()
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return { headers: answer.headers, body: await buffer(answer) }
}

/** How each runtime starts its server; in `servers`, as a merchant would write it. */
const RUNTIMES: Record<string, (port: number) => [program: string, ...args: string[]]> = {
  Node: () => ['node', 'servers/node.mjs'],
  Express: () => ['node', 'servers/express.mjs'],
  Fastify: () => ['node', 'servers/fastify.mjs'],
  'Next.js': (port) => ['next', 'start', 'servers/next', '--port', String(port)],
  Bun: () => ['bun', 'servers/bun.mjs'],
  Deno: () => ['deno', 'run', '--allow-all', '--no-lock', 'servers/deno.mjs'],
}

let sandbox: Sandbox
let shop: Server
const told: PaymentEvent[] = []

beforeAll(async () => {
  // Every payer here has one address.
  sandbox = await startSandbox({ port: 0, ipLimits: 'off' })
  const verifier = new Webhook(WEBHOOK_SECRET)
  shop = createServer(async (request, response) => {
    told.push(
      verifier.verify(
        await text(request),
        request.headers as Record<string, string>,
      ) as PaymentEvent,
    )
    response.end()
  }).listen(0, '127.0.0.1')
  await once(shop, 'listening')
})

afterAll(async () => {
  shop.close()
  await sandbox.close()
})

describe.each(Object.entries(RUNTIMES))('on %s', (name, command) => {
  let server: ChildProcess
  let url: string
  const said: string[] = []

  beforeAll(async () => {
    const port = await freePort()
    url = `http://127.0.0.1:${port}/pay`
    const [program, ...args] = command(port)
    server = spawn(program, args, {
      cwd: HERE,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${HERE}node_modules/.bin:${process.env.PATH}`,
        HOME: process.env.HOME ?? '',
        ...sandbox.environment,
        PAY_MODE: 'test',
        VEXORA_TAIWAN_IP_LIMITS: 'off',
        PAY_PORT: String(port),
        PAY_PUBLIC_URL: url,
        PAY_ORIGINS: SHOP,
        PAY_SECRET: 'a-secret-of-our-own-32-bytes-or-more',
        PAY_ORDER_SECRET: ORDER_SECRET,
        PAY_DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')}`,
        PAY_WEBHOOK_URL: `http://127.0.0.1:${(shop.address() as AddressInfo).port}/`,
        PAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
        NEXT_TELEMETRY_DISABLED: '1',
      },
    })
    for (const output of [server.stdout, server.stderr]) {
      output?.on('data', (chunk) => said.push(String(chunk)))
    }
    await untilHealthy()
  }, STARTUP_MS)

  afterAll(() => {
    server.kill('SIGKILL')
  })

  async function untilHealthy(): Promise<void> {
    for (const end = Date.now() + STARTUP_MS; Date.now() < end; await pause(100)) {
      const health = await fetch(`${url}/healthz`).catch(() => undefined)
      if (health?.ok) return
      if (server.exitCode !== null) break
    }
    throw new Error(`${name} does not answer:\n${said.join('')}`)
  }

  it('takes a whole payment, from the order to the word to the shop', async () => {
    const id = `A-${name.replace(/\W/g, '')}`
    const ref = await signOrder({ id, amount: { value: '300', currency: 'TWD' } }, ORDER_SECRET)
    const offer = (await (await fetch(`${url}/orders/${ref}`)).json()) as Offer
    expect(offer).toMatchObject({ order: id, paid: false })
    const created = await fetch(`${url}/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': id, origin: SHOP },
      body: JSON.stringify({
        order: ref,
        channel: 'vexora-taiwan:STORE',
        amount: offer.amount,
        payer: {
          firstName: '小明',
          lastName: '王',
          email: 'payer@example.com',
          mobile: '0912345678',
          postcode: '100',
          address: '臺北市',
        },
        presentation: 'popup',
      }),
    })
    expect(created.headers.get('access-control-allow-origin')).toBe(SHOP)
    const payment = (await created.json()) as Payment
    expect([created.status, payment]).toMatchObject([201, { status: 'requires_action' }])

    const waiting = fetch(`${url}/payments/${payment.id}?wait=25&version=${payment.version}`)
    const parked = await Promise.race([waiting.then(() => 'answered'), pause(300, 'parked')])
    expect(parked).toBe('parked')
    const order = sandbox.orders().find(({ fields }) => fields.remark === id)
    expect(order?.fields.ipAddress).toBe('127.0.0.1')
    await sandbox.settle(order?.tradeNo ?? '', 'approve')
    const paid = (await (await waiting).json()) as Payment
    expect(paid).toMatchObject({ id: payment.id, status: 'succeeded' })
    // The sandbox notified it, and was answered as Vexora wants it.
    expect(
      sandbox.orders().find(({ fields }) => fields.remark === id)?.notifications,
    ).toMatchObject([{ reply: { status: 200, body: 'OK' }, acknowledged: true }])

    await expect
      .poll(() => told.filter(({ data }) => data.payment.order === id), { timeout: 10_000 })
      .toMatchObject([{ type: 'payment.succeeded', data: { payment: { id: payment.id } } }])
  })

  it('serves the script, a page for the way back, and a preflight', async () => {
    for (const asked of Object.keys(UNPACK)) {
      const { headers, body } = await askFor(`${url}/pay-button.js`, asked)
      expect(headers).toMatchObject({
        'content-type': expect.stringMatching(/javascript/),
        vary: expect.stringMatching(/accept-encoding/i),
        etag: expect.stringMatching(/"[\w-]+"$/),
      })
      const told = headers['content-encoding'] ?? 'identity'
      expect(UNPACK[told]?.(body).equals(SCRIPT)).toBe(true)
      // Next.js lets a route send no coding of its own; it has one, which is not Brotli.
      if (name !== 'Next.js') expect(told).toBe(asked)
    }
    const preflight = await fetch(`${url}/payments`, {
      method: 'OPTIONS',
      headers: { origin: SHOP, 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    const unknown = await fetch(`${url}/nothing`)
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 'not-found' }])
  })

  it('refuses a notification whose text was changed', async () => {
    const body = JSON.stringify({
      tradeNo: '2026',
      status: '0000',
      amount: '300',
      sign: '0'.repeat(32),
    })
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/notifications/vexora-taiwan`, {
      method: 'POST',
      headers,
      body,
    })
    expect(answer.status).toBe(401)
  })

  it('stops when it is told, and has said nothing of payers or secrets', async () => {
    const exit = once(server, 'exit')
    server.kill('SIGTERM')
    const [code, signal] = await exit
    // Next.js has no hook of its own for the end: the proxy is made for being cut off.
    expect(name === 'Next.js' ? [0, null] : [code, signal]).toEqual([0, null])
    expect(said.join('')).not.toMatch(/小明|payer@example|0912345678|secret/)
  })
})
