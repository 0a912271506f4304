import { answerBytes, type HttpClient, UnreachableError } from './http-client.js'

/**
 * How runtimes name a connection that never stood: Node and Deno by the cause's code, Bun by the
 * error's own. What is not listed may have been sent.
 */
const NEVER_STOOD = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENOTFOUND',
  'UND_ERR_CONNECT_TIMEOUT',
  'ConnectionRefused',
  'FailedToOpenSocket',
])

/**
 * Calls through `fetch`, for runtimes that have no undici, such as Bun. No connection is kept: one
 * that went stale could lose a call, or have the runtime send it again. `fetch` has no time limit
 * for connecting, so a provider that doesn't answer the first packet counts as `unknown` and not as
 * `unreachable`.
 */
export function fetchClient(): HttpClient {
  return {
    async send({ method, url, headers, body }, timeout) {
      const response = await connected(
        fetch(url, {
          method,
          headers: { ...headers, connection: 'close' },
          ...(method === 'POST' ? { body } : {}),
          redirect: 'manual',
          keepalive: false,
          signal: AbortSignal.timeout(timeout),
        }),
      )
      const bytes = answerBytes()
      for await (const chunk of response.body ?? []) bytes.add(chunk)
      return { status: response.status, body: bytes.whole().toString('utf8') }
    },
    async close() {},
  }
}

async function connected(answer: Promise<Response>): Promise<Response> {
  try {
    return await answer
  } catch (error) {
    if (NEVER_STOOD.has(codeOf(error)))
      throw new UnreachableError('no connection', { cause: error })
    throw error
  }
}

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: { code?: unknown } }
  return String(cause?.code ?? code)
}
