import * as z from 'zod'
import { toCents } from '../core/amount.js'
import type { Order, OrderStatus } from '../core/order.js'
import type { OrderBook } from '../core/order-book.js'
import { Refusal } from './answer.js'

/** Both are optional in the documents' table; one is needed to find anything. */
export const querySchema = z
  .strictObject({
    merchant_reference: z.string().min(1).optional(),
    transaction_id: z.string().min(1).optional(),
  })
  .refine(
    (query) => query.merchant_reference ?? query.transaction_id,
    'must hold merchant_reference or transaction_id',
  )

/** INVENTED: the documents type the status as text and list no word of it. */
export const STATUS_OF: Record<OrderStatus, string> = {
  open: 'pending',
  paid: 'success',
  'part-paid': 'pending',
  refused: 'failed',
  canceled: 'cancelled',
}

/**
 * The transaction that a merchant asks about; the query is counted. There is none until the payer
 * has done something on the page of the link.
 *
 * @throws {Refusal}
 */
export function findTransaction(
  { merchant_reference, transaction_id }: z.infer<typeof querySchema>,
  provider: string,
  book: OrderBook,
): Order {
  const order = book
    .all()
    .find(
      (each) =>
        each.provider === provider &&
        (merchant_reference === undefined || each.tradeNo === merchant_reference) &&
        (transaction_id === undefined || each.providerReference === transaction_id),
    )
  if (order) order.queries += 1
  if (!order || order.status === 'open') {
    throw new Refusal('notFound', 'there is no such transaction')
  }
  return order
}

/** The readable part of the documents' table; the name of the field `status` is an assumption. */
export function transactionData(order: Order): Record<string, string | number> {
  const { currency, fields } = order
  return {
    amount: Number(toCents(order.amount)),
    created_at: Math.floor(order.createdAt / 1000),
    currency,
    description: fields.description ?? '',
    merchant_id: order.merchantNo,
    merchant_reference: order.tradeNo,
    status: STATUS_OF[order.status],
    transaction_id: order.providerReference,
  }
}
