import type { Payment } from '../contract/payment.js'
import type { Fault } from './fault.js'

/** Where an order stands on this page. */
export interface Flow {
  readonly phase: 'idle' | 'submitting' | 'waiting' | 'paid' | 'failed'
  /** The attempt that counts: what the payer is waiting for, or what came of it. */
  readonly payment?: Payment
  /** Nobody can say yet what came of it, and it has taken too long. */
  readonly unsure?: true
  /** Why the last attempt made no payment. */
  readonly fault?: Fault | undefined
}

export type FlowEvent =
  /** The payer confirmed. */
  | { type: 'submit' }
  /** It is certain that no payment was made. */
  | { type: 'refuse'; fault?: Fault | undefined }
  /** No answer came, or a reload lost it: a payment may or may not have been made. */
  | { type: 'lose' }
  /** The payment that this attempt made, or that a reloaded page found again. */
  | { type: 'adopt'; payment: Payment }
  /** News of any payment of this order. */
  | { type: 'tell'; payment: Payment }
  /** The answer is overdue. */
  | { type: 'doubt' }
  /** The payer goes back to the form. The old payment may still be paid. */
  | { type: 'leave' }

export const IDLE: Flow = { phase: 'idle' }

/** The flow after `event`. What does not fit changes nothing: the same object comes back. */
export function step(flow: Flow, event: FlowEvent): Flow {
  const { phase, payment } = flow
  if (phase === 'paid') return flow
  const asking = phase === 'submitting' || (phase === 'waiting' && !payment)
  switch (event.type) {
    case 'submit':
      return phase === 'idle' || phase === 'failed' ? { phase: 'submitting' } : flow
    case 'refuse':
      return asking ? { phase: 'idle', fault: event.fault } : flow
    case 'lose':
      return phase === 'submitting' || phase === 'idle' ? { phase: 'waiting' } : flow
    case 'adopt':
      return asking || phase === 'idle' ? flowOf(event.payment) : told(flow, event.payment)
    case 'tell':
      return told(flow, event.payment)
    case 'doubt':
      return phase === 'waiting' && isUnanswered(payment) ? { ...flow, unsure: true } : flow
    case 'leave':
      return phase === 'waiting' || phase === 'failed' || flow.fault ? IDLE : flow
  }
}

/** A success counts whichever payment it is of; anything else only of the current one. */
function told(flow: Flow, payment: Payment): Flow {
  if (payment.status === 'succeeded') return flowOf(payment)
  const current = flow.payment
  return current?.id === payment.id && current.version < payment.version
    ? flowOf(payment, flow.unsure && isUnanswered(payment))
    : flow
}

function flowOf(payment: Payment, unsure = payment.reason === 'unknown-outcome'): Flow {
  const phase = phaseOf(payment)
  return unsure && phase === 'waiting' ? { phase, payment, unsure } : { phase, payment }
}

function phaseOf({ status, reason }: Payment): Flow['phase'] {
  if (status === 'succeeded' || reason === 'order-paid') return 'paid'
  return isEnded(status) ? 'failed' : 'waiting'
}

function isUnanswered(payment: Payment | undefined): boolean {
  return !payment || payment.status === 'processing'
}

/** Whether a payment came to nothing, as far as is known: a success may still follow. */
export function isEnded(status: Payment['status']): boolean {
  return status === 'failed' || status === 'expired' || status === 'canceled'
}

/** The event that tells a page of `payment`, and the key under which it is told once. */
export function announcementOf({ id, status }: Payment): {
  type: 'pay-pending' | 'pay-success' | 'pay-failure'
  once: string
} {
  if (status === 'succeeded') return { type: 'pay-success', once: `${id} succeeded` }
  if (isEnded(status)) return { type: 'pay-failure', once: `${id} ${status}` }
  return { type: 'pay-pending', once: `${id} pending` }
}
