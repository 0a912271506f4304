import { type FieldFaults, PROBLEMS, type ProblemCode } from '../../contract/problem.js'
import type { Answer } from './answer.js'

export interface ProblemDetails {
  /** HTTP, where it is not the code's usual one. */
  status?: number
  /** A sentence for whoever reads the answer; never of a payer's or a provider's making. */
  detail?: string
  fields?: FieldFaults
  limit?: 'payments' | 'successes'
  /** ISO 8601 UTC. */
  retryAt?: string
  /** Seconds, for `Retry-After`. */
  retryAfter?: number
}

/** A request that is answered with a problem of the contract. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(code)
    this.code = code
    this.details = details
  }
}

/** Seconds after which it is worth trying again, where nothing better is known. */
const RETRY_AFTER = 5

/** RFC 9457. */
export function problem({ code, details }: ProblemError): Answer {
  const title = titleOf(code)
  const { status = PROBLEMS[code].status, retryAfter, detail = title, ...members } = details
  const waits = status === 429 || status === 503
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(waits ? { 'retry-after': String(retryAfter ?? RETRY_AFTER) } : {}),
    },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, code, ...members }),
  }
}

/** `order-not-found` → `Order not found`. */
function titleOf(code: ProblemCode): string {
  return code.charAt(0).toUpperCase() + code.slice(1).replaceAll('-', ' ')
}
