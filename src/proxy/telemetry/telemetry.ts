import type { PaymentEventType, SeenPayment } from '../payments/record.js'

/** Something that takes its time because somebody else is asked. Holds nothing of the payer. */
export type Activity =
  | { kind: 'create' | 'query'; provider: string; tradeNo: string }
  | { kind: 'delivery'; type: PaymentEventType; tradeNo: string }

/** What stands at one moment. All but the waiters are of the store, the same in each process. */
export interface Levels {
  /** Requests of this process that wait for a payment to change. */
  waiters: number
  /** Events that the shop has still to be told. */
  debts: number
  /** Events that it was told of in vain for three days. */
  undelivered: number
  /** Payments whose query is due. */
  dueQueries: number
}

/** Who measures the proxy from outside: `openTelemetry()` of `pay-button-proxy/telemetry`. */
export interface Telemetry {
  /** Runs the work as one span, and counts how long it took by what came of it. */
  measure<T>(
    activity: Activity,
    work: () => Promise<T>,
    outcomeOf: (result: T) => string,
  ): Promise<T>
  /** A payment came to another status, once whatever told it. */
  moved(payment: Pick<SeenPayment, 'provider' | 'channel' | 'status' | 'test'>): void
  /** Looks at the levels whenever somebody collects them, until the returned function is called. */
  observe(read: () => Promise<Levels>): () => void
}

/** Measures nothing. */
export const noTelemetry: Telemetry = {
  measure: (_, work) => work(),
  moved: () => {},
  observe: () => () => {},
}
