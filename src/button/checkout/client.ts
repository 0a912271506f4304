import { type CreatePayment, type Payment, paymentSchema } from '../../contract/payment.js'
import {
  PROBLEMS,
  type ProblemCode,
  type ProblemKind,
  problemSchema,
  type Remedy,
} from '../../contract/problem.js'
import type { Fault } from '../fault.js'

/** For all tries of a POST together: a payer looks at a blank window meanwhile. */
const POST_TIMEOUT_MS = 30_000
const POST_PAUSES_MS = [300, 600]
/** What stands between the page and the proxy may say these for a moment; the proxy's own is 503. */
const PASSING = [502, 503, 504]
/** Past this a payer is told rather than kept before a blank window. */
const LONGEST_RETRY_AFTER_MS = 5000
/** Longer than the proxy parks a wait. */
const WAIT_TIMEOUT_MS = 40_000
const WAIT_SECONDS = 25

/** What came of a request: a payment, or why there is none. */
export type Answer = (
  | { payment: Payment; fault?: undefined }
  | { payment?: undefined; fault: Fault }
) & {
  /** Seconds that the proxy asks to be left alone; 0 where nothing was said. */
  retryAfter: number
}

interface Question {
  method?: 'POST'
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal | undefined
  timeout?: number
}

/** The proxy's routes for payments. None of them rejects. */
export interface PayClient {
  /** Safe to repeat: a key makes one payment of however many requests. */
  create(body: CreatePayment, key: string): Promise<Answer>
  /** A plain read, which brings the proxy's own query to the provider forward. */
  read(id: string, signal?: AbortSignal): Promise<Answer>
  /** Answers when the payment is no longer at `version`, or after 25 s. */
  wait(id: string, version: number, signal: AbortSignal): Promise<Answer>
  /** The payment that was made with an idempotency key. */
  find(key: string, signal: AbortSignal): Promise<Answer>
}

/** `endpoint`: absolute, with a slash at its end. */
export function createPayClient(endpoint: string): PayClient {
  const ask = (path: string, question: Question) => askAt(`${endpoint}payments${path}`, question)
  const pathOf = (id: string) => `/${encodeURIComponent(id)}`

  return {
    async create(body, key) {
      const end = Date.now() + POST_TIMEOUT_MS
      const question = {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      } as const
      for (const pause of POST_PAUSES_MS) {
        const answer = await ask('', { ...question, timeout: end - Date.now() })
        const { fault, retryAfter } = answer
        const isPassing = fault && (!fault.status || PASSING.includes(fault.status))
        const wait = Math.min(retryAfter * 1000 || pause, LONGEST_RETRY_AFTER_MS)
        if (!isPassing || Date.now() + wait > end) return answer
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
      return ask('', { ...question, timeout: end - Date.now() })
    },
    read: (id, signal) => ask(pathOf(id), { signal }),
    wait: (id, version, signal) =>
      ask(`${pathOf(id)}?wait=${WAIT_SECONDS}&version=${version}`, { signal }),
    find: (key, signal) => ask(`?key=${encodeURIComponent(key)}`, { signal }),
  }
}

/** `fetch`, with an end to it and an answer that is parsed. Never rejects. */
async function askAt(
  url: string,
  { signal, timeout = WAIT_TIMEOUT_MS, ...init }: Question,
): Promise<Answer> {
  // `AbortSignal.any` is younger than the browser floor.
  const control = new AbortController()
  const abort = () => control.abort()
  const timer = setTimeout(abort, timeout)
  signal?.addEventListener('abort', abort)
  try {
    const response = await fetch(url, { ...init, signal: control.signal })
    return readAnswer(response, await response.text())
  } catch {
    return { fault: { code: 'unreachable' }, retryAfter: 0 }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function readAnswer({ ok, status, headers }: Response, text: string): Answer {
  const retryAfter = Number(headers.get('retry-after')) || 0
  const body = parseJson(text)
  const payment = ok ? paymentSchema.safeParse(body).data : undefined
  if (payment) return { payment, retryAfter }
  const problem = ok ? undefined : problemSchema.safeParse(body).data
  return { fault: problem ?? { code: 'answer-unreadable', status }, retryAfter }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
