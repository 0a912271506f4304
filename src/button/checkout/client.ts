import ky, { HTTPError, type Options, TimeoutError } from 'ky'
import { type CreatePayment, type Payment, paymentSchema } from '../../contract/payment.js'
import {
  PROBLEMS,
  type ProblemCode,
  type ProblemKind,
  problemSchema,
  type Remedy,
} from '../../contract/problem.js'
import type { Fault } from '../fault.js'

const POST_TIMEOUT_MS = 30_000
/** Longer than the proxy parks a wait. */
const WAIT_TIMEOUT_MS = 40_000
const WAIT_SECONDS = 25
/** Past this a payer is told rather than kept before a blank window. */
const LONGEST_RETRY_AFTER_MS = 5000

/** What came of a request: a payment, or why there is none. */
export type Answer =
  | {
      payment: Payment
      /** Seconds that the proxy asks to be left alone; 0 where nothing was said. */
      retryAfter: number
      fault?: undefined
    }
  | { payment?: undefined; retryAfter?: undefined; fault: Fault }

/** The proxy's routes for payments. None of them rejects. */
export interface PayClient {
  /** Safe to repeat: a key makes one payment of however many requests. */
  create(body: CreatePayment, key: string): Promise<Answer>
  /** A plain read, which brings the proxy's own query to the provider forward. */
  read(id: string, options?: Options): Promise<Answer>
  /** Answers when the payment is no longer at `version`, or after 25 s. */
  wait(id: string, version: number, signal: AbortSignal): Promise<Answer>
  /** The payment that was made with an idempotency key. */
  find(key: string, signal: AbortSignal): Promise<Answer>
}

/** `endpoint`: absolute, with a slash at its end. */
export function createPayClient(endpoint: string): PayClient {
  const http = ky.create({ prefixUrl: endpoint, timeout: WAIT_TIMEOUT_MS, retry: 0 })

  async function ask(path: string, options?: Options): Promise<Answer> {
    try {
      const response = await http(path, options)
      return {
        payment: paymentSchema.parse(await response.json()),
        retryAfter: Number(response.headers.get('retry-after')) || 0,
      }
    } catch (error) {
      return { fault: await readFault(error) }
    }
  }

  const read = (id: string, options?: Options) => ask(`payments/${encodeURIComponent(id)}`, options)

  return {
    create: (body, key) =>
      ask('payments', {
        method: 'post',
        json: body,
        headers: { 'idempotency-key': key },
        timeout: POST_TIMEOUT_MS,
        retry: {
          limit: 2,
          methods: ['post'],
          statusCodes: [502, 503, 504],
          maxRetryAfter: LONGEST_RETRY_AFTER_MS,
        },
      }),
    read,
    wait: (id, version, signal) =>
      read(id, { searchParams: { wait: WAIT_SECONDS, version }, signal }),
    find: (key, signal) => ask('payments', { searchParams: { key }, signal }),
  }
}

async function readFault(error: unknown): Promise<Fault> {
  if (error instanceof HTTPError) {
    const { status } = error.response
    const problem = problemSchema.safeParse(await error.response.json().catch(() => null))
    return problem.success ? problem.data : { code: 'answer-unreadable', status }
  }
  // A connection that fails is a TypeError; what else comes is an answer that does not parse.
  const isUnanswered = error instanceof TypeError || error instanceof TimeoutError
  return { code: isUnanswered ? 'unreachable' : 'answer-unreadable' }
}

/** The contract's word on a fault; undefined for the button's own and for unknown ones. */
export function problemOf(code: string): ProblemKind | undefined {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : undefined
}

/** What the payer can do about a fault. */
export function remedyOf({ code }: Fault): Remedy {
  return problemOf(code)?.remedy ?? 'retry'
}

/** Whether trying the same again can help. */
export function isRetryable({ code }: Fault): boolean {
  return problemOf(code)?.retryable ?? code === 'unreachable'
}

/** Whether a POST that failed may have made a payment all the same. */
export function isOpenOutcome({ code, status = 500 }: Fault): boolean {
  const isRefused = status < 500 && code !== 'answer-unreadable'
  return !isRefused && code !== 'provider-unavailable' && code !== 'order-unavailable'
}
