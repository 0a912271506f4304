import { randomBytes } from 'node:crypto'
import { type Order, type Sandbox, startSandbox } from '../../demo/sandbox/index.js'
import { toMinor } from '../../src/contract/money.js'
import type { Payment } from '../../src/contract/payment.js'
import type { PaymentEvent } from '../../src/proxy/index.js'
import { proxyEnvironment } from './environment.js'
import { IS_LONG } from './form.js'
import { misbehave } from './misbehaviour.js'
import { orderOf, payAtCashier, press, purchase } from './payer.js'
import { type Proxies, startProxies } from './proxies.js'
import { type Shop, startShop } from './shop.js'
import { until } from './until.js'

/** What a run did, and whom it wronged: numbers of ours at the provider, or the shop's orders. */
export interface KilledRun {
  payments: number
  kills: number
  /** Orders of the sandbox, and how many of them were paid. */
  taken: number
  paid: number
  /** Webhooks that arrived, repeated ones included. */
  told: number
  /** Second payments of one order, told as such. */
  duplicates: number
  /** Minor units, by currency: paid at the provider, and told to the shop as succeeded. */
  moneyPaid: string
  moneyTold: string
  /** Paid, and the shop never heard that it succeeded. */
  lost: string[]
  /** Told as succeeded under more than one id, or two firsts of one order. */
  doubled: string[]
  /** Told as succeeded, or listed as such, and not paid. */
  invented: string[]
  /** Called more than once at the provider, or more orders there than the payer had keys. */
  resent: string[]
  /** Told as expired, though the lifetime of no payment is over in such a run. */
  expired: string[]
  /** The shop's list and the shop's books disagree. */
  unlisted: string[]
  /** Answers that no payer should get. */
  surprises: string[]
  /** Webhooks whose signature or time the shop did not believe. */
  unverified: number
}

const ORDER_SECRET = randomBytes(32).toString('hex')
const API_KEY = randomBytes(32).toString('hex')
/** Payers at the same time: more than that, and a slow machine tries nothing but their patience. */
const AT_ONCE = IS_LONG ? 30 : 10
/** Milliseconds until everybody has been told, once the weather is fine: leases, retries, queries. */
const SETTLING = IS_LONG ? 240_000 : 120_000

/** One order for each payment, each by a payer of their own who presses until they are answered. */
export async function runKilled(options: {
  payments: number
  proxies: number
  databaseUrl: string
  /** Milliseconds that each proxy's clock is ahead of everybody else's. */
  clocks?: readonly number[]
}): Promise<KilledRun> {
  const sandbox = await startSandbox({
    port: 0,
    replyTimeout: 2_000,
    retrySchedule: [200, 400, 800, 1_600, 3_000, 3_000, 3_000, 3_000],
  })
  const shop = await startShop()
  const proxies = await startProxies(
    options.proxies,
    proxyEnvironment({ ...options, orderSecret: ORDER_SECRET, apiKey: API_KEY, sandbox, shop }),
    options.clocks,
  )
  const stopMisbehaving = misbehave(sandbox)
  const stopKilling = proxies.killInTurn()

  const keys = new Map<string, number>()
  const surprises: string[] = []
  const ordersOf = bookOf(sandbox)
  let next = 0
  const payers = async () => {
    while (next < options.payments) {
      next += 1
      const bought = purchase(next)
      const pressed = await press(bought, proxies.urls, ORDER_SECRET)
      keys.set(bought.order, pressed.keys)
      surprises.push(...pressed.surprises)
      await payAtCashier(bought, sandbox, ordersOf)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, payers))
  await stopKilling()
  stopMisbehaving()
  shop.recover()
  await until(SETTLING, async () => {
    const told = new Set(successes(shop).map(({ data }) => data.tradeNo))
    return paidOrders(sandbox).every(({ tradeNo }) => told.has(tradeNo))
  })

  const run = {
    payments: options.payments,
    kills: proxies.kills(),
    ...judge(sandbox.orders(), shop, await listed(proxies), keys),
    surprises,
    unverified: shop.unverified(),
  }
  await proxies.stop()
  await shop.stop()
  await sandbox.close()
  return run
}

