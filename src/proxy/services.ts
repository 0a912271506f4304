import type { PayerIp } from './http/client-ip.js'
import type { Logger } from './log.js'
import type { OrderSource } from './orders/source.js'
import type { PaymentCreator } from './payments/create-payment.js'
import type { Operator } from './payments/operator.js'
import type { PaymentStore } from './payments/payment-store.js'
import type { QueryQueue } from './payments/query-queue.js'
import type { SeenPayment } from './payments/record.js'
import type { Waiters } from './payments/waiters.js'
import type { Provider } from './providers/provider.js'
import type { PackedFile } from './scripts/script-file.js'
import type { Settings } from './settings.js'
import type { Ticker } from './ticker.js'

/** What the routes work with. */
export interface Services {
  settings: Settings
  providers: ReadonlyMap<string, Provider>
  orders: OrderSource
  store: PaymentStore
  queue: QueryQueue
  creator: PaymentCreator
  operator: Operator
  waiters: Waiters<SeenPayment | undefined>
  /** Runs the queries that are due. */
  queries: Ticker
  clientIp: PayerIp
  /** A chunk of another release of the script. */
  findKeptChunk: (name: string) => Promise<PackedFile | undefined>
  /**
   * Resolves where requests can be taken: what an earlier end left is taken up, and the store can
   * be written.
   *
   * @throws {StoreUnavailableError}
   */
  ready: () => Promise<void>
  log: Logger
  /** The database's clock, milliseconds since the epoch. */
  now: () => number
}
