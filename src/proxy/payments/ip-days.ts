import type { Database } from '../store/database.js'

/** Calls and successes of payers' addresses, counted for each day. */
export class IpDays {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  async read(key: string): Promise<{ calls: number; successes: number }> {
    const row = await this.#db.first('SELECT * FROM ip_days WHERE ip_key = :ip_key', {
      ip_key: key,
    })
    return { calls: Number(row?.calls ?? 0), successes: Number(row?.successes ?? 0) }
  }

  async forgetOld(): Promise<void> {
    await this.#db.write([{ sql: 'DELETE FROM ip_days WHERE forget_at <= :now' }])
  }
}
