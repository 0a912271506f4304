import { cpuOf } from '../harness/processes.js'
import { quantile } from '../harness/statistics.js'
import { type Answer, Connection } from './connection.js'

/** What a server under load is told by: requests a second, milliseconds, µs of CPU for each. */
export interface Load {
  rate: number
  p50: number
  p99: number
  cpu: number
}

interface Target {
  port: number
  /** Of the server's process. */
  pid: number
  /** The only status that counts. */
  expected: number
  /** Whether a request may be sent again, once all have been sent; if not, that is the end. */
  repeats: boolean
}

/** Sends requests in turn, as many at a time as there are connections. */
export class Loader {
  readonly #target: Target
  readonly #connections: readonly Connection[]
  readonly #requests: readonly Buffer[]
  #next = 0

  constructor(target: Target, requests: readonly Buffer[], connections: number) {
    this.#target = target
    this.#requests = requests
    this.#connections = Array.from({ length: connections }, () => new Connection(target.port))
  }

  /** Until the time is over, or there is nothing left to send. */
  async run(seconds: number, onAnswer: (answer: Answer) => void = () => {}): Promise<Load> {
    const latencies: number[] = []
    const start = performance.now()
    const cpu = cpuOf(this.#target.pid)
    const deadline = start + seconds * 1000
    await Promise.all(
      this.#connections.map(async (connection) => {
        for (;;) {
          const request = this.#following()
          const sent = performance.now()
          if (!request || sent >= deadline) return
          const answer = await connection.ask(request)
          if (answer.status !== this.#target.expected) {
            throw new Error(`answered ${answer.status}: ${answer.body.slice(0, 200)}`)
          }
          latencies.push(performance.now() - sent)
          onAnswer(answer)
        }
      }),
    )
    const elapsed = (performance.now() - start) / 1000
    const sorted = Float64Array.from(latencies).sort()
    return {
      rate: latencies.length / elapsed,
      p50: quantile(sorted, 0.5),
      p99: quantile(sorted, 0.99),
      cpu: (cpuOf(this.#target.pid) - cpu) / latencies.length,
    }
  }

  #following(): Buffer | undefined {
    const place = this.#next
    this.#next += 1
    return this.#requests[this.#target.repeats ? place % this.#requests.length : place]
  }

  close(): void {
    for (const connection of this.#connections) connection.close()
  }
}
