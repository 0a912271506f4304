import { createHmac } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import {
  createPayProxy,
  type HttpClient,
  type Offer,
  type Payment,
  type PaymentEvent,
  type PayProxy,
  type Provider,
  type ProviderRequest,
  type Report,
  vexora,
} from '../../src/proxy/index.js'
import { closeAfterTest } from './lifecycle.js'
import { openStore } from './store.js'

/** A provider that the package has never heard of, written with its public exports alone. */
const lotus: Provider = {
  id: 'lotus',
  operator: 'Lotus Pay',
  merchant: 'shop-1',
  baseUrl: 'https://api.lotus.example',
  channels: [
    {
      code: 'WALLET',
      kind: 'e-wallet',
      flow: 'redirect',
      label: 'Lotus',
      fields: [{ name: 'email', format: 'email', required: true }],
      takes: ({ amount, currency }) =>
        (currency === 'THB' || currency === 'TWD') && amount % 100n === 0n,
    },
  ],
  createRequest: ({ tradeNo, amount, currency, payer, notifyUrl, returnUrl }) =>
    request('/orders', {
      number: tradeNo,
      amount: String(amount / 100n),
      currency,
      email: payer.email,
      notifyUrl,
      returnUrl,
    }),
  readCreated: ({ status, body }) => {
    if (status === 422) return { outcome: 'refused', code: '422' }
    const { url, id } = JSON.parse(body) as Record<string, string>
    return url
      ? { outcome: 'accepted', next: { type: 'redirect', url }, providerReference: id }
      : { outcome: 'unknown', code: String(status) }
  },
  queryRequest: ({ tradeNo }) => request(`/orders/${tradeNo}`),
  readQueried: ({ status, body }) => (status === 200 ? reportOf(body) : undefined),
  readNotification: ({ headers, body }) =>
    headers.get('x-lotus') === hmac(body)
      ? { kind: 'verified', report: reportOf(body) }
      : { kind: 'unverified', tradeNo: undefined },
  acknowledgement: { contentType: 'text/plain', body: 'thank you' },
}

const STATES: Record<string, Report['says']> = { done: 'paid', dropped: 'failed' }

function reportOf(body: string): Report & { tradeNo: string } {
  const { number = '', id, state = '', amount = '' } = JSON.parse(body) as Record<string, string>
  return {
    says: STATES[state] ?? 'pending',
    tradeNo: number,
    providerReference: id,
    amount: BigInt(amount) * 100n,
  }
}

function hmac(text: string): string {
  return createHmac('sha256', 'a secret of theirs').update(text).digest('hex')
}

function request(path: string, fields?: Record<string, unknown>): ProviderRequest {
  const body = fields ? JSON.stringify(fields) : ''
  return {
    method: fields ? 'POST' : 'GET',
    url: `https://api.lotus.example${path}`,
    headers: { 'x-lotus': hmac(body) },
    body,
  }
}

/** Plays Lotus Pay: one order, paid when a test says so. */
function lotusHouse() {
  let order: Record<string, string> = {}
  const http: HttpClient = {
    send: async ({ method, headers, body }) => {
      if (headers['x-lotus'] !== hmac(body)) return { status: 401, body: '{}' }
      if (method === 'POST') order = { ...(JSON.parse(body) as object), id: 'L1', state: 'open' }
      const url = 'https://pay.lotus.example/L1'
      return { status: 200, body: JSON.stringify({ ...order, url }) }
    },
    close: async () => {},
  }
  return {
    http,
    order: () => order,
    pay() {
      order.state = 'done'
    },
  }
}

let house: ReturnType<typeof lotusHouse>
let pay: PayProxy
let events: PaymentEvent[]

beforeEach(async () => {
  house = lotusHouse()
  events = []
  pay = createPayProxy({
    publicUrl: 'https://pay.shop.example',
    origins: ['https://shop.example'],
    secret: 'the-secret-of-our-own-hashes-0123456789',
    orders: (id) => ({
      id,
      amount: { value: '300', currency: id.startsWith('T') ? 'TWD' : 'THB' },
    }),
    providers: [
      lotus,
      vexora.taiwan({
        baseUrl: 'https://vexora.example/taiwan',
        merchantNo: '9990000001',
        appSecret: 'secret',
      }),
    ],
    store: await openStore(Date),
    onPayment: (event) => void events.push(event),
    // Vexora is told it, so it must be a public one.
    clientIp: () => '1.1.1.1',
    http: house.http,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
  closeAfterTest(() => pay.close())
})

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await pay.fetch(new Request(`https://pay.shop.example${path}`, init))
  return (await response.json()) as T
}

async function begin(): Promise<Payment> {
  return ask<Payment>('/payments', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'key-1' },
    body: JSON.stringify({
      order: 'A-1',
      channel: 'lotus:WALLET',
      amount: { value: '300', currency: 'THB' },
      payer: { email: 'payer@example.com' },
      presentation: 'popup',
    }),
  })
}

function notify(body: string, signature: string): Promise<Response> {
  const headers = { 'x-lotus': signature }
  const init = { method: 'POST', headers, body }
  return pay.fetch(new Request('https://pay.shop.example/notifications/lotus', init))
}

test('a provider from outside is offered like those of the house', async () => {
  const { channels } = await ask<Offer>('/orders/A-1')
  expect(channels).toEqual([
    {
      id: 'lotus:WALLET',
      kind: 'e-wallet',
      flow: 'redirect',
      label: 'Lotus',
      operator: 'Lotus Pay',
      fields: [{ name: 'email', format: 'email', required: true }],
    },
  ])
})

test('where several take an order all are offered, in the configured order', async () => {
  const { channels } = await ask<Offer>('/orders/T-1')
  expect(channels.map(({ id }) => id)).toEqual([
    'lotus:WALLET',
    'vexora-taiwan:NET_BANKING',
    'vexora-taiwan:STORE',
  ])
})

test('it is paid by its own notification, acknowledged in its own words', async () => {
  const payment = await begin()
  expect(payment).toMatchObject({
    status: 'requires_action',
    next: { type: 'redirect', url: 'https://pay.lotus.example/L1' },
  })
  expect(house.order()).toMatchObject({
    amount: '300',
    email: 'payer@example.com',
    notifyUrl: 'https://pay.shop.example/notifications/lotus',
  })
  house.pay()
  const body = JSON.stringify(house.order())
  expect((await notify(body, 'forged')).status).toBe(401)
  expect(await ask<Payment>(`/payments/${payment.id}?wait=1&version=0`)).toMatchObject({
    status: 'requires_action',
  })
  const reply = await notify(body, hmac(body))
  expect([reply.status, await reply.text()]).toEqual([200, 'thank you'])
  expect(await ask<Payment>(`/payments/${payment.id}`)).toMatchObject({ status: 'succeeded' })
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.succeeded'])
})

test('it is found paid by a query, which a return brings forward', async () => {
  const { id } = await begin()
  house.pay()
  await pay.fetch(new Request(`https://pay.shop.example/payments/${id}/return`))
  await pay.sweep()
  expect(await ask<Payment>(`/payments/${id}`)).toMatchObject({ status: 'succeeded' })
})

test('its facts are compared like anybody’s', async () => {
  const { id } = await begin()
  house.pay()
  const body = JSON.stringify({ ...house.order(), amount: '299' })
  await notify(body, hmac(body))
  expect(await ask<Payment>(`/payments/${id}`)).toMatchObject({
    status: 'needs_review',
    reason: 'amount-mismatch',
    received: { value: '299', currency: 'THB' },
  })
})
