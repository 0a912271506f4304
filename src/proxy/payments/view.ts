import { fromMinor } from '../../contract/money.js'
import type { Next, Payment } from '../../contract/payment.js'
import type { PaymentChange } from './changes.js'
import type { RecordEntry } from './operator-schemas.js'
import type { PaymentRecord, SeenPayment } from './record.js'
import { publicStatus, RANKS } from './status.js'

/** What anybody who knows a payment's id may see of it. */
export function toPayment(record: SeenPayment, now: number): Payment {
  return { ...lasting(record), now: iso(now) }
}

const written = new WeakMap<SeenPayment, string>()

/**
 * The same as JSON. All but the time is written once for each record: those who wait for a payment
 * are told of the same one.
 */
export function paymentJson(record: SeenPayment, now: number): string {
  let text = written.get(record)
  if (text === undefined) {
    text = JSON.stringify(lasting(record)).slice(0, -1)
    written.set(record, text)
  }
  return `${text},"now":"${iso(now)}"}`
}

function lasting(record: SeenPayment): Omit<Payment, 'now'> {
  const money = (minor: bigint) => ({ value: fromMinor(minor), currency: record.currency })
  return {
    id: record.id,
    order: record.orderId,
    channel: record.channel,
    amount: money(record.amount),
    status: publicStatus(record.status),
    version: record.version,
    ...(record.reason === null ? {} : { reason: record.reason }),
    ...(record.received === null ? {} : { received: money(record.received) }),
    next: usableNext(record),
    createdAt: iso(record.createdAt),
    updatedAt: iso(record.updatedAt),
    ...(record.returnedAt === null ? {} : { returnedAt: iso(record.returnedAt) }),
    ...(record.test ? { test: true } : {}),
  }
}

/** A payment's record as its operator sees it, from the request that made it. */
export function toRecordEntries(
  { createdAt, currency }: PaymentRecord,
  changes: readonly PaymentChange[],
): RecordEntry[] {
  const made: PaymentChange = {
    version: 1,
    at: createdAt,
    source: 'payer',
    status: 'created',
    rank: RANKS.created,
    reason: null,
    received: null,
    note: null,
  }
  return [made, ...changes].map((change, index, all) => {
    const before = index === 0 ? undefined : all[index - 1]
    const { version, at, source, received, note } = change
    return {
      version,
      at: iso(at),
      source,
      ...(before ? { was: toState(before) } : {}),
      ...toState(change),
      ...(received === null ? {} : { received: { value: fromMinor(received), currency } }),
      ...(note === null ? {} : { note }),
    }
  })
}

function toState({ status, rank, reason }: PaymentChange) {
  return { status, rank, ...(reason === null ? {} : { reason }) }
}

/** A link or code that should still be paid; one of an order that was paid otherwise is not. */
function usableNext({ status, reason, next }: SeenPayment): Next | null {
  const isOpen = status === 'requires_action' || status === 'processing'
  return isOpen && reason !== 'order-paid' ? next : null
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
