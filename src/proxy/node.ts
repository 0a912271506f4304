import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import type { PayProxy } from './create-pay-proxy.js'
import { handleOf } from './http/handle.js'
import { NodeAnswers } from './http/node-answers.js'

/**
 * The proxy as a listener of `node:http`, for a server that stands already: Express, Fastify, Koa.
 * It needs the whole path, and a body that nobody has read: mount it before what parses bodies.
 *
 * @example
 * ```ts
 * app.all('/pay/*path', listener(pay)) // Express 5
 * ```
 */
export function listener(
  pay: PayProxy,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const answers = new NodeAnswers(handleOf(pay.fetch))
  return async (request, response) => answers.respond(request, response)
}

export interface Listening {
  /** Where it listens: `http://127.0.0.1:8787`. */
  url: string
  /** Takes no more requests, answers those in flight, ends every wait, closes the store. */
  close(): Promise<void>
}

/** Milliseconds that the last answers may take to leave, and requests that began to arrive whole. */
const FAREWELL = 500

/**
 * Milliseconds. Whoever sends slowly holds a connection and nothing else, and not for long; none of
 * it counts against a request that has arrived, which may wait for 25 s or for a provider.
 */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 2_000,
  /** Longer than the minute for which proxies keep an idle connection to use it again. */
  keepAliveTimeout: 65_000,
}
/** Whoever does not read an answer: longer than any answer takes to be made. */
const SILENCE = 90_000
/** All waits that a process parks, and room for the rest. */
const MOST_CONNECTIONS = 25_000
/** Connections not yet accepted: after a restart, all who waited come back at one moment. */
const BACKLOG = 4_096

/**
 * Listens on Node.
 *
 * @param port 0 for any free one.
 * @throws an error with the code `EADDRINUSE` where the port is taken.
 */
export function serve(
  pay: PayProxy,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const answers = new NodeAnswers(handleOf(pay.fetch))
    const server = createServer(PATIENCE, (request, response) => {
      void answers.respond(request, response)
    })
    server.maxConnections = MOST_CONNECTIONS
    server.setTimeout(SILENCE)
    server.once('error', reject)
    server.listen({ port, host, backlog: BACKLOG }, () => {
      const name = host.includes(':') ? `[${host}]` : host
      const { port } = server.address() as AddressInfo
      resolve({ url: `http://${name}:${port}`, close: () => stop(server, answers, pay) })
    })
  })
}

async function stop(server: Server, answers: NodeAnswers, pay: PayProxy): Promise<void> {
  answers.sayFarewell()
  // What has arrived is accepted and read, a turn for each, before what seems idle is closed.
  for (let turns = 0; turns < 3; turns += 1) await turn()
  const closed = new Promise((resolve) => server.close(resolve))
  const cutOff = setTimeout(() => answers.cutOff(), FAREWELL)
  await pay.close()
  clearTimeout(cutOff)
  // All is answered. What is left is idle, slow to read its answer, or still sending what nobody
  // waits for.
  server.closeIdleConnections()
  const farewell = setTimeout(() => server.closeAllConnections(), FAREWELL)
  await closed
  clearTimeout(farewell)
}
