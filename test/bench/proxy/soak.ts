import { setTimeout as pause } from 'node:timers/promises'
import type { Experiment } from '../harness/figure.js'
import { descriptorsOf, memoryOf } from '../harness/processes.js'
import { slope } from '../harness/statistics.js'
import { startStage } from '../servers/stage.js'

const MINUTES = 10
const QUICK_MINUTES = 0.5
/** The first part, in which a process that has just started fills its caches. */
const SETTLING = 0.2
/** Milliseconds of one turn: half of it at full speed, half of it at rest. */
const TURN = 2_000
const MB = 1_000

/**
 * Payments made and paid at half speed for ten minutes: whether memory and descriptors still grow
 * once the process has settled, as a line through all that was seen by least squares.
 */
export const soak: Experiment = {
  name: 'proxy/soak/sqlite',
  rounds: 1,
  isLong: true,
  figures: {
    memory: {
      name: 'ten minutes at half speed: growth of memory',
      unit: 'kB/min',
      better: 'lower',
      goal: { value: 500 },
    },
    descriptors: {
      name: 'ten minutes at half speed: growth of descriptors',
      unit: 'per min',
      better: 'lower',
      goal: { value: 0.5 },
    },
    resident: { name: 'ten minutes at half speed: memory at the end', unit: 'MB', better: 'lower' },
    payments: { name: 'ten minutes at half speed: payments', unit: 'count', better: 'higher' },
  },
  async open(machine) {
    const { client, program, target, make } = await startStage(machine)
    const minutes = machine.isQuick ? QUICK_MINUTES : MINUTES
    const { appSecret } = program
    return {
      async ours() {
        const memory: [minute: number, kB: number][] = []
        const descriptors: [minute: number, count: number][] = []
        let payments = 0
        let batch = 100
        const start = performance.now()
        const minute = () => (performance.now() - start) / 60_000
        while (minute() < minutes) {
          const turn = performance.now()
          const { noted } = await make(batch)
          await client.prepareNotifications({ noted, appSecret })
          await client.load({ ...target, expected: 200, repeats: false, warmUp: 0 })
          payments += batch
          const busy = performance.now() - turn
          batch = Math.max(100, Math.round((batch * TURN) / 2 / busy))
          await pause(busy)
          if (minute() < minutes * SETTLING) continue
          memory.push([minute(), memoryOf(target.pid)])
          descriptors.push([minute(), descriptorsOf(target.pid)])
        }
        return {
          memory: slope(memory),
          descriptors: slope(descriptors),
          resident: memoryOf(target.pid) / MB,
          payments,
        }
      },
    }
  },
}
