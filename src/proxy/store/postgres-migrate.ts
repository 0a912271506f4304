import { Client, type ClientConfig } from 'pg'
import { migrationsFor } from './schema.js'

/** One of ours, so that two processes do not make the tables at the same time. */
const LOCK = 7_294_801

/**
 * Makes the tables, or the steps that are missing. A database with more steps than this version
 * knows is used as it is: steps only add (see `schema.ts`).
 *
 * A connection of its own, because a step over many rows may take longer than any statement of a
 * payment.
 */
export async function migrate(config: ClientConfig): Promise<void> {
  const client = new Client({ ...config, statement_timeout: 0, query_timeout: 0 })
  // The statement that fails for it says so.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE')
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)')
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM schema_version',
    )
    const done = rows[0]?.version ?? 0
    for (const [index, migration] of migrationsFor('postgres').slice(done).entries()) {
      for (const sql of migration) await client.query(sql)
      await client.query('INSERT INTO schema_version (version) VALUES ($1)', [done + index + 1])
    }
    await client.query('COMMIT')
  } finally {
    void client.end()
  }
}
