export type { Money } from '../contract/money.js'
export type { Channel, ChannelKind, Field, Offer } from '../contract/offer.js'
export type { PayerValues } from '../contract/payer-fields.js'
export type { Next, Payment, PaymentReason, PaymentStatus } from '../contract/payment.js'
export { createPayProxy, type PayProxy } from './create-pay-proxy.js'
export { type Configured, configure } from './environment/environment.js'
export { ProblemError } from './http/problem.js'
export type { LogFields, Logger } from './log.js'
export { fetchClient } from './net/fetch-client.js'
export { type HttpClient, UnreachableError } from './net/http-client.js'
export { ConfigurationError, type PayProxyOptions } from './options.js'
export type { FindOrder, Order } from './orders/order.js'
export { signOrder } from './orders/token.js'
export type {
  PaymentFilter,
  PaymentPage,
  RecordEntry,
  Resolution,
} from './payments/operator-schemas.js'
export { type ChingChingPayOptions, chingchingpay } from './providers/chingchingpay/index.js'
export { type PayCoolsOptions, paycools } from './providers/paycools/index.js'
export type * from './providers/provider.js'
export {
  type VexoraCardOptions,
  type VexoraTaiwanOptions,
  vexora,
} from './providers/vexora/index.js'
export type { PaymentEvent, TellShop } from './shop/event.js'
export { type Database, StoreUnavailableError, StoreUnusableError } from './store/database.js'
export { type PostgresOptions, postgres } from './store/postgres.js'
export { type SqliteOptions, sqlite } from './store/sqlite.js'
export type { Activity, Levels, Telemetry } from './telemetry/telemetry.js'
