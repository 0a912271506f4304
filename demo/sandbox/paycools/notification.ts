import { type MessageFault, noSuchFault } from '../core/notification-fault.js'
import type { Order, OrderReport } from '../core/order.js'
import { STATUS_OF } from './check-code.js'
import { jakartaTime } from './jakarta-time.js'
import type { KeyPairs } from './keys.js'
import { type SignAlgorithm, sign } from './signature.js'

interface Signer {
  keys: KeyPairs
  algorithm: SignAlgorithm
}

/** `{"param": "…", "sign": "…"}`, signed by PayCools' own key, which tells of `report`. */
export function notificationBody(
  order: Order,
  report: OrderReport,
  { keys, algorithm }: Signer,
  fault?: MessageFault,
): string {
  const fields = notificationFields(order, report)
  const enclose = (param: string, privateKey: string, sent = param) =>
    JSON.stringify({ param: sent, sign: sign(param, privateKey, algorithm) })
  const param = JSON.stringify(fields)
  const own = keys.payCools.privateKey

  if (!fault) return enclose(param, own)
  switch (fault.kind) {
    case 'fields':
      return enclose(JSON.stringify(filled({ ...fields, ...fault.fields })), own)
    case 'bad-signature':
      return enclose(`${param} of another text`, own, param)
    case 'merchant-key':
      return enclose(param, keys.merchant.privateKey)
    case 'amount-as-number': {
      const exact = param.replace(`"amount":${fields.amount}`, `"amount":${fields.amount}.0000`)
      return enclose(exact, own)
    }
    case 'rewritten':
      return enclose(param, own, JSON.stringify(JSON.parse(param), null, 1))
    default:
      return noSuchFault('PayCools', fault)
  }
}

/** In the order of the documents' sample, which happens to be the alphabet's. */
function notificationFields(order: Order, report: OrderReport) {
  return {
    amount: Number(order.amount),
    channelCode: order.fields.channelCode ?? '',
    createTime: jakartaTime(order.createdAt),
    // Success and failure are documented; nothing is said of a code that still waits.
    eventName: report.status === 'refused' ? 'payment.failed' : 'payment.success',
    mchOrderId: order.tradeNo,
    referenceNumber: order.paymentCode ?? '',
    remark: order.fields.remark ?? '',
    returnTime: report.settledAt === undefined ? null : jakartaTime(report.settledAt),
    transactionId: order.providerReference,
    transactionStatus: STATUS_OF[report.status],
  }
}

function filled(fields: Record<string, string | number | null>) {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}
