import type { Order } from './order.js'

export interface OrderBook {
  add(order: Order): void
  byTradeNo(tradeNo: string): Order | undefined
  byCashierToken(token: string): Order | undefined
  /** Oldest first. */
  all(): Order[]
}

/** Every order of this sandbox, in memory only. */
export function createOrderBook(): OrderBook {
  const byTradeNo = new Map<string, Order>()
  const byCashierToken = new Map<string, Order>()
  return {
    add(order) {
      byTradeNo.set(order.tradeNo, order)
      byCashierToken.set(order.cashierToken, order)
    },
    byTradeNo: (tradeNo) => byTradeNo.get(tradeNo),
    byCashierToken: (token) => byCashierToken.get(token),
    all: () => [...byTradeNo.values()],
  }
}
