import type { Answer } from './answer.js'
import type { HttpRequest } from './http-request.js'
import { ProblemError } from './problem.js'

/** The only methods and headers that the button uses. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, idempotency-key',
  'access-control-max-age': '600',
}

/** Of whoever may not read it: told nothing but that others may. */
export const UNREADABLE: Answer['headers'] = { vary: 'Origin' }

/**
 * Refuses requests of pages that are not the shop's. Without an `Origin` it is a server, a
 * same-origin read, or a form of another page: the last is known by `Sec-Fetch-Site`.
 *
 * @throws {ProblemError} `origin-not-allowed`
 */
export function checkOrigin(request: HttpRequest, origins: readonly string[]): void {
  const origin = request.header('origin')
  const isForeign =
    origin === undefined
      ? request.method === 'POST' && request.header('sec-fetch-site') === 'cross-site'
      : !origins.includes(origin)
  if (isForeign) throw new ProblemError('origin-not-allowed')
}

/** What every answer says of who may read it: exact origins, no credentials. */
export function corsHeaders(
  origins: readonly string[],
): (request: HttpRequest) => Answer['headers'] {
  const readable = new Map(
    origins.map((origin) => [
      origin,
      {
        ...UNREADABLE,
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'Retry-After',
      },
    ]),
  )
  return (request) => readable.get(request.header('origin') ?? '') ?? UNREADABLE
}

/**
 * What the shop's pages may ask; who may read the answer is added as to every other one.
 *
 * @throws {ProblemError} `origin-not-allowed`
 */
export function preflight(request: HttpRequest, origins: readonly string[]): Answer {
  checkOrigin(request, origins)
  return { status: 204, headers: PREFLIGHT, body: null }
}
