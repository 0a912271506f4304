import { randomInt } from 'node:crypto'
import * as z from 'zod'
import type { Order } from '../core/order.js'
import type { OrderBook } from '../core/order-book.js'
import { Refusal } from './answer.js'
import { jakartaTime } from './jakarta-time.js'
import { timestamp } from './request.js'

/** A channel's label, and what its codes begin with and how long they are. */
export interface Channel {
  label: string
  prefix: string
  digits: number
}

export interface CodeDesk {
  provider: string
  appId: string
  channels: Readonly<Record<string, Channel>>
  /** Milliseconds that a code lives: below zero it is over at once, `null` it has no end. */
  codeLifetime: number | null
  book: OrderBook
  now: () => number
}

/** The documents' table. */
export const codeSchema = z.strictObject({
  mchOrderId: z.string().regex(/^[A-Za-z0-9]{10,32}$/, 'must be 10 to 32 letters and digits'),
  channelCode: z.string(),
  amount: z
    .int('must be whole rupiah, a JSON number')
    .min(2000, 'at least 2000')
    .max(100_000_000, 'at most 100000000'),
  email: z.email({ pattern: z.regexes.html5Email, error: 'must be an e-mail address' }),
  mobile: z.string().optional(),
  customerName: z.string().min(1, 'must not be empty').max(100, 'at most 100 characters'),
  notifyUrl: z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' }),
  remark: z.string().optional(),
  timestamp,
})

type CodeParam = z.infer<typeof codeSchema>

/**
 * Gives out a payment code.
 *
 * @throws {Refusal}
 */
export function createCode(param: CodeParam, desk: CodeDesk): Order {
  const { book, appId, codeLifetime, now } = desk
  const { mchOrderId, channelCode, amount, notifyUrl } = param
  const channel = Object.hasOwn(desk.channels, channelCode) && desk.channels[channelCode]
  if (!channel) throw new Refusal('channel', 'channelCode: not a channel of this merchant')
  const earlier = book.byTradeNo(mchOrderId)
  if (earlier) {
    earlier.createCalls += 1
    throw new Refusal('repeatedOrder', 'mchOrderId: there is an order of this number')
  }
  const paymentCode = freeCode(channel, book)
  const expiresAt = codeLifetime === null ? undefined : now() + codeLifetime
  return book.add({
    provider: desk.provider,
    merchantNo: appId,
    tradeNo: mchOrderId,
    providerReference: transactionId(),
    amount: String(amount),
    currency: 'IDR',
    fields: textsOf(param),
    details: [
      ['Merchant', appId],
      ['Order', mchOrderId],
      ['Pay at', channel.label],
      ['Code', paymentCode],
      ...(expiresAt === undefined
        ? []
        : ([['Valid until', `${jakartaTime(expiresAt)}, Jakarta time`]] as const)),
    ],
    paymentCode,
    ...(expiresAt !== undefined && { expiresAt }),
    notifyUrl,
    createdAt: now(),
  })
}

function freeCode(channel: Channel, book: OrderBook): string {
  const code = channel.prefix + randomDigits(channel.digits - channel.prefix.length)
  return book.byPaymentCode(code) ? freeCode(channel, book) : code
}

/** `C` and 19 digits, like the documents' `C1630761265167208448`. */
function transactionId(): string {
  return `C1${randomDigits(18)}`
}

function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('')
}

function textsOf(param: CodeParam): Record<string, string> {
  return Object.fromEntries(Object.entries(param).map(([name, value]) => [name, String(value)]))
}
