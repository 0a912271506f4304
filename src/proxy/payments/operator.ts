import type * as z from 'zod'
import type { Payment } from '../../contract/payment.js'
import { ProblemError } from '../http/problem.js'
import type { Logger } from '../log.js'
import type { DebtQueue } from '../shop/debt-queue.js'
import type { Database } from '../store/database.js'
import { readChanges } from './changes.js'
import {
  type PaymentFilter,
  type PaymentPage,
  paymentFilterSchema,
  type RecordEntry,
  type Resolution,
  resolutionSchema,
} from './operator-schemas.js'
import type { PaymentStore } from './payment-store.js'
import type { PaymentRecord, SeenPayment } from './record.js'
import { resolve } from './resolutions.js'
import { toPayment, toRecordEntries } from './view.js'

const PAGE = 100

interface Parts {
  database: Database
  store: PaymentStore
  debts: DebtQueue
  log: Logger
  moved: (payment: SeenPayment) => void
  now: () => number
}

/** What the shop's own people may see and do, over HTTP and from the library alike. */
export class Operator {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws {ProblemError} `body-invalid` */
  async payments(filter: unknown): Promise<PaymentPage> {
    const { cursor, ...wanted }: PaymentFilter = parse(paymentFilterSchema, filter)
    const { store, now } = this.#parts
    const found = await store.list({ ...wanted, before: cursor, limit: PAGE + 1 })
    const page = found.slice(0, PAGE)
    const time = now()
    const last = page.at(-1)
    return {
      payments: page.map((payment) => toPayment(payment, time)),
      ...(found.length > PAGE && last ? { next: last.id } : {}),
    }
  }

  /** @throws {ProblemError} `body-invalid`, `payment-not-found` */
  async resolve(id: string, resolution: unknown): Promise<Payment> {
    const { status, note }: Resolution = parse(resolutionSchema, resolution)
    const { database, log, moved, now } = this.#parts
    const resolved = await resolve(database, await this.#found(id), status, note)
    if (resolved) {
      moved(resolved)
      const { orderId, channel, reason } = resolved
      log.warn(
        { payment: id, order: orderId, channel, status, ...(reason ? { reason } : {}) },
        'payment resolved by an operator',
      )
    }
    return toPayment(resolved ?? (await this.#found(id)), now())
  }

  /** @throws {ProblemError} `payment-not-found` */
  async record(id: string): Promise<RecordEntry[]> {
    const payment = await this.#found(id)
    return toRecordEntries(payment, await readChanges(this.#parts.database, id))
  }

  /** @throws {ProblemError} `payment-not-found` */
  async redeliver(id: string): Promise<Payment> {
    const { debts, now } = this.#parts
    const payment = await this.#found(id)
    await debts.redeliver(id)
    return toPayment(payment, now())
  }

  async #found(id: string): Promise<PaymentRecord> {
    const payment = await this.#parts.store.byId(id)
    if (!payment) throw new ProblemError('payment-not-found')
    return payment
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  // Only our own names: what else was sent may be anything.
  const members = parsed.error.issues.map(({ path }) => String(path[0] ?? 'an unknown member'))
  throw new ProblemError('body-invalid', {
    detail: `Not as expected: ${[...new Set(members)].join(', ')}.`,
  })
}
