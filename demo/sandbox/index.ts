import { setMaxListeners } from 'node:events'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import {
  CHINGCHINGPAY_PATH,
  type ChingChingPayMerchant,
  chingChingPay,
} from './chingchingpay/chingchingpay.js'
import { createCashier } from './core/cashier.js'
import { listen } from './core/listen.js'
import { createNotifier } from './core/notifier.js'
import type { Order, Outcome } from './core/order.js'
import { createOrderBook } from './core/order-book.js'
import { ordersPage } from './core/orders-page.js'
import { STYLE_PATH, sendPage } from './core/page.js'
import { createSettlement } from './core/settlement.js'
import { STYLE } from './core/style.js'
import { addFault, createFaults, type Endpoint, type Fault } from './endpoints.js'
import { DEFAULTS, type SandboxOptions } from './options.js'
import {
  COUNTER_PATH,
  type PayCoolsMerchant,
  payCools,
  payCoolsMerchant,
} from './paycools/paycools.js'
import type { Merchant } from './vexora/area.js'
import { CARD_PATH, vexoraCard } from './vexora/card.js'
import { TAIWAN_PATH, vexoraTaiwan } from './vexora/taiwan.js'

export type { ChingChingPayMerchant } from './chingchingpay/chingchingpay.js'
export type { Delivery, Order, OrderStatus, Outcome } from './core/order.js'
export { OutcomeRefused } from './core/settlement.js'
export type { Endpoint, Fault } from './endpoints.js'
export type { SandboxOptions } from './options.js'
export type { PayCoolsMerchant, PayCoolsSettings } from './paycools/paycools.js'
export type { Merchant } from './vexora/area.js'
export type { IpLimits } from './vexora/ip-limits.js'
export type { Ways } from './vexora/taiwan-fields.js'

export interface Sandbox {
  /** Its origin: `http://127.0.0.1:8788`. */
  readonly url: string
  /** What a merchant's settings need at each provider. */
  readonly vexoraTaiwan: Merchant & { baseUrl: string }
  readonly vexoraCard: Merchant & { baseUrl: string }
  readonly paycools: PayCoolsMerchant
  readonly chingchingpay: ChingChingPayMerchant & { baseUrl: string }
  /** Where PayCools' codes are paid. */
  readonly counterUrl: string
  /** All of these settings as environment variables of the proxy. */
  readonly environment: Readonly<Record<string, string>>
  /** Copies, oldest first. */
  orders(): Order[]
  /** Tells of each order as it is taken, before its create call is answered. Returns how to stop. */
  onOrder(hear: (order: Order) => void): () => void
  /** How many calls arrived, also those that a fault left without effect. */
  calls(endpoint: Endpoint): number
  /**
   * Does what a button of the cashier does. Resolves when the merchant has replied to the first
   * notification; with `approveAfter` at once.
   *
   * @throws {OutcomeRefused} where the order cannot take this outcome.
   */
  settle(tradeNo: string, outcome: Outcome, options?: { notify?: boolean }): Promise<void>
  /** Tells the merchant again how the order stands. Resolves at the first reply. */
  notify(tradeNo: string): Promise<void>
  /** Makes the next answers or notifications misbehave. Returns a function that lifts it. */
  fault(fault: Fault): () => void
  /** Drops every connection, payment and notification that is still under way. */
  close(): Promise<void>
}

/**
 * Starts payment providers to test against: no account, no money, everything in memory.
 *
 * @throws the system's error where it cannot listen, such as `EADDRINUSE`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = { ...DEFAULTS, ...options }
  const { now, merchants, ways, ipLimits } = settings
  const shutdown = new AbortController()
  const closed = shutdown.signal
  setMaxListeners(0, closed)

  const book = createOrderBook()
  const faults = createFaults()
  const calls = new Map<Endpoint, number>()
  const common = {
    book,
    closed,
    now,
    timestampWindow: settings.timestampWindow,
    onCall: (endpoint: Endpoint) => void calls.set(endpoint, (calls.get(endpoint) ?? 0) + 1),
  }
  const nextVexoraFault = faults.vexora.next
  const paycoolsSettings = { ...DEFAULTS.paycools, ...options.paycools }
  const providers = new Map(
    [
      vexoraTaiwan({ ...common, nextFault: nextVexoraFault, merchants, ways, ipLimits }),
      vexoraCard({ ...common, nextFault: nextVexoraFault, merchants: [settings.vexoraCard] }),
      payCools({ ...common, nextFault: faults.payCools.next, ...paycoolsSettings }),
      chingChingPay({
        ...common,
        nextFault: faults.chingChingPay.next,
        merchant: settings.chingchingpay,
      }),
    ].map((provider) => [provider.id, provider]),
  )
  const notifier = createNotifier({
    schedule: settings.retrySchedule,
    replyTimeout: settings.replyTimeout,
    faults: faults.notification,
    providers,
    now,
    closed,
  })
  const settlement = createSettlement({ providers, notifier, now, closed })

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/', (c) => {
    const body = ordersPage([...providers.values()], book.all(), new URL(c.req.url).origin)
    return sendPage(c, { title: 'Payment provider sandbox', body })
  })
  app.get(STYLE_PATH, (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
  for (const provider of providers.values()) app.route(provider.basePath, provider.api)
  const cashier = createCashier({ providers, book, settlement, now })
  for (const path of new Set([...providers.values()].map(({ cashierPath }) => cashierPath))) {
    app.route(path, cashier)
  }
  const { origin, close } = await listen(app, settings.host, settings.port)

  function orderOf(tradeNo: string): Order {
    const order = book.byTradeNo(tradeNo)
    if (!order) throw new RangeError(`the sandbox has no order ${tradeNo}`)
    return order
  }

  return {
    url: origin,
    vexoraTaiwan: { ...merchants[0], baseUrl: origin + TAIWAN_PATH },
    vexoraCard: { ...settings.vexoraCard, baseUrl: origin + CARD_PATH },
    get paycools() {
      return payCoolsMerchant(origin, paycoolsSettings)
    },
    chingchingpay: { ...settings.chingchingpay, baseUrl: origin + CHINGCHINGPAY_PATH },
    counterUrl: origin + COUNTER_PATH,
    get environment() {
      return Object.assign({}, ...[...providers.values()].map((each) => each.settings(origin)))
    },
    orders: () => structuredClone(book.all()),
    onOrder: (hear) => book.onOpened((order) => hear(structuredClone(order))),
    calls: (endpoint) => calls.get(endpoint) ?? 0,
    settle: async (tradeNo, outcome, { notify = true } = {}) =>
      settlement.settle(orderOf(tradeNo), outcome, notify),
    notify: async (tradeNo) => notifier.send(orderOf(tradeNo)),
    fault: (fault) => addFault(faults, fault),
    close: () => {
      shutdown.abort()
      return close()
    },
  }
}
