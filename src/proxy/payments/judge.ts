import type { PaymentReason } from '../../contract/payment.js'
import type { Report } from '../providers/provider.js'
import type { Move } from './move.js'
import type { PaymentRecord } from './record.js'

type Facts = Pick<
  PaymentRecord,
  'amount' | 'currency' | 'channel' | 'tradeNo' | 'providerReference'
>

/**
 * What a verified report makes of a payment: the facts it names are compared with ours whenever it
 * says that money came. `undefined`: it moves nothing.
 *
 * @param merchant our number at the provider.
 */
export function judge(payment: Facts, report: Report, merchant: string): Move | undefined {
  const { providerReference } = report
  switch (report.says) {
    case 'pending':
      return undefined
    case 'processing':
    case 'canceled':
    case 'expired':
      return { status: report.says, providerReference }
    case 'failed':
      return { status: 'failed', reason: 'refused', providerReference }
    case 'partial':
    case 'paid': {
      const reason = contradiction(payment, report, merchant)
      if (reason === undefined) return { status: 'succeeded', providerReference }
      return {
        status: 'needs_review',
        reason,
        // An amount of other money, or of somebody else's payment, is not ours to show.
        ...(report.amount !== undefined && isAboutAmount(reason)
          ? { received: report.amount }
          : {}),
      }
    }
  }
}

function contradiction(
  payment: Facts,
  report: Report,
  merchant: string,
): PaymentReason | undefined {
  if (differs(report.currency, payment.currency)) return 'currency-mismatch'
  if (differs(report.merchant, merchant)) return 'merchant-mismatch'
  if (differs(report.tradeNo, payment.tradeNo)) return 'number-mismatch'
  if (
    payment.providerReference !== null &&
    differs(report.providerReference, payment.providerReference)
  )
    return 'number-mismatch'
  if (differs(report.channel, payment.channel.slice(payment.channel.indexOf(':') + 1)))
    return 'channel-mismatch'
  if (report.amount === undefined) return 'amount-missing'
  // Part paid by the provider's own word, whatever the amount beside it.
  if (report.says === 'partial') return 'partial'
  return report.amount === payment.amount ? undefined : 'amount-mismatch'
}

function differs(reported: string | undefined, ours: string): boolean {
  return reported !== undefined && reported !== ours
}

function isAboutAmount(reason: PaymentReason): boolean {
  return reason === 'partial' || reason === 'amount-mismatch'
}
