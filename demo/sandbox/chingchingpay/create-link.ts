import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { fromCents } from '../core/amount.js'
import type { Order } from '../core/order.js'
import type { OrderBook } from '../core/order-book.js'
import { Refusal } from './answer.js'

export interface LinkDesk {
  provider: string
  merchantId: string
  book: OrderBook
  now: () => number
}

const text = z.string().min(1).max(500)
const webAddress = z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' })

/** The documents' table. */
export const linkSchema = z.strictObject({
  amount: z
    .int('must be whole cents, a JSON number')
    // Documented for direct transactions; for links no least amount is given.
    .min(10, 'at least 10 cents')
    .max(999_999_999_999),
  currency: z.enum(['HKD', 'CNY'], 'must be HKD or CNY'),
  merchant_id: text,
  /** Length and alphabet are not documented. */
  merchant_reference: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,32}$/, 'up to 32 letters, digits, underscores and dashes'),
  callback_url: webAddress.optional(),
  cancel_url: webAddress.optional(),
  complete_url: webAddress.optional(),
  description: text.optional(),
  device_id: text.optional(),
  /** "Timestamp" in a string: whether of seconds or milliseconds is not documented. */
  expires_at: z.string().regex(/^\d+$/, 'must be digits').optional(),
  payment_type: z.enum(['link', 'checkout'], 'must be link or checkout').optional(),
  store_id: text.optional(),
})

type LinkFields = z.infer<typeof linkSchema>

/**
 * Makes a payment link.
 *
 * @throws {Refusal}
 */
export function createLink(fields: LinkFields, desk: LinkDesk): Order {
  const { book, merchantId } = desk
  const { merchant_id, merchant_reference, description } = fields
  if (merchant_id !== merchantId) throw new Refusal('badField', 'merchant_id: not one of ours')
  const earlier = book.byTradeNo(merchant_reference)
  if (earlier) {
    earlier.createCalls += 1
    throw new Refusal('repeatedReference', 'merchant_reference: there is an order of this number')
  }
  return book.add({
    provider: desk.provider,
    merchantNo: merchantId,
    tradeNo: merchant_reference,
    providerReference: `P${randomBytes(12).toString('hex')}`,
    amount: fromCents(BigInt(fields.amount)),
    currency: fields.currency,
    fields: textsOf(fields),
    details: [
      ['Merchant', merchantId],
      ['Order', merchant_reference],
      ...(description ? ([['For', description]] as const) : []),
    ],
    notifyUrl: fields.callback_url,
    returnUrl: fields.complete_url,
    cancelUrl: fields.cancel_url,
    createdAt: desk.now(),
  })
}

function textsOf(fields: LinkFields): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
}
