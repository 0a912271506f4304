import type { Experiment } from '../harness/figure.js'
import { startStage } from '../servers/stage.js'

/** Milliseconds between two reads of a page that polls. */
const EVERY = 2_000

/**
 * From a provider's notification, as it is sent, to the answer read by the page that waits for that
 * payment, while so many others wait for theirs. Beside pages that ask every 2 s.
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
      return {
        async ours() {
          const { made, noted } = await make(waiters + notifications)
          await client.prepareNotifications({ noted: noted.slice(0, notifications), appSecret })
          const { p50, p99 } = await client.complete({ ...target, made, waiters })
          await client.release()
          return { p50, p99 }
        },
        peers: [
          {
            name: 'polling every 2 s',
            async measure() {
              const { made, noted } = await make(Math.max(waiters, notifications))
              await client.prepareNotifications({ noted: noted.slice(0, notifications), appSecret })
              const polling = { every: EVERY, after: 0, within: 2 * EVERY }
              const { p50, p99 } = await client.watch({ ...target, made, ...polling })
              return { p50, p99 }
            },
          },
        ],
      }
    },
  }
}
