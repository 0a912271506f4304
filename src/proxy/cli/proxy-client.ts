import * as z from 'zod'
import { paymentSchema } from '../../contract/payment.js'
import { problemSchema } from '../../contract/problem.js'
import { list, needed, Variables } from '../environment/variables.js'
import { errorName } from '../log.js'
import {
  type PaymentPage,
  paymentPageSchema,
  type RecordEntry,
  type Resolution,
  recordSchema,
} from '../payments/operator-schemas.js'
import { ProxyCallError } from './proxy-call-error.js'
import { UsageError } from './usage-error.js'

/** Milliseconds. */
const TIMEOUT = 30_000

type Payment = z.infer<typeof paymentSchema>

/** The routes of the running proxy that are its operator's. */
export class ProxyClient {
  readonly #url: string
  readonly #key: string

  /**
   * @param url where the proxy is reached, with its path; `PAY_PUBLIC_URL` if left out. The key is
   *   always `PAY_API_KEY`: what stands on a command line is seen by every user of the machine.
   * @throws {ConfigurationError} when a variable is missing.
   * @throws {UsageError}
   */
  constructor(url: string | undefined) {
    const variables = new Variables(process.env)
    this.#url = (url ?? needed(variables, 'PAY_PUBLIC_URL')).replace(/\/+$/, '')
    const isHttp = URL.canParse(this.#url) && /^https?:$/.test(new URL(this.#url).protocol)
    if (!isHttp) throw new UsageError('pay-button-proxy: --url must be an http: or https: URL')
    this.#key = list(needed(variables, 'PAY_API_KEY'), ' ')[0] ?? ''
  }

  payments(filter: Readonly<Record<string, string>>): Promise<PaymentPage> {
    return this.#ask(`/payments?${new URLSearchParams(filter)}`, paymentPageSchema)
  }

  async record(id: string): Promise<RecordEntry[]> {
    return (await this.#ask(`${pathOf(id)}/record`, recordSchema)).record
  }

  resolve(id: string, resolution: Resolution): Promise<Payment> {
    return this.#ask(`${pathOf(id)}/resolve`, paymentSchema, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(resolution),
    })
  }

  redeliver(id: string): Promise<Payment> {
    return this.#ask(`${pathOf(id)}/redeliver`, paymentSchema, { method: 'POST' })
  }

  /** @throws {ProxyCallError} */
  async #ask<T>(path: string, schema: z.core.$ZodType<T>, init: RequestInit = {}): Promise<T> {
    const response = await this.#send(path, init)
    const body: unknown = await response.json().catch(() => undefined)
    const problem = problemSchema.safeParse(body)
    if (!response.ok && problem.success) throw new ProxyCallError(sentence(problem.data))
    const parsed = z.safeParse(schema, body)
    if (!response.ok || !parsed.success) {
      throw new ProxyCallError(`${this.#url} does not answer as a pay-button-proxy`)
    }
    return parsed.data
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(this.#url + path, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${this.#key}` },
        // The key goes nowhere else.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      })
    } catch (error) {
      throw new ProxyCallError(`${this.#url} cannot be reached (${errorName(error)})`)
    }
  }
}

function pathOf(id: string): string {
  return `/payments/${encodeURIComponent(id)}`
}

function sentence({ code, detail }: z.infer<typeof problemSchema>): string {
  switch (code) {
    case 'unauthorized':
      return 'the proxy does not accept PAY_API_KEY, or has none itself'
    case 'payment-not-found':
      return 'there is no such payment'
    default:
      return `${detail ?? 'the proxy refused'} (${code})`
  }
}
