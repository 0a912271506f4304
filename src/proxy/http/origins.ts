import type { Answer } from './answer.js'
import { ProblemError } from './problem.js'

/** The only methods and headers that the button uses. */
const PREFLIGHT = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, idempotency-key',
  'access-control-max-age': '600',
}

/**
 * Refuses requests of pages that are not the shop's. Without an `Origin` it is a server, a
 * same-origin read, or a form of another page: the last is known by `Sec-Fetch-Site`.
 *
 * @throws {ProblemError} `origin-not-allowed`
 */
export function checkOrigin(request: Request, origins: readonly string[]): void {
  const origin = request.headers.get('origin')
  const isForeign =
    origin === null
      ? request.method === 'POST' && request.headers.get('sec-fetch-site') === 'cross-site'
      : !origins.includes(origin)
  if (isForeign) throw new ProblemError('origin-not-allowed')
}

/** Exact origins, no credentials; whoever may not read is told nothing but that others may. */
export function corsHeaders(request: Request, origins: readonly string[]): Record<string, string> {
  const origin = request.headers.get('origin')
  if (origin === null || !origins.includes(origin)) return { vary: 'Origin' }
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'Retry-After',
  }
}

/**
 * What the shop's pages may ask; who may read the answer is added as to every other one.
 *
 * @throws {ProblemError} `origin-not-allowed`
 */
export function preflight(request: Request, origins: readonly string[]): Answer {
  checkOrigin(request, origins)
  return { status: 204, headers: PREFLIGHT, body: null }
}
