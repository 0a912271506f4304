import { errorName, type Logger, shownCode } from '../log.js'
import { type HttpClient, UnreachableError } from '../net/http-client.js'
import type {
  Created,
  PaymentNumbers,
  Provider,
  ProviderPayment,
  Report,
} from '../providers/provider.js'
import type { Telemetry } from '../telemetry/telemetry.js'

/** Milliseconds for one call in all. */
const CALL_TIMEOUT = 20_000
/** Calls in flight at one provider, so that a slow one slows its own payments alone. */
const MOST_CREATES = 100
const MOST_QUERIES = 10

/** Every call to a provider goes through here: one attempt, a time limit, a cap, a line of log. */
export class ProviderCalls {
  readonly #http: HttpClient
  readonly #log: Logger
  readonly #now: () => number
  readonly #telemetry: Telemetry
  readonly #creates = new Map<string, number>()
  readonly #queries = new Map<string, number>()

  constructor(http: HttpClient, log: Logger, now: () => number, telemetry: Telemetry) {
    this.#http = http
    this.#log = log
    this.#now = now
    this.#telemetry = telemetry
  }

  /** A place for one create call, to be released; `undefined` while all are taken. */
  reserveCreate(provider: Provider): (() => void) | undefined {
    const isFull = (this.#creates.get(provider.id) ?? 0) >= MOST_CREATES
    return isFull ? undefined : take(this.#creates, provider.id)
  }

  /** Needs a reserved place. Never repeated, whatever comes of it. */
  async create(
    provider: Provider,
    payment: ProviderPayment,
  ): Promise<Created | { outcome: 'unreachable' }> {
    const started = performance.now()
    const created = await this.#telemetry.measure(
      { kind: 'create', provider: provider.id, tradeNo: payment.tradeNo },
      () => this.#create(provider, payment),
      ({ outcome }) => outcome,
    )
    this.#log.info(
      {
        provider: provider.id,
        tradeNo: payment.tradeNo,
        status: created.outcome,
        ...('code' in created ? { code: created.code } : {}),
        milliseconds: Math.round(performance.now() - started),
      },
      'provider asked to create',
    )
    return created
  }

  async #create(
    provider: Provider,
    payment: ProviderPayment,
  ): Promise<Created | { outcome: 'unreachable' }> {
    try {
      const answer = await this.#http.send(
        provider.createRequest(payment, this.#now()),
        CALL_TIMEOUT,
      )
      const created = provider.readCreated(answer, payment)
      return 'code' in created ? { ...created, code: shownCode(created.code) } : created
    } catch (error) {
      if (error instanceof UnreachableError) return { outcome: 'unreachable' }
      return { outcome: 'unknown', code: errorName(error) }
    }
  }

  /** @returns `undefined` where the provider said nothing of the payment; that changes nothing. */
  async query(provider: Provider, payment: PaymentNumbers): Promise<Report | undefined> {
    try {
      return await this.#telemetry.measure(
        { kind: 'query', provider: provider.id, tradeNo: payment.tradeNo },
        () => this.#query(provider, payment),
        (report) => report?.says ?? 'nothing',
      )
    } catch (error) {
      this.#log.warn(
        { provider: provider.id, tradeNo: payment.tradeNo, error: errorName(error) },
        'provider not heard of a payment',
      )
      return undefined
    }
  }

  async #query(provider: Provider, payment: PaymentNumbers): Promise<Report | undefined> {
    const request = provider.queryRequest(payment, this.#now())
    return provider.readQueried(await this.#http.send(request, CALL_TIMEOUT))
  }

  /** How many more queries may begin at this provider. */
  queriesLeft(provider: Provider): number {
    return MOST_QUERIES - (this.#queries.get(provider.id) ?? 0)
  }

  /** Counts `work` as one of the provider's queries in flight. */
  async asQuery(provider: Provider, work: () => Promise<void>): Promise<void> {
    const release = take(this.#queries, provider.id)
    try {
      await work()
    } finally {
      release()
    }
  }
}

function take(inFlight: Map<string, number>, id: string): () => void {
  inFlight.set(id, (inFlight.get(id) ?? 0) + 1)
  return () => inFlight.set(id, (inFlight.get(id) ?? 1) - 1)
}
