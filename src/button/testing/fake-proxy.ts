import type { Offer } from '../../contract/offer.js'
import type { CreatePayment, Payment } from '../../contract/payment.js'
import { offer, payment } from './payment.js'

/** A request that the button made. */
export interface Asked {
  method: string
  /** Below the endpoint, with its query. */
  path: string
  key: string | null
  body: CreatePayment | undefined
}

type Reply = Response | Promise<Response>

/** The problem that a proxy answers with. */
export function problem(status: number, code: string, more: object = {}): Response {
  return json({ type: 'about:blank', title: code, status, detail: code, code, ...more }, status)
}

export function json(body: unknown, status = 200, headers: HeadersInit = {}): Response {
  return new Response(JSON.stringify(body), { status, headers })
}

/** Plays the proxy's payments in place of `fetch`, under an endpoint of its own. */
export class FakeProxy {
  /** Of its own, as tests in another tab would be heard too. */
  readonly endpoint = `https://${crypto.randomUUID()}.shop.example/`
  readonly asked: Asked[] = []
  readonly #real = globalThis.fetch
  readonly #payments = new Map<string, Payment>()
  readonly #byKey = new Map<string, string>()
  readonly #parked = new Set<() => void>()
  offer: Offer = offer()
  /** What a new payment looks like. */
  made: Partial<Payment> = { next: { type: 'redirect', url: 'https://cashier.example/1' } }
  /** Answers in place of the proxy's own; undefined lets it answer. */
  answer: (asked: Asked) => Reply | undefined = () => undefined

  constructor() {
    globalThis.fetch = (input, init) => {
      const request = new Request(input, init)
      return request.url.startsWith(this.endpoint)
        ? this.#receive(request)
        : this.#real(input, init)
    }
  }

  restore(): void {
    globalThis.fetch = this.#real
  }

  /** The requests of a method and the start of a path. */
  askedFor(method: string, path: string): Asked[] {
    return this.asked.filter((asked) => asked.method === method && asked.path.startsWith(path))
  }

  /** A payment that the proxy has, told to whoever waits. */
  tell(patch: Partial<Payment>): void {
    const id = patch.id ?? 'pay_1'
    const before = this.#payments.get(id)
    const version = (before?.version ?? 0) + 1
    this.#payments.set(id, payment({ ...before, id, version, ...patch }))
    const parked = [...this.#parked]
    this.#parked.clear()
    for (const answer of parked) answer()
  }

  /** How many waits are parked. */
  get waits(): number {
    return this.#parked.size
  }

  async #receive(request: Request): Promise<Response> {
    const { method, signal, headers } = request
    const path = request.url.slice(this.endpoint.length)
    const body = method === 'POST' ? await request.json() : undefined
    const asked = { method, path, key: headers.get('idempotency-key'), body }
    this.asked.push(asked)
    return (await this.answer(asked)) ?? this.#reply(asked, signal)
  }

  async #reply({ method, path, key, body }: Asked, signal: AbortSignal): Promise<Response> {
    if (path.startsWith('orders/')) return json(this.offer)
    if (method === 'POST' && body) return this.#create(key ?? '', body)
    const { pathname, searchParams } = new URL(path, this.endpoint)
    const id =
      this.#byKey.get(searchParams.get('key') ?? '') ??
      decodeURIComponent(pathname.split('/')[2] ?? '')
    const known = this.#payments.get(id)
    if (!known) return problem(404, 'payment-not-found')
    if (searchParams.get('version') !== String(known.version)) return json(known)
    await new Promise<void>((resolve, reject) => {
      this.#parked.add(resolve)
      signal.addEventListener('abort', () => {
        this.#parked.delete(resolve)
        reject(signal.reason)
      })
    })
    return json(this.#payments.get(id))
  }

  #create(key: string, { channel, amount }: CreatePayment): Response {
    const known = this.#byKey.get(key)
    if (known) return json(this.#payments.get(known))
    const id = this.made.id ?? `pay_${this.#byKey.size + 1}`
    this.#byKey.set(key, id)
    this.tell({ channel, amount, order: this.offer.order, ...this.made, id })
    return json(this.#payments.get(id), 201)
  }
}
