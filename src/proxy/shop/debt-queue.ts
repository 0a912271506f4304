import { changeOne } from '../payments/change-one.js'
import type { PaymentRecord } from '../payments/record.js'
import { checked } from '../store/condition.js'
import type { Database } from '../store/database.js'

/** What the shop has still to be told; each debt stands on its payment's own row. */
export class DebtQueue {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** At start-up whatever the shop has not heard is due at once. */
  async hasten(): Promise<void> {
    await this.#db.write([{ sql: 'UPDATE payments SET debt_at = :now WHERE debt_at > :now' }])
  }

  async due(limit: number): Promise<string[]> {
    const rows = await this.#db.read(
      `SELECT id FROM payments WHERE debt_at <= :now
        AND (debt_lease_until IS NULL OR debt_lease_until <= :now)
      ORDER BY debt_at LIMIT :limit`,
      { limit },
    )
    return rows.map((row) => String(row.id))
  }

  /** @param lease milliseconds, longer than one delivery may take. */
  async claim(id: string, lease: number): Promise<PaymentRecord | undefined> {
    return changeOne(this.#db, {
      sql: `UPDATE payments SET debt_lease_until = :now + :lease
        WHERE id = :id AND ${checked('debt_at <= :now')}
        AND (debt_lease_until IS NULL OR debt_lease_until <= :now) RETURNING *`,
      params: { id, lease },
    })
  }

  /** The shop heard of this version; a newer debt stays. */
  async clear(id: string, version: number): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET
            debt_at = CASE WHEN debt_version = :version THEN NULL ELSE debt_at END,
            debt_version = CASE WHEN debt_version = :version THEN NULL ELSE debt_version END,
            debt_lease_until = NULL
          WHERE id = :id`,
        params: { id, version },
      },
    ])
  }

  /** There is nobody to be told of what is due. */
  async forgive(): Promise<void> {
    await this.#db.write([
      { sql: 'UPDATE payments SET debt_version = NULL, debt_at = NULL WHERE debt_at <= :now' },
    ])
  }

  /** @param delay milliseconds until the next try; `null` gives up: the debt stays, undelivered. */
  async postpone(id: string, version: number, delay: number | null): Promise<void> {
    const isOf = 'debt_version = :version'
    const next = delay === null ? 'NULL' : ':now + :delay'
    await this.#db.write([
      {
        sql: `UPDATE payments SET
            debt_tries = CASE WHEN ${isOf} THEN debt_tries + 1 ELSE debt_tries END,
            debt_at = CASE WHEN ${isOf} THEN ${next} ELSE debt_at END,
            debt_lease_until = NULL
          WHERE id = :id`,
        params: { id, version, ...(delay === null ? {} : { delay }) },
      },
    ])
  }

  /**
   * What was given up is told once more, under the same id; if the shop does not take it, it is
   * given up again.
   */
  async redeliver(id: string): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET debt_at = :now
          WHERE id = :id AND debt_version IS NOT NULL`,
        params: { id },
        announce: id,
      },
    ])
  }
}
