import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Experiment, Measure } from '../harness/figure.js'
import { memoryOf } from '../harness/processes.js'
import { startProgram } from '../servers/program.js'
import { type Served, startHttpProxy, startJson } from '../servers/start.js'

/** Milliseconds until a process that has just started is at rest. */
const REST = 500
/** Nothing listens there, and nothing is sent there. */
const NOWHERE = 'http://127.0.0.1:9'

export const start: Experiment = {
  name: 'proxy/start/sqlite',
  figures: {
    time: { name: 'start to first answer, SQLite', unit: 'ms', better: 'lower' },
    memory: { name: 'resident memory after start, SQLite', unit: 'MB', better: 'lower' },
  },
  async open(machine) {
    let starts = 0
    // `http-proxy` answers with what it leads to, so something has to be there.
    const target = await startJson(machine, '{}')
    const ours = () => {
      starts += 1
      const databaseUrl = `sqlite:${join(machine.folder, `${starts}.db`)}`
      return startProgram(machine, { databaseUrl, upstream: NOWHERE })
    }
    return {
      ours: started(ours),
      floor: { name: 'node:http', measure: started(() => startJson(machine, '{}')) },
      peers: [{ name: 'http-proxy', measure: started(() => startHttpProxy(machine, target.url)) }],
    }
  },
}

function started(begin: () => Promise<Served>): Measure {
  return async () => {
    const before = performance.now()
    const served = await begin()
    const time = performance.now() - before
    await pause(REST)
    const memory = memoryOf(served.pid) / 1000
    await served.stop()
    return { time, memory }
  }
}
