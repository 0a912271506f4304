import type { Experiment, Figure } from '../harness/figure.js'
import type { Machine } from '../harness/machine.js'
import { ask, forkModule, type Running } from '../harness/processes.js'
import { openDatabase, STORE_NAMES, type Store } from '../servers/stage.js'
import type { Times, Work } from './server.js'

const FEW = 1_000
const QUICK_FEW = 100
const TIMES_MORE = 1_000

const WORKS: Readonly<Record<Work, string>> = {
  read: 'status read',
  order: 'an order’s offer',
  checkout: 'checkout under the IP rule',
  sweep: 'sweep, nothing due',
  list: 'the shop’s list, newest',
  listed: 'the shop’s list of an order',
  rare: 'the shop’s list, a rare status',
}

/**
 * What each work costs with a million payments stored; the floor is the same with a thousand. A
 * search tree is twice as deep then, so the goal leaves room for that and for memory that is colder.
 */
export function scale(store: Store): Experiment {
  const figure = (work: string): Figure => ({
    name: `${work}, 1,000 times the payments, ${STORE_NAMES[store]}`,
    unit: 'µs',
    better: 'lower',
    goal: { ofFloor: 3 },
  })
  return {
    name: `scale/${store}`,
    figures: Object.fromEntries(Object.entries(WORKS).map(([work, text]) => [work, figure(text)])),
    async open(machine) {
      const few = machine.isQuick ? QUICK_FEW : FEW
      const many = few * TIMES_MORE
      const floor = await startWith(machine, store, few)
      const ours = await startWith(machine, store, many)
      const timesOf = (running: Running) => async () => ({
        ...(await ask<Times>(running, 'times')),
      })
      // The first run of each finds everything cold and its plans unmade.
      for (const running of [floor, ours]) await ask(running, 'times')
      const title = `Query plans, ${STORE_NAMES[store]}, ${many.toLocaleString('en')} payments`
      return {
        ours: timesOf(ours),
        floor: { name: `${few.toLocaleString('en')} payments`, measure: timesOf(floor) },
        // The last thing it is asked: an explained write leaves SQLite's driver unable to write.
        notes: async () => ({ [title]: await ask<string>(ours, 'plans') }),
      }
    },
  }
}

async function startWith(machine: Machine, store: Store, payments: number): Promise<Running> {
  const url = await openDatabase(machine, store)
  const running = forkModule('server', new URL('server.js', import.meta.url), [
    url,
    String(payments),
  ])
  machine.onClose(() => running.stop())
  return running
}
