import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { PaymentEvent } from '../../src/proxy/index.js'

/** What a shop's server does with a webhook. `deaf`: it takes it, and its answer is lost. */
type Reply = 'take' | 'refuse' | 'hang' | 'reset' | 'deaf'

/** The shop's server: it verifies every webhook and fails some; its books are its own. */
export interface Shop {
  url: string
  secret: string
  /** Webhooks that arrived, repeated ones included. */
  told(): number
  /** Those that nobody could have signed within the last five minutes. */
  unverified(): number
  /** What it took, by id, so once each. */
  events(): PaymentEvent[]
  /** Fails nothing any more. */
  recover(): void
  stop(): Promise<void>
}

const MOODS: readonly Reply[] = ['take', 'take', 'take', 'take', 'refuse', 'reset', 'deaf']

export async function startShop(): Promise<Shop> {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const webhook = new Webhook(secret)
  const books = new Map<string, PaymentEvent>()
  let told = 0
  let unverified = 0
  let isWell = false
  const nextReply = (): Reply => {
    if (isWell) return 'take'
    if (Math.random() < 0.02) return 'hang'
    return MOODS[Math.floor(Math.random() * MOODS.length)] ?? 'take'
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    told += 1
    let event: PaymentEvent
    try {
      event = webhook.verify(body, request.headers as Record<string, string>) as PaymentEvent
    } catch {
      unverified += 1
      response.writeHead(400).end()
      return
    }
    const reply = nextReply()
    if (reply === 'take' || reply === 'deaf') {
      const id = String(request.headers['webhook-id'])
      books.set(id, { ...event, id })
    }
    if (reply === 'take') response.writeHead(204).end()
    else if (reply === 'refuse') response.writeHead(500).end()
    else if (reply !== 'hang') request.socket.resetAndDestroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    secret,
    told: () => told,
    unverified: () => unverified,
    events: () => [...books.values()],
    recover: () => {
      isWell = true
    },
    stop: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    },
  }
}
