import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undiciClient } from '../../src/proxy/net/undici-client.js'
import type { Order } from '../../src/proxy/orders/order.js'
import { readOrderToken, signOrder } from '../../src/proxy/orders/token.js'
import { webhook } from '../../src/proxy/shop/webhook.js'

const FOLDER = fileURLToPath(new URL('../../docs/languages/', import.meta.url))
const ORDER_SECRET = 'order-secret-of-at-least-32-bytes-密'
const WEBHOOK_SECRET = `whsec_${Buffer.from('a webhook secret of 32 bytes or so').toString('base64')}`
const ORDER: Order = {
  id: 'A-1001',
  amount: { value: '300.50', currency: 'TWD' },
  description: '阿里山烏龍茶 "150 g" / tea',
  payer: { email: 'lin@example.com' },
}

/** Runs a program of the shop's and reads the JSON that it prints. */
async function run(program: string | undefined, args: string[]): Promise<unknown> {
  if (!program) throw new Error('PHP_PATH and PYTHON_PATH are set by `npm test`')
  const { stdout } = await promisify(execFile)(program, args, { cwd: FOLDER })
  return JSON.parse(stdout)
}

interface Told {
  body: string
  headers: Record<string, string>
}

/** A shop's server in another language: what it mints, and what it makes of a webhook. */
interface Shop {
  sign(order: Order, secret: string, expiresIn: number): Promise<unknown>
  read(told: Told, secret: string): Promise<unknown>
}

const SHOPS: Record<string, Shop> = {
  PHP: {
    sign: (order, secret, expiresIn) =>
      run(process.env.PHP_PATH, [
        '-r',
        `require 'pay_button.php';
        [, $order, $secret, $expiresIn] = $argv;
        echo json_encode(PayButton::signOrder(json_decode($order, true), $secret, (int) $expiresIn));`,
        ...[JSON.stringify(order), secret, String(expiresIn)],
      ]),
    read: ({ body, headers }, secret) =>
      run(process.env.PHP_PATH, [
        '-r',
        `require 'pay_button.php';
        [, $body, $headers, $secret] = $argv;
        echo json_encode(PayButton::readEvent($body, json_decode($headers, true), $secret));`,
        ...[body, JSON.stringify(headers), secret],
      ]),
  },
  Python: {
    sign: (order, secret, expiresIn) =>
      run(process.env.PYTHON_PATH, [
        '-Bc',
        `import json, sys, pay_button
_, order, secret, expires_in = sys.argv
print(json.dumps(pay_button.sign_order(json.loads(order), secret, int(expires_in))))`,
        ...[JSON.stringify(order), secret, String(expiresIn)],
      ]),
    read: ({ body, headers }, secret) =>
      run(process.env.PYTHON_PATH, [
        '-Bc',
        `import json, sys, pay_button
_, body, headers, secret = sys.argv
print(json.dumps(pay_button.read_event(body.encode(), json.loads(headers), secret)))`,
        ...[body, JSON.stringify(headers), secret],
      ]),
  },
}

const EVENT = {
  id: 'pay_1.3',
  type: 'payment.succeeded',
  timestamp: '2026-11-21T06:30:00.000Z',
  data: { tradeNo: '202611210630000000001', providerReference: '測試' },
}

