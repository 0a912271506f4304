import { safeUrl } from '../net/urls.js'
import type { Created, Provider } from '../providers/provider.js'
import type { Settings } from '../settings.js'
import type { PaymentStore } from './payment-store.js'
import { type QueryPlan, startPlan } from './query-schedule.js'
import type { PaymentFacts, SeenPayment } from './record.js'

/**
 * Writes down what a create call came to. It never says that money has arrived.
 *
 * @returns the payment where that raised its rank.
 */
export async function recordOutcome(
  store: PaymentStore,
  settings: Settings,
  provider: Provider,
  payment: PaymentFacts,
  created: Created | { outcome: 'unreachable' },
): Promise<SeenPayment | undefined> {
  const plan = (name: QueryPlan) => startPlan(name, settings.querySchedule)
  switch (created.outcome) {
    case 'unreachable':
      return store.unreachable(payment)
    case 'accepted': {
      const { next, providerReference } = created
      if (next.type === 'redirect' && !isCashierUrl(next.url, provider, settings)) {
        return store.conclude(payment, {
          status: 'failed',
          reason: 'cashier-refused',
          providerReference,
          queries: plan('refused'),
        })
      }
      const step = { next, providerReference }
      return store.accept(payment, 'create-answer', step, plan('open'))
    }
    case 'refused':
      return store.conclude(payment, {
        status: 'failed',
        reason: 'refused',
        providerReference: created.providerReference,
        queries: plan('refused'),
      })
    case 'unknown':
      return store.conclude(payment, {
        status: 'unknown',
        providerReference: created.providerReference,
        queries: plan('unknown'),
      })
  }
}

/** Whether a payer may be sent there. */
export function isCashierUrl(text: string, provider: Provider, { mode }: Settings): boolean {
  const url = safeUrl(text, mode)
  return url !== undefined && (provider.cashierHosts?.includes(url.host) ?? true)
}
