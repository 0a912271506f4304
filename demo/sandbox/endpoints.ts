import type { ChingChingPayAnswerFault } from './chingchingpay/answer-fault.js'
import type { ChingChingPayEndpoint } from './chingchingpay/api.js'
import type { Times } from './core/fault-queue.js'
import { createFaultQueue, type FaultQueue } from './core/fault-queue.js'
import type { QueuedNotificationFault } from './core/notifier.js'
import type { PayCoolsAnswerFault } from './paycools/answer-fault.js'
import type { PayCoolsEndpoint } from './paycools/api.js'
import type { VexoraAnswerFault } from './vexora/answer-fault.js'
import type { VexoraEndpoint } from './vexora/api.js'

/** Vexora's `checkout` and `query`, PayCools' `code…`, ChingChingPay's `link…`. */
export type Endpoint = VexoraEndpoint | PayCoolsEndpoint | ChingChingPayEndpoint

type Queued<E, F> = { endpoint: E } & F & Times
type VexoraFault = Queued<VexoraEndpoint, VexoraAnswerFault>
type PayCoolsFault = Queued<PayCoolsEndpoint, PayCoolsAnswerFault>
type ChingChingPayFault = Queued<ChingChingPayEndpoint, ChingChingPayAnswerFault>

/** What goes wrong, where, and how often: `{endpoint: 'checkout', kind: 'html', times: 2}`. */
export type Fault = VexoraFault | PayCoolsFault | ChingChingPayFault | QueuedNotificationFault

export interface Faults {
  vexora: FaultQueue<VexoraFault>
  payCools: FaultQueue<PayCoolsFault>
  chingChingPay: FaultQueue<ChingChingPayFault>
  notification: FaultQueue<QueuedNotificationFault>
}

export function createFaults(): Faults {
  return {
    vexora: createFaultQueue(),
    payCools: createFaultQueue(),
    chingChingPay: createFaultQueue(),
    notification: createFaultQueue(),
  }
}

/** Puts a fault where its endpoint looks. Returns a function that lifts it. */
export function addFault(faults: Faults, fault: Fault): () => void {
  switch (fault.endpoint) {
    case 'checkout':
    case 'query':
      return faults.vexora.add(fault)
    case 'code':
    case 'code-check':
      return faults.payCools.add(fault)
    case 'link':
    case 'link-query':
      return faults.chingChingPay.add(fault)
    case 'notification':
      return faults.notification.add(fault)
  }
}
