import { safeUrl } from '../net/urls.js'
import type { Created, Provider } from '../providers/provider.js'
import type { Settings } from '../settings.js'
import type { PaymentStore } from './payment-store.js'
import { type QueryPlan, startPlan } from './query-schedule.js'
import type { PaymentRecord } from './record.js'

/** Writes down what a create call came to. It never says that money has arrived. */
export async function recordOutcome(
  store: PaymentStore,
  settings: Settings,
  provider: Provider,
  payment: PaymentRecord,
  created: Created | { outcome: 'unreachable' },
): Promise<void> {
  const plan = (name: QueryPlan) => startPlan(name, settings.querySchedule)
  switch (created.outcome) {
    case 'unreachable':
      return store.unreachable(payment.id)
    case 'accepted': {
      const { next, providerReference } = created
      if (next.type === 'redirect' && !isCashierUrl(next.url, provider, settings)) {
        await store.advance(payment, 'create-answer', {
          status: 'failed',
          reason: 'cashier-refused',
          providerReference,
          queries: plan('refused'),
        })
        return
      }
      const step = { next, providerReference }
      return store.accept(payment.id, 'create-answer', step, plan('open'))
    }
    case 'refused':
      await store.advance(payment, 'create-answer', {
        status: 'failed',
        reason: 'refused',
        providerReference: created.providerReference,
        queries: plan('refused'),
      })
      return
    case 'unknown':
      await store.advance(payment, 'create-answer', {
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
