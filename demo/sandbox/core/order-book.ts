import { randomBytes } from 'node:crypto'
import type { NewOrder, Order } from './order.js'

export interface OrderBook {
  /** Opens an order. */
  add(order: NewOrder): Order
  byTradeNo(tradeNo: string): Order | undefined
  byCashierToken(token: string): Order | undefined
  byPaymentCode(code: string): Order | undefined
  /** Oldest first. */
  all(): Order[]
  /** Tells of each order from now on, as it is opened. Returns how to stop. */
  onOpened(hear: (order: Order) => void): () => void
}

/** Every order of this sandbox, in memory only. */
export function createOrderBook(): OrderBook {
  const byTradeNo = new Map<string, Order>()
  const byCashierToken = new Map<string, Order>()
  const byPaymentCode = new Map<string, Order>()
  const listeners = new Set<(order: Order) => void>()
  return {
    add(facts) {
      const order: Order = {
        ...facts,
        cashierToken: randomBytes(64).toString('hex'),
        status: 'open',
        createCalls: 1,
        queries: 0,
        notifications: [],
      }
      byTradeNo.set(order.tradeNo, order)
      byCashierToken.set(order.cashierToken, order)
      if (order.paymentCode) byPaymentCode.set(order.paymentCode, order)
      for (const hear of [...listeners]) hear(order)
      return order
    },
    byTradeNo: (tradeNo) => byTradeNo.get(tradeNo),
    byCashierToken: (token) => byCashierToken.get(token),
    byPaymentCode: (code) => byPaymentCode.get(code),
    all: () => [...byTradeNo.values()],
    onOpened(hear) {
      listeners.add(hear)
      return () => listeners.delete(hear)
    },
  }
}
