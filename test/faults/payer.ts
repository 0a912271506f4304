import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Order, Outcome, Sandbox } from '../../demo/sandbox/index.js'
import type { Money } from '../../src/contract/money.js'
import type { Payment } from '../../src/contract/payment.js'
import { signOrder } from '../../src/proxy/index.js'
import { until } from './until.js'

/** One order of the shop, and who pays it how. */
export interface Purchase {
  order: string
  channel: string
  amount: Money
  payer: Record<string, string>
  /** The payer's address. */
  ip: string
}

const NAME = { firstName: 'a', lastName: 'b', email: 'a@example.com' }
const CHANNELS = [
  {
    channel: 'vexora-taiwan:EWALLET',
    currency: 'TWD',
    least: 300,
    payer: { ...NAME, mobile: '0912345678' },
  },
  {
    channel: 'vexora-card:CARD',
    currency: 'USD',
    least: 12,
    payer: { mobile: '+918234567890', email: 'a@example.com' },
  },
  {
    channel: 'paycools:BNI_VA',
    currency: 'IDR',
    least: 50_000,
    payer: { fullName: 'a', email: 'a@example.com' },
  },
  { channel: 'chingchingpay:LINK', currency: 'HKD', least: 120, payer: {} },
] as const

/** A purchase of its own amount, by a payer with an address of their own, at each provider in turn. */
export function purchase(index: number): Purchase {
  const { channel, currency, least, payer } = CHANNELS[index % CHANNELS.length] ?? CHANNELS[0]
  return {
    order: `F-${index}`,
    channel,
    amount: { value: String(least + index), currency },
    payer,
    ip: `203.0.${113 + Math.floor(index / 250)}.${1 + (index % 250)}`,
  }
}

/** What a payer did to be answered, and what they were told that no payer should be. */
export interface Pressed {
  keys: number
  /** Answers that a payer in such weather should not get. */
  surprises: string[]
}

/** Answers that mean "press again". */
const AGAIN = new Set(['store-unavailable', 'provider-unavailable'])

/** One request to pay, as a button sends it through a proxy that is believed. */
export async function post(
  url: string,
  { order, amount, channel, payer, ip }: Purchase,
  key: string,
  orderSecret: string,
): Promise<Response> {
  return fetch(`${url}/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, 'x-forwarded-for': ip },
    body: JSON.stringify({
      order: await signOrder({ id: order, amount, description: order }, orderSecret),
      channel,
      amount,
      payer,
      presentation: 'popup',
    }),
    signal: AbortSignal.timeout(30_000),
  })
}

/**
 * A payer's button: presses with one key until there is an answer, at times twice at once at two
 * processes; or reloads the page and asks by key what became of it.
 */
export async function press(
  purchase: Purchase,
  urls: readonly string[],
  orderSecret: string,
): Promise<Pressed> {
  const surprises: string[] = []
  const keys = [newKey()]
  const anyUrl = () => urls[Math.floor(Math.random() * urls.length)] ?? ''
  const pressed = (key: string) => answered(post(anyUrl(), purchase, key, orderSecret))
  const answered = async (asked: Promise<Response>): Promise<Payment | undefined> => {
    const response = await asked.catch(() => undefined)
    const body = (await response?.json().catch(() => undefined)) as
      | (Payment & { code?: string })
      | undefined
    if (!response || !body) return undefined
    if (response.ok) return body
    const { code = '' } = body
    // A second key is refused while the first one's payment stands, and told so.
    const isRival = keys.length > 1 && ['payment-in-progress', 'order-paid'].includes(code)
    if (!AGAIN.has(code) && !isRival && code !== 'payment-not-found') {
      surprises.push(`${purchase.order}: ${response.status} ${code}`)
    }
    return undefined
  }
  const byKey = (key: string) => answered(fetch(`${anyUrl()}/payments?key=${key}`))

  const isAnswered = await until(120_000, async () => {
    const key = keys.at(-1) ?? ''
    const isDouble = Math.random() < 0.25
    const [one, other] = await Promise.all([pressed(key), isDouble ? pressed(key) : undefined])
    if (one && other && one.id !== other.id) surprises.push(`${purchase.order}: one key, two ids`)
    if (one || other) return true
    if (Math.random() < 0.5) return false
    // The page is loaded again. What it finds by its keys it takes; at times it has lost its place.
    for (const each of keys) if (await byKey(each)) return true
    if (keys.length < 3 && Math.random() < 0.2) keys.push(newKey())
    return false
  })
  if (!isAnswered) surprises.push(`${purchase.order}: never answered`)
  return { keys: keys.length, surprises }
}

const newKey = () => randomBytes(16).toString('base64url')

/** Milliseconds that a payer waits for a cashier to be led to, or for a code. */
const PATIENCE = 15_000

/**
 * At the cashier: most pay, some are refused and pay after all, some pay in two parts, some go
 * away. Nobody waits for the notifications, so that they overtake each other.
 *
 * @param ordersOf what the sandbox took of one of the shop's orders.
 */
export async function payAtCashier(
  { order }: Purchase,
  sandbox: Sandbox,
  ordersOf: (order: string) => readonly Order[],
): Promise<void> {
  const mood = Math.random()
  await until(PATIENCE, async () => ordersOf(order).length > 0)
  for (const { tradeNo } of ordersOf(order)) {
    await pause(Math.random() * 1_000)
    if (mood > 0.9) return
    const notify = Math.random() < 0.7
    const settle = (outcome: Outcome, options?: { notify: boolean }) =>
      // An order that takes no such outcome keeps what it has.
      void sandbox.settle(tradeNo, outcome, options).catch(() => {})
    if (mood > 0.7) settle('refuse')
    else if (mood > 0.6) settle({ part: '1' })
    if (mood < 0.8) settle('approve', { notify })
  }
}

/** The shop's own number of an order of the sandbox. */
export function orderOf({ fields }: Order): string {
  return fields.remark ?? fields.description ?? ''
}
