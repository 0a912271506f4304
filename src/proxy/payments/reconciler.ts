import type { InFlight } from '../in-flight.js'
import { errorName, type Logger } from '../log.js'
import type { Provider } from '../providers/provider.js'
import type { Settings } from '../settings.js'
import { applyReport } from './apply-report.js'
import type { Move } from './move.js'
import type { PaymentStore } from './payment-store.js'
import type { ProviderCalls } from './provider-calls.js'
import type { QueryQueue } from './query-queue.js'
import { queryGap, startPlan } from './query-schedule.js'
import type { PaymentRecord } from './record.js'
import { CLOSED_RANK } from './status.js'

const BATCH = 200

interface Parts {
  store: PaymentStore
  queue: QueryQueue
  settings: Settings
  log: Logger
  inFlight: InFlight
  calls: ProviderCalls
  providers: ReadonlyMap<string, Provider>
}

/** Finds out what became of payments that nobody told us about, and ends those whose time is up. */
export class Reconciler {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Begins every query that is due and does all that only the clock does. */
  async sweep(): Promise<void> {
    await this.#endOverdue()
    await this.#parts.queue.markUnknownOutcomes()
    for (const provider of this.#parts.providers.values()) await this.#queryDue(provider)
  }

  /** No more than the provider's places: a slow one keeps nobody else waiting. */
  async #queryDue(provider: Provider): Promise<void> {
    const { queue, calls, inFlight, log } = this.#parts
    for (const payment of await queue.dueQueries(provider.id, calls.queriesLeft(provider))) {
      void inFlight.track(() =>
        calls
          .asQuery(provider, () => this.#ask(provider, payment))
          .catch((error) =>
            log.error({ payment: payment.id, error: errorName(error) }, 'query failed'),
          ),
      )
    }
  }

  async #ask(provider: Provider, due: PaymentRecord): Promise<void> {
    const { store, queue, calls, settings } = this.#parts
    const gap = queryGap(due.queryPlan ?? 'open', due.queryStep + 1, settings.querySchedule)
    const payment = await queue.claimQuery(due.id, gap)
    if (!payment) return
    try {
      const report = await calls.query(provider, {
        tradeNo: payment.tradeNo,
        providerReference: payment.providerReference ?? undefined,
      })
      if (!report) return
      await applyReport(this.#parts, provider, payment, report, 'query')
      const isOver = (payment.queriedAt ?? 0) >= payment.expiresAt
      if (isOver && report.says === 'pending' && payment.rank < CLOSED_RANK) {
        await store.advance(payment, 'clock', { status: 'expired' })
      }
    } finally {
      await queue.releaseQuery(payment.id)
    }
  }

  /** A lease that is over, a row that nobody took up, a grace in which nobody answered. */
  async #endOverdue(): Promise<void> {
    const { store, queue, settings, log } = this.#parts
    for (const payment of await queue.overdue(BATCH)) {
      const move = await store.advance(payment, 'clock', endOf(payment, settings))
      if (move) log.warn({ payment: move.id, status: move.status }, 'payment ended by the clock')
    }
  }
}

function endOf({ status }: PaymentRecord, { querySchedule }: Settings): Move {
  switch (status) {
    case 'created':
      return { status: 'expired', reason: 'interrupted', queries: null }
    case 'submitting':
      return {
        status: 'unknown',
        queries: startPlan('unknown', querySchedule),
      }
    default:
      return { status: 'expired' }
  }
}
