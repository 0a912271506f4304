import { randomInt } from 'node:crypto'
import type { Order } from '../core/order.js'
import type { OrderBook } from '../core/order-book.js'
import { Refusal } from './answer.js'
import type { VexoraArea } from './area.js'
import type { SignedRequest } from './request.js'

export interface CheckoutDesk {
  area: VexoraArea
  book: OrderBook
  now: () => number
}

/**
 * Takes an order.
 *
 * @throws {Refusal}
 */
export function takeOrder({ merchantNo, fields }: SignedRequest, desk: CheckoutDesk): Order {
  const { area, book, now } = desk
  const { tradeNo, amount, currency, notifyUrl, returnUrl, details } = area.parse(fields)
  const earlier = book.byTradeNo(tradeNo)
  if (earlier) {
    earlier.createCalls += 1
    throw new Refusal('repeatedTradeNo', 'tradeNo: there is an order of this number')
  }
  if (area.ledger?.admits(merchantNo, fields.ipAddress ?? '', now()) === false) {
    throw new Refusal('ipLimit', 'ipAddress: its transactions of today are used up')
  }
  const order = book.add({
    provider: area.id,
    merchantNo,
    tradeNo,
    providerReference: platformNumber(),
    amount,
    currency,
    fields,
    details: [['Merchant', merchantNo], ['Order', tradeNo], ...details],
    notifyUrl,
    returnUrl,
    createdAt: now(),
  })
  area.ledger?.add(order)
  return order
}

/** Sixteen letters and digits, like the documents' `c167o1itir0fypid`. */
function platformNumber(): string {
  return Array.from({ length: 16 }, () => randomInt(36).toString(36)).join('')
}
