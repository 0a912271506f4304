import { OutcomeRefused, type Sandbox } from '../../sandbox/index.js'
import { behaviourOf, ENDPOINTS, SIDES, type Side } from './behaviours.js'

/** What the playground may do with the sandbox. */
export type Stage = Pick<Sandbox, 'url' | 'counterUrl' | 'fault' | 'settle' | 'onOrder'>

/** Names of behaviours by the side of the payment, and the currency of the next one. */
export type Direction = { currency: string } & { [side in Side]?: string | undefined }

/**
 * Tells the sandbox what the next payment meets; whatever an earlier payment has not met is lifted.
 * The sandbox has one queue for all, as a demo has one visitor.
 *
 * @returns a function that gives a direction.
 */
export function createDirector(sandbox: Stage): (direction: Direction) => void {
  let lifts: (() => void)[] = []

  return ({ currency, ...names }) => {
    for (const lift of lifts) lift()
    lifts = []
    const endpoint = ENDPOINTS[currency]
    if (!endpoint) return
    const chosen = (Object.keys(SIDES) as Side[]).map((side) =>
      behaviourOf(side, names[side], currency),
    )
    lifts = chosen
      .flatMap(({ faults }) => faults?.(endpoint) ?? [])
      .map((fault) => sandbox.fault(fault))
    // The last one decides: a notification that is to be the first needs a payer in a hurry.
    const payer = chosen.filter(({ outcome }) => outcome).at(-1)
    if (!payer) return
    const stop = sandbox.onOrder((order) => {
      if (order.currency !== currency) return
      stop()
      settleLater(sandbox, order.tradeNo, payer.outcome?.(order.amount), payer.after)
    })
    lifts.push(stop)
  }
}

function settleLater(
  sandbox: Stage,
  tradeNo: string,
  outcome: Parameters<Stage['settle']>[1] | undefined,
  after = 0,
): void {
  if (outcome === undefined) return
  setTimeout(() => {
    sandbox.settle(tradeNo, outcome).catch((error: unknown) => {
      // The visitor was faster, on the cashier's page.
      if (!(error instanceof OutcomeRefused)) throw error
    })
  }, after).unref()
}
