import type { Order } from '../core/order.js'

/** What one payer address may do in a day at one merchant. */
export interface IpLimits {
  transactions: number
  successes: number
}

export interface IpLedger {
  add(order: Order): void
  /** Whether this address may begin one more transaction. */
  admits(merchantNo: string, ip: string, at: number): boolean
  /** Whether this order may succeed: at most so many of a day's transactions do. */
  maySucceed(order: Order): boolean
}

const TAIPEI_OFFSET = 8 * 60 * 60 * 1000

/**
 * "Each IP is limited to 10 transactions per day, with a maximum of 3 successful transactions."
 * The documents do not say whose day; Taipei's is assumed, which has no summer time.
 */
export function createIpLedger(limits: IpLimits | 'off'): IpLedger {
  const days = new Map<string, Order[]>()

  const dayOf = (merchantNo: string, ip: string, at: number): string =>
    `${merchantNo} ${ip} ${new Date(at + TAIPEI_OFFSET).toISOString().slice(0, 10)}`
  const keyOf = ({ merchantNo, fields, createdAt }: Order) =>
    dayOf(merchantNo, fields.ipAddress ?? '', createdAt)
  const succeeded = (orders: readonly Order[]) =>
    orders.filter((order) => order.status === 'paid').length

  return {
    add(order) {
      const key = keyOf(order)
      days.set(key, [...(days.get(key) ?? []), order])
    },
    admits(merchantNo, ip, at) {
      if (limits === 'off') return true
      const orders = days.get(dayOf(merchantNo, ip, at)) ?? []
      return orders.length < limits.transactions && succeeded(orders) < limits.successes
    },
    maySucceed: (order) =>
      limits === 'off' || succeeded(days.get(keyOf(order)) ?? []) < limits.successes,
  }
}
