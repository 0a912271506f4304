import type { Database } from '../store/database.js'
import type { Levels } from '../telemetry/telemetry.js'

/** How much is owed, given up and due. @throws {StoreUnavailableError} */
export async function readLevels(db: Database): Promise<Omit<Levels, 'waiters'>> {
  const row = await db.first(`SELECT
    (SELECT count(*) FROM payments WHERE debt_at IS NOT NULL) AS debts,
    (SELECT count(*) FROM payments WHERE debt_version IS NOT NULL AND debt_at IS NULL)
      AS undelivered,
    (SELECT count(*) FROM payments WHERE query_at <= :now) AS due_queries`)
  return {
    debts: Number(row?.debts),
    undelivered: Number(row?.undelivered),
    dueQueries: Number(row?.due_queries),
  }
}
