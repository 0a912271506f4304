import type { Load } from '../client/load.js'
import type { Remote } from '../client/start.js'
import type { Figure, Goal, Measure } from '../harness/figure.js'
import type { Machine } from '../harness/machine.js'
import type { Served } from '../servers/start.js'

/** The figures of one kind of request under load. */
export function loadFigures(what: string, goal?: Goal): Record<keyof Load, Figure> {
  return {
    rate: { name: what, unit: 'req/s', better: 'higher', ...(goal ? { goal } : {}) },
    p50: { name: `${what}: p50`, unit: 'ms', better: 'lower' },
    p99: { name: `${what}: p99`, unit: 'ms', better: 'lower' },
    cpu: { name: `${what}: CPU of each`, unit: 'µs', better: 'lower' },
  }
}

/** How the least that keeps the same promises stands in the table. */
export const PROMISES = 'same rows, bare'

/** Seconds of every run that are not counted. */
export const WARM_UP = 0.3

/** A server that takes the same requests again and again, as all do that keep nothing. */
export function repeated(client: Remote, { seconds }: Machine, { url, pid }: Served): Measure {
  const port = Number(new URL(url).port)
  return async () => ({
    ...(await client.load({ port, pid, expected: 200, repeats: true, warmUp: WARM_UP, seconds })),
  })
}
