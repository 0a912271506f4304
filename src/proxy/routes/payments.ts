import { createPaymentSchema, IDEMPOTENCY_KEY } from '../../contract/payment.js'
import type { Answer } from '../http/answer.js'
import { readJson } from '../http/body.js'
import type { HttpRequest } from '../http/http-request.js'
import { jsonText } from '../http/json.js'
import { ProblemError } from '../http/problem.js'
import type { Resource } from '../http/resource.js'
import { safeUrl } from '../net/urls.js'
import { LIMITS } from '../payments/limits.js'
import type { PaymentRecord, SeenPayment } from '../payments/record.js'
import { publicStatus } from '../payments/status.js'
import { paymentJson } from '../payments/view.js'
import type { Services } from '../services.js'
import { StoreUnavailableError } from '../store/database.js'
import { listPayments } from './operator.js'

/** Seconds. */
const LONGEST_WAIT = 25
/** Seconds after which a page that found no place to wait tries again, and as many more by chance. */
const CROWDED_RETRY = 2

/** `POST /payments`, `GET /payments`, `GET /payments/{id}`. */
export function paymentRoutes(resource: Resource, services: Services): void {
  const isList = (request: HttpRequest) =>
    (request.method === 'GET' || request.method === 'HEAD') && request.query('key') === undefined
  resource(
    '/payments',
    {
      POST: (request) => create(request, services),
      GET: (request) =>
        isList(request)
          ? listPayments(request, services)
          : byKey(request.query('key') ?? '', services),
    },
    isList,
  )
  resource('/payments/:id', { GET: (request, { id = '' }) => read(request, id, services) })
}

async function create(request: HttpRequest, services: Services): Promise<Answer> {
  const body = createPaymentSchema.safeParse(await readJson(request))
  if (!body.success) {
    const paths = body.error.issues.map((issue) => issue.path.join('.') || 'the body')
    throw new ProblemError('body-invalid', { detail: `Not as expected: ${faultyMembers(paths)}.` })
  }
  if (body.data.returnTo !== undefined && !isOfShop(body.data.returnTo, services)) {
    throw new ProblemError('body-invalid', { detail: 'returnTo is not on an origin of the shop.' })
  }
  const key = request.header('idempotency-key') ?? ''
  if (!IDEMPOTENCY_KEY.test(key)) throw new ProblemError('idempotency-key-missing')
  const { payment, isNew } = await services.creator.create({
    key,
    body: body.data,
    payerIp: services.clientIp(request),
    request,
  })
  const isUnknown = publicStatus(payment.status) === 'processing'
  return paymentAnswer(payment, services, isNew ? (isUnknown ? 202 : 201) : 200)
}

/** Only names of the contract: what else a body holds may be anything, a payer's name too. */
function faultyMembers(paths: string[]): string {
  const members = new Set(paths.map((path) => path.split('.')[0] ?? path))
  return [...members].join(', ')
}

/** `blob:` has its maker's origin too, and credentials are no part of one: neither is a page. */
function isOfShop(returnTo: string, { settings }: Services): boolean {
  const url = safeUrl(returnTo, settings.mode)
  return url !== undefined && settings.origins.includes(url.origin)
}

async function byKey(key: string, services: Services): Promise<Answer> {
  return paymentAnswer(existing(await services.store.byKey(key)), services)
}

function read(request: HttpRequest, id: string, services: Services): Promise<Answer> | Answer {
  const version = whole(request.query('version'))
  const wait = whole(request.query('wait'))
  if (version === undefined || !wait) return readNow(id, services)
  // What most who watch hear, and so without a promise.
  const kept = services.waiters.kept(id)
  if (kept && isNews(kept, version)) return paymentAnswer(kept, services)
  return watch(request, id, { version, wait: Math.min(wait, LONGEST_WAIT) }, services)
}

/** @param wait seconds. */
async function watch(
  request: HttpRequest,
  id: string,
  { version, wait }: { version: number; wait: number },
  services: Services,
): Promise<Answer> {
  const { waiters } = services
  if (!waiters.hasRoom(id)) {
    const payment = await found(id, services)
    return paymentAnswer(payment, services, 200, {
      'retry-after': String(Math.ceil(CROWDED_RETRY * (1 + Math.random()))),
    })
  }
  const deadline = performance.now() + wait * 1000
  for (;;) {
    const waiting = waiters.wait(id)
    try {
      const payment = existing(await waiters.state(id))
      if (isNews(payment, version)) return paymentAnswer(payment, services)
      const isWoken = await waiting.woken(deadline - performance.now(), request.signal)
      if (!isWoken) return paymentAnswer(payment, services)
    } finally {
      waiting.stop()
    }
  }
}

function isNews(payment: SeenPayment, version: number): boolean {
  return payment.version !== version || payment.status === 'succeeded'
}

/** What a page does when it loads or wakes: its payment's next query comes forward. */
async function readNow(id: string, services: Services): Promise<Answer> {
  const payment = await found(id, services)
  if (mayBeQueriedSooner(payment, services.now())) {
    try {
      await services.queue.bringQueryForward(id)
      services.queries.kick()
    } catch (error) {
      // It comes on its schedule all the same: where nothing can be written, a payer still reads.
      if (!(error instanceof StoreUnavailableError)) throw error
    }
  }
  return paymentAnswer(payment, services)
}

function mayBeQueriedSooner(payment: PaymentRecord, now: number): boolean {
  return (
    payment.queryAt !== null &&
    payment.queryAt > now &&
    (payment.queriedAt ?? payment.createdAt) + LIMITS.queryAtMostEvery <= now
  )
}

async function found(id: string, { store }: Services): Promise<PaymentRecord> {
  return existing(await store.byId(id))
}

function existing<Found extends SeenPayment>(payment: Found | undefined): Found {
  if (!payment) throw new ProblemError('payment-not-found')
  return payment
}

function paymentAnswer(
  payment: SeenPayment,
  services: Services,
  status = 200,
  headers?: Answer['headers'],
): Answer {
  return jsonText(paymentJson(payment, services.now()), status, headers)
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}
