import { setTimeout as pause } from 'node:timers/promises'
import type { Experiment } from '../harness/figure.js'
import { withMachine } from '../harness/machine.js'
import { memoryOf } from '../harness/processes.js'
import { startStage } from '../servers/stage.js'

const WAITERS = 10_000
/** As many as may wait for one payment. */
const OF_ONE = 20
/** Milliseconds after which a parked crowd is at rest. */
const REST = 1_500

/**
 * Ten thousand pages that wait: what each of them takes of memory, sockets and all, and how long
 * it takes until all have read the news, from the first notification sent to the last answer read.
 * A process is measured once, because memory that it has had it keeps.
 */
export const waiters: Experiment = {
  name: 'proxy/waiters/sqlite',
  rounds: 3,
  figures: {
    memory: {
      name: '10,000 parked waiters: memory of each',
      unit: 'kB',
      better: 'lower',
      goal: { value: 20 },
    },
    few: {
      name: '10,000 waiters of 500 payments: all told',
      unit: 'ms',
      better: 'lower',
      goal: { value: 1_000 },
    },
    each: { name: '10,000 waiters of as many payments: all told', unit: 'ms', better: 'lower' },
    one: { name: '20 waiters of one payment: all told', unit: 'ms', better: 'lower' },
  },
  async open({ isQuick }) {
    return {
      async ours() {
        const { memory, told: few } = await tell(isQuick, WAITERS / OF_ONE, WAITERS)
        const { told: each } = await tell(isQuick, WAITERS, WAITERS)
        const { told: one } = await tell(isQuick, 1, OF_ONE)
        return { memory, few, each, one }
      },
    }
  },
}

/** Parks so many waiters, evenly, for so many payments, and tells them all. */
function tell(
  isQuick: boolean,
  payments: number,
  count: number,
): Promise<{ memory: number; told: number }> {
  return withMachine(isQuick, async (machine) => {
    const { client, program, target, make } = await startStage(machine)
    const { made, noted } = await make(payments)
    await client.prepareNotifications({ noted, appSecret: program.appSecret })
    const waiting = Array.from({ length: count / payments }, () => made).flat()
    const before = memoryOf(target.pid)
    await client.park({ ...target, made: waiting })
    await pause(REST)
    const memory = (memoryOf(target.pid) - before) / count
    const { last } = await client.tellAll({ ...target })
    return { memory, told: last }
  })
}
