import type { Experiment } from '../harness/figure.js'
import { startStage } from '../servers/stage.js'

/** Milliseconds between two reads of a page that polls. */
const EVERY = 2_000
/** Pages that one process can answer when they poll: more of them hear of nothing but time-outs. */
const MOST_POLLING = 1_000

/**
 * From a provider's notification, as it is sent, to the answer read by the page that waits for that
 * payment, while so many others wait for theirs. Beside pages that ask every 2 s, where one process
 * can answer as many of those.
 */
export function completion(waiters: number): Experiment {
  const what = `notification → waiter answered, ${waiters.toLocaleString('en')} waiting`
  return {
    name: `completion/waiters/${waiters}`,
    rounds: 3,
    figures: {
      p50: { name: what, unit: 'ms', better: 'lower', goal: { value: 50 } },
      p99: { name: `${what}: p99`, unit: 'ms', better: 'lower' },
    },
    async open(machine) {
      const { client, program, target, make } = await startStage(machine)
      const { appSecret } = program
      const notifications = machine.isQuick ? 20 : 200
      const poll = async () => {
        const { made, noted } = await make(Math.max(waiters, notifications))
        await client.prepareNotifications({ noted: noted.slice(0, notifications), appSecret })
        const polling = { every: EVERY, after: 0, within: 2 * EVERY }
        const { p50, p99 } = await client.watch({ ...target, made, ...polling })
        return { p50, p99 }
      }
      return {
        async ours() {
          const { made, noted } = await make(waiters + notifications)
          await client.prepareNotifications({ noted: noted.slice(0, notifications), appSecret })
          const { p50, p99 } = await client.complete({ ...target, made, waiters })
          await client.release()
          return { p50, p99 }
        },
        peers: waiters > MOST_POLLING ? [] : [{ name: 'polling every 2 s', measure: poll }],
      }
    },
  }
}
