import { randomBytes } from 'node:crypto'
import { afterEach } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../demo/sandbox/index.js'
import type { Offer } from '../../src/contract/offer.js'
import type { Payment } from '../../src/contract/payment.js'
import {
  createPayProxy,
  type LogFields,
  type Order,
  type PaymentEvent,
  type PayProxyOptions,
  sqlite,
  type VexoraTaiwanOptions,
  vexora,
} from '../../src/proxy/index.js'
import { serve } from '../../src/proxy/node.js'
import { freePort } from '../free-port.js'

export const SHOP = 'https://shop.example'
export const API_KEY = 'an-api-key-of-32-bytes-or-more-0123456789'

/** What a payer types for a bank transfer, and what Vexora must be sent of it. */
export const BANK_PAYER = {
  firstName: '小明',
  lastName: '王',
  mobile: '+886 912-345-678',
  email: 'payer@example.com',
  bankAccounts: ['808-0358988888888', '013-0458988888888'],
}

export interface HarnessOptions extends Partial<PayProxyOptions> {
  sandbox?: SandboxOptions
  taiwan?: Partial<VexoraTaiwanOptions>
  /** `:memory:` if left out. */
  database?: string
}

export interface Harness {
  sandbox: Sandbox
  /** The proxy's public address. */
  url: string
  /** What the shop knows; a test may change it. */
  orders: Map<string, Order>
  /** What the shop was told, in order. */
  events: PaymentEvent[]
  /** Every line that was logged, whole. */
  logged: string[]
  clock: { offset: number }
  ask(path: string, init?: RequestInit): Promise<Response>
  offer(ref: string): Promise<Offer>
  /** Posts a bank transfer of order `A-1`, or what `body` changes of it. */
  pay(body?: Record<string, unknown>, headers?: Record<string, string>): Promise<Response>
  /** Reads a payment until it is as wanted. */
  until(id: string, isWanted: (payment: Payment) => boolean): Promise<Payment>
  sweep(): Promise<void>
  close(): Promise<void>
}

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** A proxy on a real socket, beside a sandbox on another; both are gone after the test. */
export async function start(options: HarnessOptions = {}): Promise<Harness> {
  const { sandbox: sandboxOptions, taiwan, database, ...overrides } = options
  const sandbox = await startSandbox({ port: 0, ...sandboxOptions })
  open.push(() => sandbox.close())
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/pay`
  const orders = new Map<string, Order>([
    ['A-1', { id: 'A-1', amount: { value: '300', currency: 'TWD' }, description: 'Tea' }],
  ])
  const events: PaymentEvent[] = []
  const logged: string[] = []
  const clock = { offset: 0 }
  const log = (level: string) => (fields: LogFields, message: string) => {
    logged.push(JSON.stringify({ level, message, ...fields }))
  }
  const pay = createPayProxy({
    mode: 'test',
    publicUrl: url,
    origins: [SHOP],
    secret: randomBytes(32).toString('hex'),
    apiKey: API_KEY,
    orders: (ref) => orders.get(ref) ?? null,
    providers: [
      vexora.taiwan({
        ...sandbox.vexoraTaiwan,
        ways: {
          NET_BANKING: [{ code: 'BANK_TRANSFER', label: 'BANK_TRANSFER' }],
          STORE: [{ code: '711', label: '7-ELEVEN' }],
          EWALLET: [{ code: 'SANDBOX_WALLET', label: 'Sandbox Wallet' }],
        },
        ...taiwan,
      }),
    ],
    store: sqlite(database ?? ':memory:', { now: () => Date.now() + clock.offset }),
    onPayment: (event) => {
      events.push(event)
    },
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    ...overrides,
  })
  const listening = await serve(pay, { host: '127.0.0.1', port })
  let isOpen = true
  const close = async () => {
    if (isOpen) await listening.close()
    isOpen = false
  }
  open.push(close)

  const ask = (path: string, init?: RequestInit) =>
    fetch(url + path, { redirect: 'manual', ...init })
  const harness: Harness = {
    sandbox,
    url,
    orders,
    events,
    logged,
    clock,
    ask,
    offer: async (ref) => (await ask(`/orders/${ref}`)).json() as Promise<Offer>,
    pay: (body = {}, headers = {}) =>
      ask('/payments', {
        method: 'POST',
        headers: {
          origin: SHOP,
          'content-type': 'application/json',
          'idempotency-key': newKey(),
          ...headers,
        },
        body: JSON.stringify({
          order: 'A-1',
          channel: 'vexora-taiwan:NET_BANKING',
          amount: { value: '300', currency: 'TWD' },
          payer: BANK_PAYER,
          presentation: 'popup',
          ...body,
        }),
      }),
    until: async (id, isWanted) => {
      for (let tries = 0; tries < 200; tries += 1) {
        const payment = (await (await ask(`/payments/${id}?wait=1`)).json()) as Payment
        if (isWanted(payment)) return payment
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
      throw new Error('the payment did not become what was waited for')
    },
    sweep: () => pay.sweep(),
    close,
  }
  return harness
}

export function newKey(): string {
  return randomBytes(16).toString('base64url')
}

/** The order that the sandbox took last. */
export function lastOrder(sandbox: Sandbox): ReturnType<Sandbox['orders']>[number] {
  const order = sandbox.orders().at(-1)
  if (!order) throw new Error('the sandbox has no order')
  return order
}
