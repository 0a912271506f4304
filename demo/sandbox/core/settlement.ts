import type { Notifier } from './notifier.js'
import type { Order, OrderStatus, Outcome } from './order.js'
import { pause } from './pause.js'
import { type Providers, providerOf } from './provider.js'

/** An outcome that this order cannot take; the message is a sentence for the page. */
export class OutcomeRefused extends Error {
  override readonly name = 'OutcomeRefused'
}

/** What may follow what: money can come after a refusal, and nothing comes after full payment. */
const ALLOWED: Record<'approve' | 'part' | 'refuse', readonly OrderStatus[]> = {
  approve: ['open', 'refused', 'part-paid'],
  part: ['open', 'refused'],
  refuse: ['open'],
}

const WHOLE_AMOUNT = /^[1-9]\d*$/

export interface Settlement {
  /**
   * Moves an order at once and tells the merchant of it if `notify`.
   *
   * @returns a promise of the first notification's reply.
   * @throws {OutcomeRefused}
   */
  settle(order: Order, outcome: Outcome, notify: boolean): Promise<void>
  allows(order: Order, action: keyof typeof ALLOWED): boolean
}

interface SettlementOptions {
  providers: Providers
  notifier: Notifier
  now: () => number
  closed: AbortSignal
}

/** The payer's side: what the cashier's buttons and the tests do to an order. */
export function createSettlement({
  providers,
  notifier,
  now,
  closed,
}: SettlementOptions): Settlement {
  const barrierOf = (order: Order) => providerOf(providers, order).paymentBarrier(order)

  function move(order: Order, outcome: 'approve' | 'refuse' | { part: string }) {
    const action = typeof outcome === 'string' ? outcome : 'part'
    if (!allows(order, action)) throw new OutcomeRefused(`This order is already ${order.status}.`)
    if (action === 'refuse') {
      order.status = 'refused'
      return
    }
    const barrier = barrierOf(order)
    if (barrier) throw new OutcomeRefused(barrier)
    order.paidAmount = typeof outcome === 'string' ? order.amount : partOf(order, outcome.part)
    order.status = action === 'part' ? 'part-paid' : 'paid'
  }

  async function approveLater(order: Order, ms: number, notify: boolean) {
    order.lateAt = now() + ms
    if (!(await pause(ms, closed))) return
    delete order.lateAt
    // The payer may have paid by hand meanwhile, or another order used up the limit.
    if (allows(order, 'approve') && !barrierOf(order)) {
      await settle(order, 'approve', notify)
    }
  }

  function settle(order: Order, outcome: Outcome, notify: boolean) {
    if (typeof outcome === 'object' && 'approveAfter' in outcome) {
      if (!allows(order, 'approve')) throw new OutcomeRefused('This order is already paid.')
      void approveLater(order, outcome.approveAfter, notify)
      return Promise.resolve()
    }
    move(order, outcome)
    return notify ? notifier.send(order) : Promise.resolve()
  }

  return { settle, allows }
}

function allows(order: Order, action: keyof typeof ALLOWED): boolean {
  return ALLOWED[action].includes(order.status)
}

function partOf(order: Order, part: string): string {
  if (!WHOLE_AMOUNT.test(part) || BigInt(part) >= BigInt(order.amount)) {
    throw new OutcomeRefused(`A part is a whole amount below ${order.amount}.`)
  }
  return part
}
