import type { ClientIp } from './http/client-ip.js'
import type { Logger } from './log.js'
import type { HttpClient } from './net/http-client.js'
import type { Mode } from './net/urls.js'
import type { FindOrder } from './orders/order.js'
import type { Provider } from './providers/provider.js'
import type { TellShop } from './shop/event.js'
import type { Database } from './store/database.js'
import type { Telemetry } from './telemetry/telemetry.js'

/** One secret of 32 bytes or more, or several: all are accepted, the first is used. */
export type Secrets = string | readonly string[]

export interface PayProxyOptions {
  /** How payers and providers reach it, with its path: `https://shop.example/pay`. */
  publicUrl: string
  /** The shop's origins: whose pages may show the button. */
  origins: readonly string[]
  /** Keys our own hashes. */
  secret: Secrets
  /** How an order is found by the reference on the page, or the secret of order tokens. */
  orders: FindOrder | { secret: Secrets }
  /** In the order in which their channels are offered. */
  providers: readonly Provider[]
  /** `sqlite('./pay-button.db')`. */
  store: Database
  /** Told at least once of every payment that moved, until it resolves. */
  onPayment?: TellShop
  /** The same by Standard Webhooks, for a shop that is another process. */
  webhook?: { url: string; secret: string }
  /** The payer's address, where the runtime does not tell. The default is for Node. */
  clientIp?: ClientIp
  /** CIDRs whose `X-Forwarded-For` is believed. None by default. */
  trustedProxies?: readonly string[]
  /** `test` marks every payment and event, and allows `http:` to loopback. `live` by default. */
  mode?: Mode
  /** The offer's `seller`. */
  shopName?: string
  /** For the shop's server: `Authorization: Bearer …`. Its routes are shut without one. */
  apiKey?: Secrets
  /** Milliseconds that a payment lives where its provider gives no expiry. 24 h by default. */
  lifetime?: number
  /** Milliseconds after it in which late money is still looked for. 72 h by default. */
  grace?: number
  /** Milliseconds between two queries of a payment; the last one repeats. */
  querySchedule?: readonly number[]
  /** pino fits; JSON lines on standard output by default. */
  log?: Logger
  /** Metrics and traces: `openTelemetry()` of `pay-button-proxy/telemetry`. None by default. */
  telemetry?: Telemetry
  /** Calls providers and the webhook; undici by default. */
  http?: HttpClient
}

/** An option is missing or cannot be used. Its value is never part of the message. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  /** `publicUrl`, or of a provider `vexora-taiwan.baseUrl`. */
  readonly option: string
  /** What is wrong with it. */
  readonly what: string

  constructor(option: string, what: string) {
    super(`${option} ${what}`)
    this.option = option
    this.what = what
  }
}