describe.each(Object.entries(SHOPS))('a shop in %s', (_, shop) => {
  let told: Told
  const http = undiciClient()
  beforeAll(async () => {
    told = await tellOnce()
  })
  afterAll(() => http.close())

  /** What the proxy's own webhook sends over the wire. */
  async function tellOnce(): Promise<Told> {
    const told: Told[] = []
    const server = createServer(async (request, response) => {
      told.push({ body: await text(request), headers: plain(request.headers) })
      response.end()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const tell = webhook(http, `http://127.0.0.1:${port}/`, WEBHOOK_SECRET)
    await tell(EVENT as Parameters<typeof tell>[0])
    server.close()
    const [heard] = told
    if (!heard) throw new Error('the webhook told nothing')
    return heard
  }

  it('mints order tokens that the proxy takes', async () => {
    const token = await shop.sign(ORDER, ORDER_SECRET, 3600)
    const read = await readOrderToken(String(token), [ORDER_SECRET])
    expect(read).toMatchObject({ order: ORDER, expired: false })
  })

  it('can mint none for longer than a day', async () => {
    const token = await shop.sign(ORDER, ORDER_SECRET, 1_000_000)
    expect(await readOrderToken(String(token), [ORDER_SECRET])).toBeDefined()
  })

  it('mints with its own secret only', async () => {
    const token = await shop.sign(ORDER, `${ORDER_SECRET}x`, 3600)
    expect(await readOrderToken(String(token), [ORDER_SECRET])).toBeUndefined()
  })

  it('reads what the webhook tells it', async () => {
    expect(await shop.read(told, WEBHOOK_SECRET)).toEqual(EVENT)
  })

  it('takes the second of two signatures, as while a secret is changed', async () => {
    const signature = `v1,AAAA ${told.headers['webhook-signature']}`
    const headers = { ...told.headers, 'webhook-signature': signature }
    expect(await shop.read({ ...told, headers }, WEBHOOK_SECRET)).toEqual(EVENT)
  })

  const other = `whsec_${Buffer.from('another secret').toString('base64')}`
  it.each<[string, (told: Told) => Told, string]>([
    [
      'another body',
      (it) => ({ ...it, body: it.body.replace('succeeded', 'failed') }),
      WEBHOOK_SECRET,
    ],
    ['another id', (it) => withHeader(it, 'webhook-id', 'pay_2.3'), WEBHOOK_SECRET],
    ['another secret', (it) => it, other],
    ['no signature', (it) => withHeader(it, 'webhook-signature', ''), WEBHOOK_SECRET],
    [
      'another version',
      (it) => withHeader(it, 'webhook-signature', signatureOf(it).replace('v1', 'v2')),
      WEBHOOK_SECRET,
    ],
    ['no timestamp', (it) => withHeader(it, 'webhook-timestamp', ''), WEBHOOK_SECRET],
    ['an old one, signed well', () => signedAt(Date.now() - 301_000), WEBHOOK_SECRET],
    ['one of the future, signed well', () => signedAt(Date.now() + 360_000), WEBHOOK_SECRET],
  ])('refuses %s', async (_, change, secret) => {
    await expect(shop.read(change(told), secret)).rejects.toThrow(
      /webhook: the (signature|timestamp)/,
    )
  })
})

describe('the vectors for every other language', () => {
  const vectors: {
    name: string
    key: string
    encoding: string
    text: string
    signature: string
  }[] = JSON.parse(readFileSync(`${FOLDER}vectors.json`, 'utf8'))

  it.each(vectors)('$name', ({ key, encoding, text, signature }) => {
    const secret = key.startsWith('whsec_') ? Buffer.from(key.slice(6), 'base64') : key
    const digest = createHmac('sha256', secret).update(text)
    expect(digest.digest(encoding as 'base64' | 'base64url')).toBe(signature)
  })

  it('are what the proxy itself signs and takes', async () => {
    const [token, event] = vectors
    if (!token || !event) throw new Error('there are two')
    const { key, text, signature } = token
    // Minted long ago, so that it is over; everything else about it is right.
    const read = await readOrderToken(`${text}.${signature}`, [key])
    expect(read).toMatchObject({ order: { id: 'A-1001' }, expired: true })
    const [head] = (await signOrder(ORDER, key)).split('.')
    expect(text.split('.')[0]).toBe(head)
    const [id = '', timestamp = '', ...body] = splitEvent(event.text)
    const signed = new Webhook(event.key).sign(
      id,
      new Date(Number(timestamp) * 1000),
      body.join(''),
    )
    expect(signed).toBe(`v1,${event.signature}`)
  })
})

/** `id.timestamp.body`, where the id has a dot of its own. */
function splitEvent(text: string): string[] {
  return /^(.+?)\.(\d{10})\.(.*)$/s.exec(text)?.slice(1) ?? []
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

function withHeader(told: Told, name: string, value: string): Told {
  return { ...told, headers: { ...told.headers, [name]: value } }
}

function signatureOf({ headers }: Told): string {
  return headers['webhook-signature'] ?? ''
}

function signedAt(time: number): Told {
  const body = JSON.stringify(EVENT)
  const at = new Date(time)
  return {
    body,
    headers: {
      'webhook-id': EVENT.id,
      'webhook-timestamp': String(Math.floor(time / 1000)),
      'webhook-signature': new Webhook(WEBHOOK_SECRET).sign(EVENT.id, at, body),
    },
  }
}
