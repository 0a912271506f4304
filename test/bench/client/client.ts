import { answer } from '../harness/processes.js'
import type { Noted } from '../servers/provider.js'
import { type Load, Loader } from './load.js'
import { checkout, type Made, notification, statusRead } from './requests.js'
import { stayAwake } from './stay-awake.js'
import { complete, park, release, type Told, tellAll, type Watching, watch } from './waiters.js'

const [mode] = process.argv.slice(2)
const CONNECTIONS = 50
/** Seconds, enough for whatever has a list to be worked off. */
const NO_END = 600

/** What the client can be asked to do. It keeps the requests that it prepared until the next ones. */
export interface Client {
  /** Prepares checkouts, each of an order of its own. */
  prepareCheckouts(options: { orderSecret: string; count: number }): void
  prepareReads(options: { made: readonly Made[] }): void
  prepareNotifications(options: { noted: readonly Noted[]; appSecret: string }): void
  /** Sends the prepared requests, the first of them to warm up. */
  load(options: {
    port: number
    pid: number
    expected: number
    repeats: boolean
    warmUp: number
    seconds?: number
  }): Promise<Load>
  /** Makes payments that wait for their payers. */
  make(options: { port: number; pid: number; orderSecret: string; count: number }): Promise<Made[]>
  /** One waiter for each of these payments, in this order. */
  park(options: { port: number; made: readonly Made[] }): Promise<void>
  /** Sends every prepared notification and reads every waiter's answer. */
  tellAll(options: { port: number }): Promise<Told>
  /** One after the other: a prepared notification, and the answer of the waiter it is for. */
  complete(options: { port: number; made: readonly Made[]; waiters: number }): Promise<Told>
  /** Watches payments, and sends the prepared notifications meanwhile. */
  watch(options: { port: number; made: readonly Made[] } & Watching): Promise<Told>
  /** Hangs up on every waiter. */
  release(): void
}

let requests: Buffer[] = []

const client: Client = {
  prepareCheckouts({ orderSecret, count }) {
    requests = Array.from({ length: count }, () => checkout(orderSecret))
  },
  prepareReads({ made }) {
    requests = made.map(statusRead)
  },
  prepareNotifications({ noted, appSecret }) {
    requests = noted.map((each) => notification(each, appSecret))
  },
  async load({ warmUp, seconds = NO_END, ...target }) {
    const loader = new Loader(target, requests, CONNECTIONS)
    const sleep = mode === 'awake' ? stayAwake() : () => {}
    try {
      await loader.run(warmUp)
      return await loader.run(seconds)
    } finally {
      sleep()
      loader.close()
    }
  },
  async make({ orderSecret, count, port, pid }) {
    const made: Made[] = []
    const checkouts = Array.from({ length: count }, () => checkout(orderSecret))
    const loader = new Loader({ port, pid, expected: 201, repeats: false }, checkouts, CONNECTIONS)
    await loader.run(NO_END, ({ body }) => {
      const { id, order } = JSON.parse(body) as Made
      made.push({ id, order })
    })
    loader.close()
    return made
  },
  park: ({ port, made }) => park(port, made),
  tellAll: ({ port }) => tellAll(port, requests, CONNECTIONS),
  complete: ({ port, made, waiters }) => complete(port, made, requests, waiters),
  watch: ({ port, made, ...watching }) => watch(port, made, requests, watching),
  release,
}

answer(async ({ name, options }: { name: keyof Client; options: never }) =>
  (client[name] as (options: never) => unknown)(options),
)
