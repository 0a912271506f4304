import type { PaymentReason } from '../../contract/payment.js'
import type { Database, Row, Statement } from '../store/database.js'
import type { InternalStatus } from './status.js'

/** Who said that a payment changes. */
export type ChangeSource =
  /** The request that made it. */
  | 'payer'
  /** What its create call came to. */
  | 'create-answer'
  | 'notification'
  | 'query'
  | 'clock'
  | 'return'
  /** Its order, looked at again before the provider was called. */
  | 'shop'
  | 'operator'
  /** As it was found when the record began. */
  | 'upgrade'

/** On whose word a statement changes a payment. */
export interface Word {
  source: ChangeSource
  /** An operator's reason. */
  note?: string
}

/** What a payment was from one version on. Amounts are minor units. */
export interface PaymentChange {
  version: number
  /** Milliseconds since the epoch. */
  at: number
  source: ChangeSource
  status: InternalStatus
  rank: number
  reason: PaymentReason | null
  received: bigint | null
  note: string | null
}

/**
 * What writes down, in the commit that changed them, the payments `where` as they now are. A
 * version stands in the record once, so one that was not changed adds nothing.
 *
 * @param where over columns of `payments`, with the parameters that it is then given.
 */
export function recordingOf(
  where: string,
): (params: NonNullable<Statement['params']>, word: Word) => Statement {
  const sql = `INSERT INTO payment_changes
      (payment_id, version, changed_at, source, status, rank, reason, received, note)
    SELECT id, version, :now, :source, status, rank, reason, received, :note
    FROM payments WHERE ${where}
    ON CONFLICT (payment_id, version) DO NOTHING`
  return (params, { source, note }) => ({ sql, params: { ...params, source, note: note ?? null } })
}

const recordOne = recordingOf('id = :id')

export function recordChange(id: string, word: Word): Statement {
  return recordOne({ id }, word)
}

/** Everything that changed one payment, the first change first. */
export async function readChanges(db: Database, paymentId: string): Promise<PaymentChange[]> {
  const rows = await db.read(
    'SELECT * FROM payment_changes WHERE payment_id = :id ORDER BY version',
    { id: paymentId },
  )
  return rows.map(toChange)
}

function toChange(row: Row): PaymentChange {
  return {
    version: Number(row.version),
    at: Number(row.changed_at),
    source: row.source as ChangeSource,
    status: row.status as InternalStatus,
    rank: Number(row.rank),
    reason: row.reason as PaymentReason | null,
    received: row.received == null ? null : BigInt(row.received),
    note: row.note == null ? null : String(row.note),
  }
}