/** The sandbox's books by the shop's orders, copied anew no more than four times a second. */
function bookOf(sandbox: Sandbox): (order: string) => readonly Order[] {
  let copiedAt = Number.NEGATIVE_INFINITY
  let book = new Map<string, Order[]>()
  return (order) => {
    if (performance.now() - copiedAt > 250) {
      book = new Map()
      for (const each of sandbox.orders()) {
        book.set(orderOf(each), [...(book.get(orderOf(each)) ?? []), each])
      }
      copiedAt = performance.now()
    }
    return book.get(order) ?? []
  }
}

/** Holds the sandbox's books against the shop's; the proxy's own word counts for nothing. */
function judge(
  orders: readonly Order[],
  shop: Shop,
  list: readonly Payment[],
  keys: ReadonlyMap<string, number>,
): Omit<KilledRun, 'payments' | 'kills' | 'surprises' | 'unverified'> {
  const paid = orders.filter(({ status }) => status === 'paid')
  const paidNumbers = new Set(paid.map(({ tradeNo }) => tradeNo))
  const told = successes(shop)
  const toldNumbers = told.map(({ data }) => data.tradeNo)
  const firsts = told.filter(({ type }) => type === 'payment.succeeded')
  const toldIds = new Set(told.map(({ data }) => data.payment.id))
  const listedIds = new Set(list.map(({ id }) => id))
  return {
    taken: orders.length,
    paid: paid.length,
    told: shop.told(),
    duplicates: told.length - firsts.length,
    moneyPaid: money(paid.map(({ currency, paidAmount = '0' }) => [currency, paidAmount])),
    moneyTold: money(
      told.map(({ data: { payment } }) => [payment.amount.currency, payment.amount.value]),
    ),
    lost: paid
      .filter(({ tradeNo }) => !toldNumbers.includes(tradeNo))
      .map(({ tradeNo, provider }) => `${provider} ${tradeNo}: ${lastWord(shop, tradeNo)}`),
    doubled: [...repeated(toldNumbers), ...repeated(firsts.map(({ data }) => data.payment.order))],
    invented: toldNumbers.filter((number) => !paidNumbers.has(number)),
    resent: [
      ...orders.filter(({ createCalls }) => createCalls > 1).map(({ tradeNo }) => tradeNo),
      ...[...keys].flatMap(([order, count]) =>
        orders.filter((each) => orderOf(each) === order).length > count ? [order] : [],
      ),
    ],
    expired: shop
      .events()
      .filter(
        ({ type, data }) => type === 'payment.expired' && data.payment.reason !== 'interrupted',
      )
      .map(({ data }) => data.tradeNo),
    unlisted: [
      ...[...toldIds].filter((id) => !listedIds.has(id)),
      ...[...listedIds].filter((id) => !toldIds.has(id)),
    ],
  }
}

function paidOrders(sandbox: Sandbox): Order[] {
  return sandbox.orders().filter(({ status }) => status === 'paid')
}

function successes(shop: Shop): PaymentEvent[] {
  return shop
    .events()
    .filter(({ type }) => type === 'payment.succeeded' || type === 'payment.duplicate')
}

/** What the shop heard last of a payment. */
function lastWord(shop: Shop, tradeNo: string): string {
  const heard = shop.events().filter(({ data }) => data.tradeNo === tradeNo)
  const { type, data } = heard.at(-1) ?? {}
  return type ? `${type} ${data?.payment.reason ?? ''}`.trim() : 'heard of nothing'
}

function repeated(all: readonly string[]): string[] {
  return all.filter((each, index) => all.indexOf(each) !== index)
}

function money(amounts: readonly (readonly [currency: string, value: string])[]): string {
  const sums = new Map<string, bigint>()
  for (const [currency, value] of amounts) {
    sums.set(currency, (sums.get(currency) ?? 0n) + toMinor(value))
  }
  return [...sums]
    .map(([currency, sum]) => `${currency} ${sum}`)
    .sort()
    .join(', ')
}

/** What the shop's list calls succeeded, read from one process. */
async function listed({ urls }: Proxies): Promise<Payment[]> {
  const all: Payment[] = []
  for (let cursor = ''; ; ) {
    const response = await fetch(`${urls[0]}/payments?status=succeeded${cursor}`, {
      headers: { authorization: `Bearer ${API_KEY}` },
    })
    const page = (await response.json()) as { payments: Payment[]; next?: string }
    all.push(...page.payments)
    if (!page.next) return all
    cursor = `&cursor=${page.next}`
  }
}
