import { accessSync, constants, existsSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import { Client } from 'pg'
import { POSTGRES, SQLITE } from '../environment/environment.js'
import { errorName } from '../log.js'
import { codeOf, lastingFault } from '../store/postgres-errors.js'
import type { Finding } from './finding.js'

/** Milliseconds. */
const PATIENCE = 3_000
const about = 'PAY_DATABASE_URL'

/** Whether the database can be opened and written; makes no file and no table, and changes none. */
export async function checkDatabase(url: string): Promise<Finding> {
  return POSTGRES.test(url) ? checkPostgres(url) : checkSqlite(url.slice(SQLITE.length))
}

function checkSqlite(path: string): Finding {
  if (path === ':memory:') return found('ok', 'is in memory')
  if (!existsSync(path)) return checkFolder(dirname(path))
  let file: Libsql.Database | undefined
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    file = new Libsql(path)
    file.exec('BEGIN IMMEDIATE; ROLLBACK')
    return found('ok', 'opens and can be written')
  } catch (error) {
    return errorName(error).includes('SQLITE_BUSY')
      ? found('note', 'is in use by a program: one at a time works on a file')
      : found('error', `cannot be written (${errorName(error)})`)
  } finally {
    file?.close()
  }
}

function checkFolder(folder: string): Finding {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return found('ok', 'will be made by the first start')
  } catch (error) {
    return found('error', `its folder cannot be written (${errorName(error)})`)
  }
}

/** The tables need not be there yet; then the user must be let make them. */
const RIGHTS = `SELECT current_setting('transaction_read_only') = 'on' AS read_only,
  CASE WHEN to_regclass('payments') IS NULL
    THEN has_schema_privilege(current_schema(), 'CREATE')
    ELSE has_table_privilege(to_regclass('payments'), 'INSERT')
      AND has_table_privilege(to_regclass('payments'), 'UPDATE')
  END AS may_write`

async function checkPostgres(url: string): Promise<Finding> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
  })
  try {
    await client.connect()
    const { rows } = await client.query<{ read_only: boolean; may_write: boolean | null }>(RIGHTS)
    if (rows[0]?.read_only) return found('error', 'is read-only: a standby?')
    if (!rows[0]?.may_write) return found('error', 'does not let this user make or use the tables')
    return found('ok', 'opens and can be written')
  } catch (error) {
    const lasting = lastingFault(error)
    // The program itself waits for one that is not there yet.
    return lasting
      ? found('error', lasting)
      : found('warning', `cannot be reached (${codeOf(error)})`)
  } finally {
    await client.end().catch(() => {})
  }
}

function found(level: Finding['level'], says: string): Finding {
  return { level, code: 'database', about, says }
}
