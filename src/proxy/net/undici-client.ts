import { buildConnector } from 'undici'
import type { ProviderAnswer, ProviderRequest } from '../providers/provider.js'
import { call } from './call.js'
import { Connections } from './connections.js'
import { type HttpClient, UnreachableError } from './http-client.js'

/** Milliseconds; past that the other side counts as unreachable. */
const CONNECT_TIMEOUT = 3_000
/** Milliseconds that an idle connection is kept at most. */
const MOST_IDLE = 1_000

/** Calls through undici, on connections that cannot be stale. */
export function undiciClient({ mostIdle = MOST_IDLE } = {}): HttpClient {
  const origins = new Map<string, Connections>()

  const connectionsTo = (origin: string): Connections => {
    let connections = origins.get(origin)
    if (!connections) {
      connections = new Connections(origin, connector, mostIdle)
      origins.set(origin, connections)
    }
    return connections
  }

  return {
    async send({ method, url, headers, body }: ProviderRequest, timeout): Promise<ProviderAnswer> {
      const { origin, pathname, search } = new URL(url)
      const connections = connectionsTo(origin)
      const connection = connections.take()
      try {
        const request = {
          method,
          path: pathname + search,
          headers,
          ...(method === 'POST' ? { body } : {}),
        }
        const { status, body: text, keepAlive } = await call(connection, request, timeout)
        connections.giveBack(connection, keepAlive)
        return { status, body: text }
      } catch (error) {
        connections.drop(connection)
        throw error
      }
    },
    async close() {
      await Promise.all([...origins.values()].map((connections) => connections.close()))
    },
  }
}

const connect = buildConnector({ timeout: CONNECT_TIMEOUT })

/** Marks what fails before a request is written, which undici's own errors do not tell apart. */
const connector: buildConnector.connector = (options, callback) => {
  connect(options, (error, socket) => {
    if (error) callback(new UnreachableError('no connection', { cause: error }), null)
    else callback(null, socket)
  })
}
