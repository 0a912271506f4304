import { setTimeout as pause } from 'node:timers/promises'
import type { Experiment } from '../harness/figure.js'
import { withMachine } from '../harness/machine.js'
import { memoryOf } from '../harness/processes.js'
import { type Stage, startStage } from '../servers/stage.js'

const WAITERS = 10_000
/** As many as may wait for one payment. */
const OF_ONE = 20
/** Milliseconds after which a parked crowd is at rest. */
const REST = 1_500
const WARM_UP = { payments: 2_000, seconds: 6 }

/**
 * Ten thousand pages that wait: what each of them takes of memory, sockets and all, and how long
 * it takes until all have read the news, from the first notification sent to the last answer read.
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
        const memory = await memoryOfEach(isQuick)
        const few = await tell(isQuick, WAITERS / OF_ONE, WAITERS)
        const each = await tell(isQuick, WAITERS, WAITERS)
        const one = await tell(isQuick, 1, OF_ONE)
        return { memory, few, each, one }
      },
    }
  },
}

/** In a process that has done nothing yet: memory that it has had it keeps. */
function memoryOfEach(isQuick: boolean): Promise<number> {
  return withMachine(isQuick, async (machine) => {
    const { client, target, make } = await startStage(machine)
    const { made } = await make(WAITERS / OF_ONE)
    const before = memoryOf(target.pid)
    await client.park({ ...target, made: repeat(made, OF_ONE) })
    await pause(REST)
    return (memoryOf(target.pid) - before) / WAITERS
  })
}

/** Parks so many waiters, evenly, for so many payments, and tells them all. Milliseconds. */
function tell(isQuick: boolean, payments: number, count: number): Promise<number> {
  return withMachine(isQuick, async (machine) => {
    const stage = await startStage(machine)
    const { client, program, target, make } = stage
    await warmUp(stage)
    const { made, noted } = await make(payments)
    await client.prepareNotifications({ noted, appSecret: program.appSecret })
    await client.park({ ...target, made: repeat(made, count / payments) })
    await pause(REST)
    const { last } = await client.tellAll({ ...target })
    return last
  })
}

/** As a proxy that has been at work for a while: V8 has compiled what is hot. */
async function warmUp({ client, program, target, make }: Stage): Promise<void> {
  const { made, noted } = await make(WARM_UP.payments)
  await client.prepareReads({ made })
  const { seconds } = WARM_UP
  await client.load({ ...target, expected: 200, repeats: true, warmUp: 0, seconds })
  await client.prepareNotifications({ noted, appSecret: program.appSecret })
  await client.park({ ...target, made })
  await client.tellAll({ ...target })
  await client.release()
}

function repeat<T>(items: readonly T[], times: number): T[] {
  return Array.from({ length: times }, () => items).flat()
}
