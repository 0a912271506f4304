import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { PaymentEvent } from '../../src/proxy/index.js'

/** The shop's server, hearing of payments by webhook. */
export interface Shop {
  url: string
  secret: string
  /** Every event that arrived, repeated ones too, in order. */
  heard: PaymentEvent[]
  /** The most deliveries of one payment that were under way at once. */
  mostAtOnce(): number
  /** How many times each event is refused before it is taken. */
  refusals: number
  /** Milliseconds that it takes for each. */
  slowness: number
  close(): Promise<void>
}

export async function startShop(): Promise<Shop> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const webhook = new Webhook(secret)
  const atOnce = new Map<string, number>()
  let most = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    webhook.verify(body, request.headers as Record<string, string>)
    const event: PaymentEvent = { id: String(request.headers['webhook-id']), ...JSON.parse(body) }
    const { id } = event.data.payment
    atOnce.set(id, (atOnce.get(id) ?? 0) + 1)
    most = Math.max(most, atOnce.get(id) ?? 0)
    await pause(shop.slowness)
    atOnce.set(id, (atOnce.get(id) ?? 1) - 1)
    shop.heard.push(event)
    const times = shop.heard.filter((each) => each.id === event.id).length
    response.writeHead(times > shop.refusals ? 204 : 500).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const shop: Shop = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    secret,
    heard: [],
    mostAtOnce: () => most,
    refusals: 0,
    slowness: 0,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return shop
}
