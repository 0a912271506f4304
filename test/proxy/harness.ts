import { type Sandbox, type SandboxOptions, startSandbox } from '../../demo/sandbox/index.js'
import { sign } from '../../demo/sandbox/vexora/signature.js'
import type { Offer } from '../../src/contract/offer.js'
import type { Payment } from '../../src/contract/payment.js'
import {
  createPayProxy,
  type LogFields,
  type Order,
  type PaymentEvent,
  type PayProxyOptions,
  type Provider,
  type VexoraTaiwanOptions,
  vexora,
} from '../../src/proxy/index.js'
import { serve } from '../../src/proxy/node.js'
import { freePort } from '../free-port.js'
import { type Clock, closeAfterTest, createClock } from './lifecycle.js'
import { expectDescribed } from './openapi.js'
import { create, order, SHOP } from './requests.js'
import { openStore } from './store.js'

export const API_KEY = 'an-api-key-of-32-bytes-or-more-0123456789'
export const SECRET = 'the-secret-of-our-own-hashes-0123456789'

/** Where one address may pay as often as a test needs. */
export const NO_IP_LIMITS = {
  taiwan: { ipLimits: 'off' },
  sandbox: { ipLimits: 'off' },
} as const satisfies HarnessOptions

export interface HarnessOptions extends Partial<Omit<PayProxyOptions, 'apiKey'>> {
  /** `null`: the shop has none. */
  apiKey?: PayProxyOptions['apiKey'] | null
  sandbox?: SandboxOptions
  taiwan?: Partial<VexoraTaiwanOptions>
  /** Other providers than Taiwan, with what the sandbox gives a merchant of theirs. */
  providersOf?: (sandbox: Sandbox) => readonly Provider[]
  /** Where another proxy finds what this one wrote: a file, on SQLite. */
  database?: string
  /** Lives on with the sandbox, the shop and the clock of a proxy that was before. */
  after?: Harness
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
  clock: Clock
  ask(path: string, init?: RequestInit): Promise<Response>
  offer(ref: string): Promise<Offer>
  /** Posts a bank transfer of order `A-1`, or what `body` changes of it. */
  pay(body?: Record<string, unknown>, headers?: Record<string, string>): Promise<Response>
  /** The same, for the payment that comes of it. */
  made(body?: Record<string, unknown>, headers?: Record<string, string>): Promise<Payment>
  /** As a page that wakes: brings a query forward. */
  read(id: string): Promise<Payment>
  /** As a page that watches: causes nothing. */
  watch(id: string, version?: number): Promise<Payment>
  /** Watches a payment until it is as wanted. */
  until(id: string, isWanted: (payment: Payment) => boolean): Promise<Payment>
  /** Notifies the proxy: of fields, signed as Vexora does, or of a text as it is. */
  notify(message: Record<string, string> | string): Promise<Response>
  sweep(): Promise<void>
  /** Moves the clock on and does what is due then. */
  travel(milliseconds: number): Promise<void>
  close(): Promise<void>
}

/** A proxy on a real socket, beside a sandbox on another; both are gone after the test. */
export async function start(options: HarnessOptions = {}): Promise<Harness> {
  const {
    sandbox: sandboxOptions,
    taiwan,
    providersOf,
    database,
    after,
    apiKey,
    ...overrides
  } = options
  const clock = after?.clock ?? createClock()
  const sandbox = after?.sandbox ?? (await openSandbox({ now: clock.now, ...sandboxOptions }))
  const orders = after?.orders ?? new Map([['A-1', order('A-1')]])
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/pay`
  const events: PaymentEvent[] = []
  const logged: string[] = []
  const log = (level: string) => (fields: LogFields, message: string) => {
    logged.push(JSON.stringify({ level, message, ...fields }))
  }
  const pay = createPayProxy({
    mode: 'test',
    publicUrl: url,
    origins: [SHOP],
    secret: SECRET,
    ...(apiKey === null ? {} : { apiKey: apiKey ?? API_KEY }),
    orders: (ref) => orders.get(ref) ?? null,
    providers: providersOf?.(sandbox) ?? [
      vexora.taiwan({ ...sandbox.vexoraTaiwan, ways: WAYS, ...taiwan }),
    ],
    store: overrides.store ?? (await openStore(clock, database)),
    ...(overrides.webhook ? {} : { onPayment: (event) => void events.push(event) }),
    log: { info: log('info'), warn: log('warn'), error: log('error') },
    ...overrides,
  })
  const listening = await serve(pay, { host: '127.0.0.1', port })
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= listening.close()
    return closing
  }
  closeAfterTest(close)

  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(url + path, { redirect: 'manual', ...init })
    await expectDescribed(init?.method ?? 'GET', path, response)
    return response
  }
  const paymentAt = async (path: string) => (await ask(path)).json() as Promise<Payment>
  const harness: Harness = {
    sandbox,
    url,
    orders,
    events,
    logged,
    clock,
    ask,
    offer: async (ref) => (await ask(`/orders/${ref}`)).json() as Promise<Offer>,
    pay: (body, headers) => ask('/payments', create(body, headers)),
    made: async (body, headers) => {
      const response = await harness.pay(body, headers)
      const answer = (await response.json()) as Payment
      if (!response.ok) throw new Error(`not made: ${JSON.stringify(answer)}`)
      return answer
    },
    read: (id) => paymentAt(`/payments/${id}`),
    watch: (id, version = 0) => paymentAt(`/payments/${id}?wait=1&version=${version}`),
    until: async (id, isWanted) => {
      let payment = await harness.watch(id)
      for (let tries = 0; tries < 5 && !isWanted(payment); tries += 1) {
        payment = await harness.watch(id, payment.version)
      }
      if (isWanted(payment)) return payment
      throw new Error(`the payment did not become what was waited for: ${JSON.stringify(payment)}`)
    },
    notify: (message) =>
      ask('/notifications/vexora-taiwan', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof message === 'string' ? message : signed(message, sandbox),
      }),
    sweep: () => pay.sweep(),
    travel: async (milliseconds) => {
      clock.offset += milliseconds
      await pay.sweep()
    },
    close,
  }
  return harness
}

const WAYS = {
  NET_BANKING: [{ code: 'BANK_TRANSFER', label: 'BANK_TRANSFER' }],
  STORE: [{ code: '711', label: '7-ELEVEN' }],
  EWALLET: [{ code: 'SANDBOX_WALLET', label: 'Sandbox Wallet' }],
}

async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, ...options })
  closeAfterTest(() => sandbox.close())
  return sandbox
}

/** The order that the sandbox took last. */
export function lastOrder(sandbox: Sandbox): ReturnType<Sandbox['orders']>[number] {
  const order = sandbox.orders().at(-1)
  if (!order) throw new Error('the sandbox has no order')
  return order
}

/** The JSON of these fields with the signature that Vexora would give them. */
export function signed(fields: Record<string, string>, sandbox: Sandbox): string {
  return JSON.stringify({ ...fields, sign: sign(fields, sandbox.vexoraTaiwan.appSecret) })
}
