import type { Experiment } from '../harness/figure.js'
import { openDatabase, STORE_NAMES, type Store, startStage } from '../servers/stage.js'
import { startHttpProxy, startPipe, startPromises } from '../servers/start.js'
import { loadFigures, PROMISES, repeated, WARM_UP } from './load.js'

/** Requests a second: more than the proxy takes. */
const MOST = 20_000

/**
 * The whole of a checkout: the order's token and the payer's fields checked, a durable row, the
 * signed call to the provider, its outcome durable. The floor only passes the same requests on to
 * the same provider.
 */
export function checkout(store: Store): Experiment {
  return {
    name: `proxy/checkout/${store}`,
    figures: loadFigures(`full checkout, ${STORE_NAMES[store]}`, { ofFloor: 0.6 }),
    warmUps: 5,
    async open(machine) {
      const databaseUrl = await openDatabase(machine, store)
      const { client, provider, program, target } = await startStage(machine, databaseUrl)
      const pipe = await startPipe(machine, provider.url)
      const httpProxy = await startHttpProxy(machine, provider.url)
      const promises = await startPromises(machine, 'checkout', {
        databaseUrl: await openDatabase(machine, store),
        provider: provider.url,
      })
      const { orderSecret } = program
      const { seconds } = machine
      const count = Math.ceil(MOST * (seconds + WARM_UP))
      return {
        async ours() {
          await client.prepareCheckouts({ orderSecret, count })
          const once = { expected: 201, repeats: false, warmUp: WARM_UP, seconds }
          return { ...(await client.load({ ...target, ...once })) }
        },
        floor: { name: 'node:http pipe', measure: repeated(client, machine, pipe) },
        peers: [
          { name: 'http-proxy', measure: repeated(client, machine, httpProxy) },
          { name: PROMISES, measure: repeated(client, machine, promises) },
        ],
      }
    },
  }
}
