import type { Experiment } from '../harness/figure.js'
import { openDatabase, STORE_NAMES, type Store, startStage } from '../servers/stage.js'
import { startHttpProxy, startJson, startPromises } from '../servers/start.js'
import { loadFigures, PROMISES, repeated } from './load.js'

const PAYMENTS = 1_000

/** What a page reads of a payment while it watches. The floor answers with the same text. */
export function statusRead(store: Store): Experiment {
  return {
    name: `proxy/status/${store}`,
    figures: loadFigures(`status read, ${STORE_NAMES[store]}`, { ofFloor: 0.5 }),
    warmUps: 5,
    async open(machine) {
      const databaseUrl = await openDatabase(machine, store)
      const { client, provider, program, make } = await startStage(machine, databaseUrl)
      const { made } = await make(PAYMENTS)
      const answer = await fetch(`${program.url}/payments/${made[0]?.id}?wait=1&version=0`)
      const json = await startJson(machine, await answer.text())
      const httpProxy = await startHttpProxy(machine, provider.url)
      const promises = await startPromises(machine, 'status', {
        databaseUrl: await openDatabase(machine, store),
        provider: provider.url,
      })
      await client.prepareReads({ made })
      return {
        ours: repeated(client, machine, program),
        floor: { name: 'node:http', measure: repeated(client, machine, json) },
        peers: [
          { name: 'http-proxy', measure: repeated(client, machine, httpProxy) },
          { name: PROMISES, measure: repeated(client, machine, promises) },
        ],
      }
    },
  }
}
