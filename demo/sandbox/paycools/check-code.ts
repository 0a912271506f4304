import * as z from 'zod'
import type { Order, OrderStatus } from '../core/order.js'
import type { OrderBook } from '../core/order-book.js'
import { type CodeData, Refusal } from './answer.js'
import { jakartaTime } from './jakarta-time.js'
import { timestamp } from './request.js'

export const checkSchema = z.strictObject({
  mchOrderId: z.string().min(1).max(32),
  timestamp,
})

export const STATUS_OF: Record<OrderStatus, string> = {
  open: 'PENDING',
  paid: 'COMPLETED',
  refused: 'FAILED',
  // A code is paid whole or not at all, and nobody can cancel one: no such state is documented.
  'part-paid': 'PENDING',
  canceled: 'PENDING',
}

/**
 * The order that a merchant asks about; the query is counted.
 *
 * @throws {Refusal}
 */
export function findOrder(mchOrderId: string, provider: string, book: OrderBook): Order {
  const order = book.byTradeNo(mchOrderId)
  if (order?.provider !== provider) {
    throw new Refusal('notFound', 'mchOrderId: there is no order of this number')
  }
  order.queries += 1
  return order
}

/** How an order stands, in the shape that both calls answer. */
export function codeData(order: Order): CodeData {
  const { settledAt, expiresAt } = order
  return {
    transactionId: order.providerReference,
    transactionCreateTime: jakartaTime(order.createdAt),
    transactionReturnTime: settledAt === undefined ? null : jakartaTime(settledAt),
    transactionAmount: Number(order.amount),
    transactionStatus: STATUS_OF[order.status],
    remark: order.fields.remark ?? null,
    paymentCode: {
      mchOrderId: order.tradeNo,
      channelCode: order.fields.channelCode ?? '',
      referenceNumber: order.paymentCode ?? '',
      expireTime: expiresAt === undefined ? null : jakartaTime(expiresAt),
    },
  }
}
