import { createHmac, randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { type Money, type Product, priceOf } from './products.js'

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
  /** Of all that is ordered. */
  price: Money
  paid: boolean
  deliveries: Delivery[]
}

/** Events that settle an order. `payment.duplicate` is money to give back, not goods to send. */
const PAYS = 'payment.succeeded'

/** A demo forgets the oldest orders. */
const MOST_ORDERS = 10_000

/** The shop's orders, in memory. */
export class OrderBook {
  readonly #orders = new Map<string, ShopOrder>()
  readonly #news = new EventEmitter().setMaxListeners(0)
  readonly #key = randomBytes(32)

  place(product: Product): ShopOrder {
    return this.#place(randomBytes(12).toString('base64url'), product, 1)
  }

  /** The order of a name, such as a basket's with what it holds: placed at the first call alone. */
  placeOnce(name: string, product: Product, quantity: number): ShopOrder {
    const id = createHmac('sha256', this.#key).update(name).digest('base64url').slice(0, 16)
    return this.#orders.get(id) ?? this.#place(id, product, quantity)
  }

  #place(id: string, product: Product, quantity: number): ShopOrder {
    const price = priceOf(product, quantity)
    const order: ShopOrder = { id, product, price, paid: false, deliveries: [] }
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
