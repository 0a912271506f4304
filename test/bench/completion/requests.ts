import type { Experiment } from '../harness/figure.js'
import { startStage } from '../servers/stage.js'

const PAYMENTS = 50
/** Milliseconds that a payer takes at the cashier. */
const PATIENCE = 10_000
const EVERY = 2_000

/** What it takes until a page knows that its payer has paid, beside pages that ask every 2 s. */
export const requests: Experiment = {
  name: 'completion/requests',
  rounds: 1,
  figures: {
    requests: {
      name: 'requests of a page, payment of 10 s',
      unit: 'count',
      better: 'lower',
      goal: { value: 2 },
    },
    calls: {
      name: 'calls to the provider, payment of 10 s',
      unit: 'count',
      better: 'lower',
      goal: { value: 1 },
    },
  },
  async open(machine) {
    const { client, provider, program, target, make } = await startStage(machine)
    const counted = (every: { every?: number }) => async () => {
      const before = await provider.calls()
      const { made, noted } = await make(PAYMENTS)
      await client.prepareNotifications({ noted, appSecret: program.appSecret })
      const watching = { ...every, after: PATIENCE, within: 0 }
      const { requests = 0 } = await client.watch({ ...target, made, ...watching })
      // With the one that made the payment.
      return { requests: 1 + requests, calls: ((await provider.calls()) - before) / PAYMENTS }
    }
    return {
      ours: counted({}),
      peers: [{ name: 'polling every 2 s', measure: counted({ every: EVERY }) }],
    }
  },
}
