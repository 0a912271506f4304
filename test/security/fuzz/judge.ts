import { PROBLEMS, type ProblemCode } from '../../../src/contract/problem.js'
import type { Answer, FuzzedRequest } from './send.js'
import { leakIn, type Target } from './target.js'

/** What Node answers by itself to what is no HTTP: nothing but a status. */
const BEFORE_US = new Set([400, 408, 413, 417, 431])
const WITH_RETRY = new Set([429, 503])
const UNAVAILABLE: readonly string[] = ['provider-unavailable', 'store-unavailable']

/** Why an answer breaks the contract; nothing where it keeps it. */
export function faultOf(
  request: FuzzedRequest,
  answer: Answer | undefined,
  { canaries }: Target,
): string | undefined {
  if (!answer) {
    return mayGoUnheard(request) ? undefined : 'hung up without an answer'
  }
  const leak = leakIn(answer.raw, canaries)
  if (leak !== undefined) return `tells ${leak}`
  if (isBeforeUs(answer)) return undefined
  return formFault(request, answer)
}

/**
 * CONNECT asks for a tunnel, and Node closes it. What Node refuses while more of it is still coming
 * is answered and closed, and the bytes that nobody reads any more may undo the answer.
 */
function mayGoUnheard({ method, delivery, headers, body }: FuzzedRequest): boolean {
  const size = body.length + headers.flat().join('').length
  return method === 'CONNECT' || delivery !== 'whole' || size > 8_000
}

export function isBeforeUs({ status, headers, body }: Answer): boolean {
  return BEFORE_US.has(status) && body === '' && !headers.has('content-type')
}

function formFault({ method }: FuzzedRequest, answer: Answer): string | undefined {
  const { status, headers } = answer
  if (status === 204 || status === 304) return undefined
  const [type = ''] = (headers.get('content-type') ?? '').split(';')
  const isKept = /max-age|no-cache/.test(headers.get('cache-control') ?? '')
  if (type === 'text/javascript' || type === 'application/javascript') {
    return isKept ? undefined : 'a script without a cache rule'
  }
  if (headers.get('cache-control') !== 'no-store') return 'not no-store'
  if (headers.get('x-content-type-options') !== 'nosniff') return 'not nosniff'
  // Without a body there is nothing more to look at, but 500 is never an answer.
  if (method === 'HEAD') return status >= 500 && status !== 503 ? `status ${status}` : undefined
  switch (type) {
    case 'application/problem+json':
      return problemFault(answer)
    case 'application/json':
      return jsonFault(answer)
    case 'text/html':
      return headers.get('referrer-policy') === 'no-referrer' &&
        headers.get('content-security-policy')?.includes("frame-ancestors 'none'")
        ? only(answer, [200, 404, 503])
        : 'a page without its policy'
    case 'text/plain':
      return only(answer, [200, 400, 401, 404, 413, 503])
    default:
      return `content type ${type}`
  }
}

function problemFault({ status, headers, body }: Answer): string | undefined {
  const problem = JSON.parse(body) as Record<string, unknown>
  const code = String(problem.code)
  if (!Object.hasOwn(PROBLEMS, code)) return `problem ${code}`
  const expected = PROBLEMS[code as ProblemCode].status
  const isUsual = status === expected || (code === 'body-invalid' && status === 415)
  if (!isUsual || problem.status !== status) return `${code} with ${status}`
  if (status >= 500 && !UNAVAILABLE.includes(code)) return code
  if (problem.type !== 'about:blank') return 'a problem without its type'
  if (typeof problem.title !== 'string' || typeof problem.detail !== 'string') return 'no words'
  const waits = /^[1-9]\d*$/.test(headers.get('retry-after') ?? '')
  return WITH_RETRY.has(status) && !waits ? `${status} without Retry-After` : undefined
}

function jsonFault(answer: Answer): string | undefined {
  JSON.parse(answer.body)
  return only(answer, [200, 201, 202])
}

function only({ status }: Answer, statuses: readonly number[]): string | undefined {
  return statuses.includes(status) ? undefined : `status ${status}`
}
