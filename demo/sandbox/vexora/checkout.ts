import { randomBytes, randomInt } from 'node:crypto'
import type { Order } from '../core/order.js'
import type { OrderBook } from '../core/order-book.js'
import { Refusal } from './answer.js'
import { parseCheckout, type Ways } from './checkout-fields.js'
import { detailsOf } from './details.js'
import type { IpLedger } from './ip-limits.js'
import type { SignedRequest } from './request.js'

export interface CheckoutDesk {
  provider: string
  book: OrderBook
  ledger: IpLedger
  ways: Ways
  now: () => number
}

/**
 * Takes an order.
 *
 * @throws {Refusal}
 */
export function takeOrder({ merchantNo, fields }: SignedRequest, desk: CheckoutDesk): Order {
  const checked = parseCheckout(fields, desk.ways)
  const { tradeNo, amount, ipAddress, notifyUrl, returnUrl } = checked
  const earlier = desk.book.byTradeNo(tradeNo)
  if (earlier) {
    earlier.createCalls += 1
    throw new Refusal('repeatedTradeNo', 'tradeNo: there is an order of this number')
  }
  if (!desk.ledger.admits(merchantNo, ipAddress, desk.now())) {
    throw new Refusal('ipLimit', 'ipAddress: its transactions of today are used up')
  }
  const order: Order = {
    provider: desk.provider,
    merchantNo,
    tradeNo,
    platFormTradeNo: platformNumber(),
    amount,
    currency: 'TWD',
    fields,
    details: detailsOf(merchantNo, checked, desk.ways),
    cashierToken: randomBytes(64).toString('hex'),
    notifyUrl,
    returnUrl,
    createdAt: desk.now(),
    status: 'open',
    createCalls: 1,
    queries: 0,
    notifications: [],
  }
  desk.book.add(order)
  desk.ledger.add(order)
  return order
}

/** Sixteen letters and digits, like the documents' `c167o1itir0fypid`. */
function platformNumber(): string {
  return Array.from({ length: 16 }, () => randomInt(36).toString(36)).join('')
}
