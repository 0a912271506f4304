import { type MessageFault, noSuchFault } from '../core/notification-fault.js'
import type { Order, OrderReport, OrderStatus } from '../core/order.js'
import { STATUS } from './answer.js'
import { sign } from './signature.js'

export const CODE_OF: Record<OrderStatus, string> = {
  open: STATUS.PAYING,
  paid: STATUS.PAID,
  'part-paid': STATUS.PARTLY_PAID,
  refused: STATUS.FAILED,
  // Its cashier cannot cancel: no such state is documented.
  canceled: STATUS.FAILED,
}

export const MESSAGE_OF: Record<OrderStatus, string> = {
  open: 'Paying',
  paid: 'Success',
  'part-paid': 'Partial payment',
  refused: 'Fail',
  canceled: 'Fail',
}

/** The signed JSON that tells the merchant of `report`; `amount` is what was really paid. */
export function notificationBody(
  order: Order,
  report: OrderReport,
  appSecret: string,
  now: number,
  fault?: MessageFault,
): string {
  const fields: Record<string, string> = {
    platFormTradeNo: order.providerReference,
    tradeNo: order.tradeNo,
    amount: report.paidAmount ?? order.amount,
    status: CODE_OF[report.status],
    message: MESSAGE_OF[report.status],
    timestamp: String(now),
  }
  if (!fault) return signed(fields, appSecret)
  switch (fault.kind) {
    case 'bad-signature':
      return signed(fields, `${appSecret} of somebody else`)
    case 'fields':
      return signed({ ...fields, ...textsOf(fault.fields) }, appSecret)
    case 'amount-as-number': {
      const amount = `${fields.amount}.0000`
      const body = signed({ ...fields, amount }, appSecret)
      return body.replace(`"amount":"${amount}"`, `"amount":${amount}`)
    }
    case 'repeated-key':
      return signed(fields, appSecret).replace('{', '{"amount":"1",')
    default:
      return noSuchFault('Vexora', fault)
  }
}

function textsOf(fields: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
}

function signed(fields: Record<string, string>, appSecret: string): string {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
  return JSON.stringify({ ...filled, sign: sign(filled, appSecret) })
}
