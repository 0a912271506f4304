import { setMaxListeners } from 'node:events'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { createCashier } from './core/cashier.js'
import { createFaultQueue } from './core/fault-queue.js'
import { listen } from './core/listen.js'
import { createNotifier, type QueuedNotificationFault } from './core/notifier.js'
import type { Order, Outcome } from './core/order.js'
import { createOrderBook } from './core/order-book.js'
import { ordersPage } from './core/orders-page.js'
import { STYLE_PATH, sendPage } from './core/page.js'
import { createSettlement } from './core/settlement.js'
import { STYLE } from './core/style.js'
import { DEFAULTS, type SandboxOptions } from './options.js'
import type { Endpoint, QueuedAnswerFault } from './vexora/api.js'
import { type Merchant, vexoraTaiwan } from './vexora/taiwan.js'

export type { Delivery, Order, OrderStatus, Outcome } from './core/order.js'
export { OutcomeRefused } from './core/settlement.js'
export type { SandboxOptions } from './options.js'
export type { Endpoint } from './vexora/api.js'
export type { Ways } from './vexora/checkout-fields.js'
export type { IpLimits } from './vexora/ip-limits.js'
export type { Merchant } from './vexora/taiwan.js'

/** What goes wrong, where, and how often: `{endpoint: 'checkout', kind: 'html', times: 2}`. */
export type Fault = QueuedAnswerFault | QueuedNotificationFault

export interface Sandbox {
  /** Its origin: `http://127.0.0.1:8788`. */
  readonly url: string
  /** What a merchant's settings need. */
  readonly vexoraTaiwan: Merchant & { baseUrl: string }
  /** The same as environment variables of the proxy. */
  readonly environment: Readonly<Record<string, string>>
  /** Copies, oldest first. */
  orders(): Order[]
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
 * Starts a payment provider to test against: no account, no money, everything in memory.
 *
 * @throws the system's error where it cannot listen, such as `EADDRINUSE`.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = { ...DEFAULTS, ...options }
  const { now, merchants } = settings
  const shutdown = new AbortController()
  const closed = shutdown.signal
  setMaxListeners(0, closed)

  const book = createOrderBook()
  const answerFaults = createFaultQueue<QueuedAnswerFault>()
  const notificationFaults = createFaultQueue<QueuedNotificationFault>()
  const calls: Record<Endpoint, number> = { checkout: 0, query: 0 }
  const taiwan = vexoraTaiwan({
    ...settings,
    book,
    closed,
    faults: answerFaults,
    onCall: (endpoint) => {
      calls[endpoint] += 1
    },
  })
  const providers = new Map([taiwan].map((provider) => [provider.id, provider]))
  const notifier = createNotifier({
    schedule: settings.retrySchedule,
    replyTimeout: settings.replyTimeout,
    faults: notificationFaults,
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
    vexoraTaiwan: { ...merchants[0], baseUrl: origin + taiwan.basePath },
    environment: taiwan.settings(origin),
    orders: () => structuredClone(book.all()),
    calls: (endpoint) => calls[endpoint],
    settle: async (tradeNo, outcome, { notify = true } = {}) =>
      settlement.settle(orderOf(tradeNo), outcome, notify),
    notify: async (tradeNo) => notifier.send(orderOf(tradeNo)),
    fault: (fault) =>
      fault.endpoint === 'notification' ? notificationFaults.add(fault) : answerFaults.add(fault),
    close: () => {
      shutdown.abort()
      return close()
    },
  }
}
