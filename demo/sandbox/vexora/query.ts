import * as z from 'zod'
import type { Order } from '../core/order.js'
import type { OrderBook } from '../core/order-book.js'
import { Refusal } from './answer.js'
import type { SignedRequest } from './request.js'

const querySchema = z.strictObject({
  tradeNo: z.string().min(1),
  timestamp: z.string(),
  sign: z.string(),
})

/**
 * The order that a merchant asks about; the query is counted.
 *
 * @throws {Refusal}
 */
export function findOrder({ merchantNo, fields }: SignedRequest, book: OrderBook): Order {
  const { data } = querySchema.safeParse(fields)
  if (!data) throw new Refusal('badField', 'body: must be tradeNo, timestamp and sign')
  const order = book.byTradeNo(data.tradeNo)
  if (order?.merchantNo !== merchantNo) {
    throw new Refusal('unknownTradeNo', 'tradeNo: there is no order of this number')
  }
  order.queries += 1
  return order
}
