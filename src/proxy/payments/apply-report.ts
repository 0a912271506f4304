import type { Logger } from '../log.js'
import type { Provider, Report } from '../providers/provider.js'
import type { Settings } from '../settings.js'
import { judge } from './judge.js'
import { isCashierUrl } from './outcome.js'
import type { PaymentStore } from './payment-store.js'
import { startPlan } from './query-schedule.js'
import type { PaymentRecord, SeenPayment } from './record.js'

/**
 * Applies what a verified source says of a payment, by its effect: the same report twice, or two
 * in the wrong order, come to the same.
 *
 * @returns the payment where the report raised its rank.
 */
export async function applyReport(
  { store, settings, log }: { store: PaymentStore; settings: Settings; log: Logger },
  provider: Provider,
  payment: PaymentRecord,
  report: Report,
  source: 'notification' | 'query',
): Promise<SeenPayment | undefined> {
  const { next } = report
  if (
    next &&
    payment.next === null &&
    (next.type === 'code' || isCashierUrl(next.url, provider, settings))
  ) {
    const queries = startPlan('open', settings.querySchedule)
    const step = { next, providerReference: report.providerReference }
    await store.accept(payment, source, step, queries)
  }
  const move = judge(payment, report, provider.merchant)
  if (!move) return undefined
  // Heard of before the create call came to an outcome, which is what begins the queries.
  const queries = payment.queryPlan ? undefined : startPlan('open', settings.querySchedule)
  const moved = await store.advance(payment, source, queries ? { ...move, queries } : move)
  if (moved) {
    const { id, orderId, channel, status, reason } = moved
    log.info(
      { payment: id, order: orderId, channel, status, ...(reason ? { reason } : {}) },
      'payment moved',
    )
  }
  return moved
}
