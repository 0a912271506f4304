import { createPayProxy, type Database, type PayProxy, vexora } from 'pay-button-proxy'

export const API_KEY = 'an-api-key-of-32-bytes-or-more-0123456789'
const BASE = 'http://127.0.0.1:9'
const AMOUNT = { value: '300', currency: 'TWD' }
const silent = () => {}
let calls = 0

/**
 * The proxy without sockets, so that what is left to measure is its own work and the database's.
 * Its provider answers at once; each payer has an address of their own.
 */
export function openProxy(store: Database): PayProxy {
  return createPayProxy({
    mode: 'test',
    publicUrl: BASE,
    origins: ['http://localhost:8080'],
    secret: API_KEY,
    apiKey: API_KEY,
    orders: (id) => ({ id, amount: AMOUNT }),
    providers: [
      vexora.taiwan({ baseUrl: BASE, merchantNo: '1234567890', appSecret: 'an-app-secret' }),
    ],
    store,
    clientIp: (request) => request.headers.get('x-payer') ?? undefined,
    log: { info: silent, warn: silent, error: silent },
    http: {
      async send() {
        calls += 1
        const data = { platFormTradeNo: `Q${calls}`, status: '0015', paymentUrl: `${BASE}/pay` }
        return { status: 200, body: JSON.stringify({ code: '0000', data }) }
      },
      async close() {},
    },
  })
}

/** A payer of a new order, from an address that has not paid today. */
export function checkout(number: number): Request {
  return new Request(`${BASE}/payments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `new-${number}`,
      'x-payer': `203.0.${(number >> 8) % 256}.${number % 256}`,
    },
    body: JSON.stringify({
      order: `N-${number}`,
      channel: 'vexora-taiwan:NET_BANKING',
      amount: AMOUNT,
      payer: {
        firstName: 'Some',
        lastName: 'Body',
        email: 'somebody@example.com',
        mobile: '0912345678',
        bankAccounts: ['808-0358988888888'],
      },
      presentation: 'popup',
    }),
  })
}

export function get(path: string): Request {
  return new Request(BASE + path, { headers: { authorization: `Bearer ${API_KEY}` } })
}
