import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Product } from './products.js'

/** One webhook, as the shop's server took it. */
export interface Delivery {
  /** The event's own id, the same however often it is told. */
  id: string
  type: string
  /** When the payment moved, ISO 8601. */
  timestamp: string
  amount: string
  channel: string
  /** It had been told before, so nothing was done again. */
  again: boolean
}

export interface ShopOrder {
  /** Unguessable: whoever knows it sees the order. */
  id: string
  product: Product
  paid: boolean
  deliveries: Delivery[]
}

/** Events that settle an order. `payment.duplicate` is money to give back, not goods to send. */
const PAYS = 'payment.succeeded'

/** A demo forgets the oldest orders. */
const MOST_ORDERS = 1_000

/** The shop's orders, in memory. */
export class OrderBook {
  readonly #orders = new Map<string, ShopOrder>()
  readonly #news = new EventEmitter().setMaxListeners(0)

  place(product: Product): ShopOrder {
    const id = randomBytes(12).toString('base64url')
    const order: ShopOrder = { id, product, paid: false, deliveries: [] }
    this.#orders.set(id, order)
    const [oldest] = this.#orders.keys()
    if (oldest !== undefined && this.#orders.size > MOST_ORDERS) this.#orders.delete(oldest)
    return order
  }

  find(id: string): ShopOrder | undefined {
    return this.#orders.get(id)
  }

  /** Takes what the proxy told, once: the same event may come again. */
  record(orderId: string, told: Omit<Delivery, 'again'>): void {
    const order = this.#orders.get(orderId)
    if (!order) return
    const again = order.deliveries.some(({ id }) => id === told.id)
    const delivery = { ...told, again }
    order.deliveries.push(delivery)
    if (!again && told.type === PAYS) order.paid = true
    this.#news.emit(orderId, delivery)
  }

  /**
   * Hands over all that an order was told, then what it is told from now on.
   *
   * @returns how to stop.
   */
  follow(order: ShopOrder, hear: (delivery: Delivery) => void): () => void {
    order.deliveries.forEach(hear)
    this.#news.on(order.id, hear)
    return () => this.#news.off(order.id, hear)
  }
}
