import { buildConnector, Pool } from 'undici'
import type { ProviderAnswer, ProviderRequest } from '../providers/provider.js'
import { AnswerTooLargeError, type HttpClient, UnreachableError } from './http-client.js'

/** Milliseconds; past that the other side counts as unreachable. */
const CONNECT_TIMEOUT = 3_000
/** Bytes; what a provider answers is a few hundred. */
const MAX_ANSWER = 64 * 1024
/**
 * Milliseconds that an idle socket is kept. Short, since a request written to a socket that the
 * other side has just closed has an unknown outcome.
 */
const KEEP_ALIVE = 1_000

/** Calls through undici's pools, one for each origin. */
export function undiciClient(): HttpClient {
  const pools = new Map<string, Pool>()

  const poolOf = (origin: string): Pool => {
    let pool = pools.get(origin)
    if (!pool) {
      pool = new Pool(origin, {
        connect: connector,
        keepAliveTimeout: KEEP_ALIVE,
        keepAliveMaxTimeout: KEEP_ALIVE,
        pipelining: 1,
      })
      pools.set(origin, pool)
    }
    return pool
  }

  return {
    async send({ method, url, headers, body }: ProviderRequest, timeout): Promise<ProviderAnswer> {
      const { origin, pathname, search } = new URL(url)
      const answer = await poolOf(origin).request({
        method,
        path: pathname + search,
        headers,
        ...(method === 'POST' ? { body } : {}),
        signal: AbortSignal.timeout(timeout),
      })
      return { status: answer.statusCode, body: await readText(answer.body) }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
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

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MAX_ANSWER) throw new AnswerTooLargeError(`more than ${MAX_ANSWER} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
