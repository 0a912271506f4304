import { toCents } from '../core/amount.js'
import { type MessageFault, noSuchFault } from '../core/notification-fault.js'
import type { Order, OrderReport } from '../core/order.js'
import { STATUS_OF } from './query.js'

/**
 * INVENTED, and unsigned: nothing of the real callback is readable in the documents, so a merchant
 * can only take it for a hint and query.
 */
export function callbackBody(order: Order, report: OrderReport, fault?: MessageFault): string {
  const fields = {
    merchant_reference: order.tradeNo,
    payment_id: order.providerReference,
    amount: Number(toCents(order.amount)),
    currency: order.currency,
    status: STATUS_OF[report.status],
  }
  if (fault && fault.kind !== 'fields') return noSuchFault('ChingChingPay', fault)
  return JSON.stringify({ ...fields, ...fault?.fields })
}
