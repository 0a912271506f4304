import { checked } from '../store/condition.js'
import type { Database, Statement } from '../store/database.js'
import { changeOne } from './change-one.js'
import { recordingOf } from './changes.js'
import { LIMITS } from './limits.js'
import { type PaymentRecord, toRecord } from './record.js'
import { CLOSED_RANK, RANKS, SETTLED_RANK } from './status.js'

/** In the words of the index of open payments: SQLite uses it for nothing else. */
const IS_OPEN = `rank < ${CLOSED_RANK}`
const AWAITED_RANKS = [RANKS.unknown, RANKS.requires_action, RANKS.processing]

const recordUnknownOutcomes = recordingOf(
  `${IS_OPEN} AND rank = ${RANKS.unknown} AND reason = 'unknown-outcome'`,
)

/** Which payments are to be asked about, and which ones only the clock can end. */
export class QueryQueue {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Makes the next query of a payment due, to no more than one in 2 s. */
  async bringQueryForward(id: string): Promise<void> {
    await this.#db.write([bringForward(id)])
  }

  async dueQueries(provider: string, limit: number): Promise<PaymentRecord[]> {
    return this.#many(
      `SELECT * FROM payments
      WHERE provider = :provider AND query_at <= :now AND rank < ${SETTLED_RANK}
        AND (query_lease_until IS NULL OR query_lease_until <= :now)
      ORDER BY query_at LIMIT :limit`,
      { provider, limit },
    )
  }

  /**
   * Claims the due query of a payment for this process and plans the next one, `gap` milliseconds
   * on, but at the end of its lifetime if that comes first and none after its grace.
   */
  async claimQuery(id: string, gap: number): Promise<PaymentRecord | undefined> {
    return changeOne(this.#db, {
      sql: `UPDATE payments SET queried_at = :now, query_step = query_step + 1,
          query_lease_until = :now + ${LIMITS.queryLease},
          query_at = CASE
            WHEN :now >= grace_until THEN NULL
            WHEN :now < expires_at AND expires_at < :now + :gap THEN expires_at
            ELSE :now + :gap END
        WHERE id = :id AND ${checked('query_at <= :now')} AND rank < ${SETTLED_RANK}
          AND (query_lease_until IS NULL OR query_lease_until <= :now)
        RETURNING *`,
      params: { id, gap },
    })
  }

  async releaseQuery(id: string): Promise<void> {
    await this.#db.write([
      { sql: 'UPDATE payments SET query_lease_until = NULL WHERE id = :id', params: { id } },
    ])
  }

  /** A lease that is over, a row that nobody took up, a grace in which nobody answered. */
  async overdue(limit: number): Promise<PaymentRecord[]> {
    const abandoned = `CASE WHEN rank = ${RANKS.created} THEN ${LIMITS.abandonedAfterLease} ELSE 0 END`
    const leases = await this.#many(
      `SELECT * FROM payments
      WHERE ${IS_OPEN} AND rank <= ${RANKS.submitting} AND lease_until <= :now - ${abandoned}
      LIMIT :limit`,
      { limit },
    )
    const graces = await this.#many(
      `SELECT * FROM payments
      WHERE ${IS_OPEN} AND rank IN (${AWAITED_RANKS}) AND grace_until <= :now
      LIMIT :limit`,
      { limit },
    )
    return [...leases, ...graces]
  }

  /** An unknown outcome that is too old to lock its order keeps its status and says so. */
  async markUnknownOutcomes(): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET reason = 'unknown-outcome', version = version + 1,
            updated_at = :now
          WHERE ${IS_OPEN} AND rank = ${RANKS.unknown} AND reason IS NULL
            AND created_at <= :now - ${LIMITS.unknownLocks} RETURNING id`,
        many: true,
        required: true,
        announce: true,
      },
      recordUnknownOutcomes({}, { source: 'clock' }),
    ])
  }

  /** Where no other process can be alive, whatever was in flight here has ended. */
  async endLeases(): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET lease_until = :now
          WHERE ${IS_OPEN} AND rank <= ${RANKS.submitting} AND lease_until > :now`,
      },
      {
        sql: `UPDATE payments SET query_lease_until = NULL
          WHERE query_at IS NOT NULL AND query_lease_until IS NOT NULL`,
      },
      {
        sql: `UPDATE payments SET debt_lease_until = NULL
          WHERE debt_at IS NOT NULL AND debt_lease_until IS NOT NULL`,
      },
    ])
  }

  async #many(sql: string, params: Record<string, string | number>): Promise<PaymentRecord[]> {
    return (await this.#db.read(sql, params)).map(toRecord)
  }
}

/** Due now, or two seconds after the last one. */
export function bringForward(id: string): Statement {
  const soonest = `CASE WHEN queried_at > :now - ${LIMITS.queryAtMostEvery}
    THEN queried_at + ${LIMITS.queryAtMostEvery} ELSE :now END`
  return {
    sql: `UPDATE payments SET query_at = ${soonest}
      WHERE id = :id AND rank < ${SETTLED_RANK} AND query_plan IS NOT NULL
        AND (query_at IS NULL OR query_at > ${soonest})`,
    params: { id },
  }
}
