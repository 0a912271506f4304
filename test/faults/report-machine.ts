import { setImmediate as turn } from 'node:timers/promises'
import { InFlight } from '../../src/proxy/in-flight.js'
import type { Logger } from '../../src/proxy/log.js'
import { applyReport } from '../../src/proxy/payments/apply-report.js'
import { recordOutcome } from '../../src/proxy/payments/outcome.js'
import { PaymentStore } from '../../src/proxy/payments/payment-store.js'
import { ProviderCalls } from '../../src/proxy/payments/provider-calls.js'
import { QueryQueue } from '../../src/proxy/payments/query-queue.js'
import { Reconciler } from '../../src/proxy/payments/reconciler.js'
import type { PaymentRecord } from '../../src/proxy/payments/record.js'
import { vexora } from '../../src/proxy/providers/vexora/index.js'
import type { Settings } from '../../src/proxy/settings.js'
import { DebtQueue } from '../../src/proxy/shop/debt-queue.js'
import { Deliveries } from '../../src/proxy/shop/deliveries.js'
import type { PaymentEvent } from '../../src/proxy/shop/event.js'
import type { Database } from '../../src/proxy/store/database.js'
import { noTelemetry } from '../../src/proxy/telemetry/telemetry.js'
import {
  AMOUNT,
  type Heard,
  MERCHANT,
  referenceOf,
  type Story,
  toReport,
  tradeNoOf,
} from './reports.js'

const HOUR = 3_600_000
const SETTINGS: Settings = {
  mode: 'test',
  publicUrl: 'http://localhost:8787',
  origins: [],
  secrets: ['a-secret-of-32-bytes-or-more-0123456789'],
  apiKeys: [],
  shopName: undefined,
  lifetime: 24 * HOUR,
  grace: 72 * HOUR,
  querySchedule: [15_000, HOUR],
}
const ORDER = 'A-1'
/** Longer than the lease of a call; a dozen of them are less than ten minutes. */
const LEASE = 31_000

/** How the payments of a story stood, and what the shop was told. */
export interface Ending {
  /** When all was heard. */
  stood: PaymentRecord[]
  /** When all was heard once more. */
  again: PaymentRecord[]
  /** After the lifetime and the grace. */
  closed: PaymentRecord[]
  /** How many changes of each are on record then. */
  changes: number[]
  events: PaymentEvent[]
  /** Of the payer's address. */
  successes: number
}

/** The code that reports go through in the proxy, from the verified report to the shop. */
export function reportMachine(db: Database, clock: { offset: number }) {
  const log: Logger = { info() {}, warn() {}, error() {} }
  const silent = {
    send: () => Promise.reject(new Error('the provider says nothing')),
    close: async () => {},
  }
  const store = new PaymentStore(db)
  const queue = new QueryQueue(db)
  const inFlight = new InFlight()
  const provider = vexora.taiwan({
    baseUrl: 'http://localhost/vexora',
    merchantNo: MERCHANT,
    appSecret: 'unused',
  })
  const now = () => db.now()
  const calls = new ProviderCalls(silent, log, now, noTelemetry)
  const parts = { store, queue, settings: SETTINGS, log, inFlight, calls }
  const reconciler = new Reconciler({ ...parts, providers: new Map([[provider.id, provider]]) })
  let events: PaymentEvent[] = []
  let deliveries = 0
  let story = 0
  const tell = async (event: PaymentEvent) => {
    deliveries += 1
    // Time enough for the payment to move on meanwhile.
    await turn()
    await turn()
    // The shop has taken it, and its answer is lost.
    events.push(event)
    if (deliveries % 3 === 0) throw new Error('no answer')
  }
  const shop = new Deliveries({
    debts: new DebtQueue(db),
    tell,
    log,
    inFlight,
    telemetry: noTelemetry,
    now,
  })

  const records = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await store.byId(id)) ?? missing(id)))
  const changesOf = async (id: string) => {
    const [row] = await db.read(
      'SELECT count(*) AS changes FROM payment_changes WHERE payment_id = :id',
      { id },
    )
    return Number(row?.changes)
  }
  const tellShop = async () => {
    await shop.sweep()
    await inFlight.settled()
  }
  const passes = async (milliseconds: number) => {
    clock.offset += milliseconds
    await reconciler.sweep()
    await inFlight.settled()
    await tellShop()
  }

  async function begin(payments: number): Promise<string[]> {
    const ids: string[] = []
    for (let index = 0; index < payments; index += 1) {
      // The record of changes is never emptied.
      const id = `pay_${story}_${index}`
      ids.push(id)
      await store.insert({
        id,
        idempotencyKey: `key-${index}`,
        fingerprint: '',
        orderId: ORDER,
        provider: provider.id,
        channel: 'vexora-taiwan:EWALLET',
        way: null,
        amount: AMOUNT,
        currency: 'TWD',
        test: true,
        tradeNo: tradeNoOf(index),
        returnTo: null,
        tokenIssuedAt: null,
        lifetime: SETTINGS.lifetime,
        grace: SETTINGS.grace,
      })
      await store.submit(id, { key: 'ip', payments: 10, successes: 3, forgetAt: 0 })
      if (index < payments - 1) await answer(id, index, 'accepted')
    }
    return ids
  }

  async function answer(id: string, index: number, outcome: 'accepted' | 'refused' | 'unknown') {
    const [payment] = await records([id])
    if (!payment) return
    const created =
      outcome === 'accepted'
        ? {
            outcome,
            next: { type: 'redirect' as const, url: 'http://localhost/cashier' },
            providerReference: referenceOf(index),
          }
        : { outcome, code: 'x' }
    await recordOutcome(store, SETTINGS, provider, payment, created)
  }

  async function hear(ids: readonly string[], heard: Heard): Promise<void> {
    if (heard.from === 'clock') return passes(LEASE)
    const id = ids[heard.payment] ?? ''
    if (heard.from === 'create') return answer(id, heard.payment, heard.outcome)
    const [payment] = await records([id])
    if (payment) await applyReport(parts, provider, payment, toReport(heard), heard.by)
  }

  return {
    async play({ payments, batches }: Story): Promise<Ending> {
      for (const table of ['payments', 'order_locks', 'ip_days']) {
        await db.write([{ sql: `DELETE FROM ${table}` }])
      }
      events = []
      story += 1
      const ids = await begin(payments)
      for (const batch of batches) {
        await Promise.all([tellShop(), ...batch.map((heard) => hear(ids, heard))])
      }
      const stood = await records(ids)
      for (const heard of batches.flat()) if (heard.from === 'report') await hear(ids, heard)
      const again = await records(ids)
      for (let tries = 0; tries < 4; tries += 1) await passes(10_000)
      await passes(SETTINGS.lifetime + SETTINGS.grace)
      await passes(10_000)
      const [ip] = await db.read('SELECT successes FROM ip_days')
      return {
        stood,
        again,
        closed: await records(ids),
        changes: await Promise.all(ids.map(changesOf)),
        events,
        successes: Number(ip?.successes ?? 0),
      }
    },
  }
}

function missing(id: string): never {
  throw new Error(`no payment ${id}`)
}
