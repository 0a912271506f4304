import { decimalsOf, toCents } from './amount.js'
import type { Notifier } from './notifier.js'
import type { Action, Order, OrderStatus, Outcome } from './order.js'
import { pause } from './pause.js'
import { type Providers, providerOf } from './provider.js'

/** An outcome that this order cannot take; the message is a sentence for the page. */
export class OutcomeRefused extends Error {
  override readonly name = 'OutcomeRefused'
}

/** What may follow what: money can come after a refusal, and nothing comes after full payment. */
const ALLOWED: Record<Action, readonly OrderStatus[]> = {
  approve: ['open', 'refused', 'part-paid', 'canceled'],
  part: ['open', 'refused'],
  refuse: ['open'],
  cancel: ['open'],
}

export interface Settlement {
  /**
   * Moves an order at once and tells the merchant of it if `notify`.
   *
   * @returns a promise of the first notification's reply.
   * @throws {OutcomeRefused}
   */
  settle(order: Order, outcome: Outcome, notify: boolean): Promise<void>
  /** Whether this provider's cashier has the action, and the order can still take it. */
  allows(order: Order, action: Action): boolean
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

  function allows(order: Order, action: Action): boolean {
    const { actions } = providerOf(providers, order)
    return actions.includes(action) && ALLOWED[action].includes(order.status)
  }

  function move(order: Order, outcome: Exclude<Outcome, { approveAfter: number }>) {
    const action = typeof outcome === 'string' ? outcome : 'part'
    if (!allows(order, action))
      throw new OutcomeRefused(`${action}: not for this order, which is ${order.status}.`)
    if (action === 'refuse' || action === 'cancel') {
      order.status = action === 'refuse' ? 'refused' : 'canceled'
      order.settledAt = now()
      return
    }
    const barrier = barrierOf(order)
    if (barrier) throw new OutcomeRefused(barrier)
    order.paidAmount = typeof outcome === 'string' ? order.amount : partOf(order, outcome.part)
    order.status = action === 'part' ? 'part-paid' : 'paid'
    order.settledAt = now()
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

/** With no more decimals than the merchant wrote: Taiwan's dollars have none. */
function partOf({ amount }: Order, part: string): string {
  const cents = toCents(part)
  const isPart = cents !== undefined && cents < (toCents(amount) ?? 0n)
  if (!isPart || decimalsOf(part) > decimalsOf(amount)) {
    throw new OutcomeRefused(`A part is an amount below ${amount}, with no more decimals.`)
  }
  return part
}
