import type { Experiment } from '../harness/figure.js'
import { openDatabase, STORE_NAMES, type Store, startStage } from '../servers/stage.js'
import { startHttpProxy, startJson, startPromises } from '../servers/start.js'
import { loadFigures, PROMISES, repeated, WARM_UP } from './load.js'

/**
 * A provider's word that a payment was made: its signature checked, its facts compared, the change
 * durable before the answer. Each is for another payment, open until then.
 */
export function notification(store: Store): Experiment {
  return {
    name: `proxy/notification/${store}`,
    figures: loadFigures(`durable notification, ${STORE_NAMES[store]}`, { ofFloor: 0.25 }),
    warmUps: 3,
    async open(machine) {
      const databaseUrl = await openDatabase(machine, store)
      const stage = await startStage(machine, databaseUrl)
      const { client, provider, program, target } = stage
      const json = await startJson(machine, 'OK')
      const httpProxy = await startHttpProxy(machine, provider.url)
      const promises = await startPromises(machine, 'notification', {
        databaseUrl: await openDatabase(machine, store),
        provider: provider.url,
      })
      const { appSecret } = program
      const payments = machine.isQuick ? 1_000 : 4_000
      return {
        async ours() {
          const { noted } = await stage.make(payments)
          await client.prepareNotifications({ noted, appSecret })
          const once = { expected: 200, repeats: false, warmUp: WARM_UP / 3 }
          return { ...(await client.load({ ...target, ...once })) }
        },
        floor: { name: 'node:http', measure: repeated(client, machine, json) },
        peers: [
          { name: 'http-proxy', measure: repeated(client, machine, httpProxy) },
          { name: PROMISES, measure: repeated(client, machine, promises) },
        ],
      }
    },
  }
}
