import type { Offer } from '../contract/offer.js'
import type { Fault } from './fault.js'
import { makeFirstFormatter } from './format.js'
import type { Flow } from './machine.js'

/** An order: a reference or token, or a function of the page that makes one. */
export type OrderSource = string | (() => string | Promise<string>)

/** What a button shows before the checkout has parsed the offer. */
export type Preview = Pick<Offer, 'amount' | 'paid' | 'test'>

/** Who is told when something of the session changed. */
export interface SessionMember {
  sessionChanged(): void
}

const FRESH_MS = 5 * 60_000

/** What buttons of one endpoint and order share: the offer and where the payment stands. */
export class OrderSession {
  readonly endpoint: string
  readonly members = new Set<SessionMember>()
  readonly #source: OrderSource
  #reference: string | undefined
  #loading: Promise<void> | undefined
  #loadedAt = 0
  #flow: Flow = { phase: 'idle' }
  #isBegun = false
  /** The proxy's answer, of which no more was looked at than the label needs. */
  preview: Preview | undefined
  /** What the checkout parsed of it. */
  offer: Offer | undefined
  /** Why there is no fresh offer. */
  fault: Fault | undefined

  constructor(endpoint: string, source: OrderSource) {
    this.endpoint = endpoint
    this.#source = source
  }

  /** Whether this is the session of an order. */
  isOf(endpoint: string, source: OrderSource): boolean {
    return this.endpoint === endpoint && this.#source === source
  }

  get flow(): Flow {
    return this.#flow
  }

  set flow(flow: Flow) {
    this.#flow = flow
    this.#isBegun ||= flow.phase !== 'idle' && flow.phase !== 'submitting'
    this.changed()
  }

  /** Whether something is under way that has to come to its end first. */
  get busy(): boolean {
    return this.#flow.phase === 'submitting' || this.#flow.phase === 'waiting'
  }

  /** How long ago the offer was fetched, ms; by the clock that also runs while a machine sleeps. */
  get age(): number {
    return Date.now() - this.#loadedAt
  }

  get isFresh(): boolean {
    return this.age < FRESH_MS
  }

  changed(): void {
    for (const member of this.members) member.sessionChanged()
  }

  /**
   * The reference or token to send. A function of the page is run where its last one is out of date
   * and with `renew`; undefined where it throws.
   */
  async reference(renew = false): Promise<string | undefined> {
    if (typeof this.#source === 'string') return this.#source
    try {
      if (renew || this.#reference === undefined) this.#reference = await this.#source()
      return this.#reference
    } catch {
      return undefined
    }
  }

  /** Whether an expired token can be replaced by a new one. */
  get isRenewable(): boolean {
    return typeof this.#source === 'function'
  }

  /**
   * Drops what a function of the page made before, whose cart may have changed since. Once a
   * payment was begun its order stays, or it could be paid beside another.
   */
  outdate(): void {
    if (!this.isRenewable || this.#isBegun) return
    this.#reference = this.offer = undefined
    this.#loadedAt = 0
  }

  /** Makes `preview` fresh, or sets `fault`; never rejects. */
  load(again = false): Promise<void> {
    if (this.isFresh && !again) return Promise.resolve()
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined
      this.changed()
    })
    return this.#loading
  }

  async #load(renew = false): Promise<void> {
    const answer = await fetchOffer(this.endpoint, await this.reference(renew))
    if ('amount' in answer) {
      this.preview = answer
      this.fault = undefined
      this.#loadedAt = Date.now()
    } else if (answer.code === 'order-token-expired' && this.isRenewable && !renew) {
      await this.#load(true)
    } else {
      this.fault = answer
    }
  }
}

/** `GET /orders/{ref}` without the checkout's client: only what the label needs is checked. */
async function fetchOffer(
  endpoint: string,
  reference: string | undefined,
): Promise<Preview | Fault> {
  // The proxy answers no page without an origin, such as one in a sandbox.
  if (origin === 'null') return { code: 'opaque-origin' }
  if (reference === undefined) return { code: 'order-unavailable' }
  try {
    const asked = fetch(`${endpoint}orders/${encodeURIComponent(reference)}`)
    makeFirstFormatter()
    const response = await asked
    const { status } = response
    const answer = await response.json().catch(() => null)
    if (!response.ok) return { code: String(answer?.code ?? 'unreachable'), status }
    const { value, currency } = answer?.amount ?? {}
    const isMoney = typeof value === 'string' && /^[A-Z]{3}$/.test(currency)
    return isMoney ? answer : { code: 'answer-unreadable', status }
  } catch {
    return { code: 'unreachable' }
  }
}

const shared = new Map<string, OrderSession>()

/** The page's session for an order; one of a function belongs to its button alone. */
export function sessionFor(endpoint: string, source: OrderSource): OrderSession {
  if (typeof source === 'function') return new OrderSession(endpoint, source)
  const name = `${endpoint} ${source}`
  const session = shared.get(name) ?? new OrderSession(endpoint, source)
  shared.set(name, session)
  return session
}
