import type { Pool, PoolClient, QueryConfig } from 'pg'
import type { Row, Statement, Value, Written } from './database.js'
import { announced, type Effect } from './effect.js'
import { isUndone, isUnprepared } from './postgres-errors.js'

const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE'
/** Milliseconds for which writes that share a commit wait for a lock; one alone waits longer. */
const SHARED_LOCK_TIMEOUT = 50
const BEGIN_SHARED = `${BEGIN}; SET LOCAL lock_timeout = ${SHARED_LOCK_TIMEOUT}`

/** A statement as it is sent. */
export interface Sent {
  statement: Statement
  query: QueryConfig<Value[]>
}

/** What a write came to, and the payments whose change is to be told. */
export interface Outcome {
  written: Written
  changed: readonly string[]
}

/** A refused statement has nothing to undo where it is the only one beside a lock. */
export function mayNeedUndoing(statements: readonly Statement[]): boolean {
  return (
    statements.some(({ required }) => required) && statements.filter(({ lock }) => !lock).length > 1
  )
}

/** Works on a connection of its own; one of which anything is in doubt is not used again. */
export async function onConnection<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let isSound = false
  try {
    const result = await work(client)
    isSound = true
    return result
  } catch (error) {
    if (isUndone(error) && !isUnprepared(error)) isSound = await isRolledBack(client)
    throw error
  } finally {
    // The end of a connection is a rollback.
    client.release(!isSound)
  }
}

/**
 * Everything is sent at once, so that a commit costs one wait for the server, or a second one
 * where it hangs on what a required statement returns.
 *
 * Each statement sees what was committed before it began, so that who waited at `order_locks`
 * sees what the one before did, whatever the server's own default is. One that is alone is a
 * commit by itself, and is tried again where that default lets it fail.
 */
export async function transact(client: PoolClient, write: readonly Sent[]): Promise<Outcome> {
  const isAlone = write.length === 1
  const isOpen = mayNeedUndoing(write.map(({ statement }) => statement))
  const begun = isAlone ? undefined : client.query(BEGIN)
  const answers = send(client, write)
  const committed = isAlone || isOpen ? undefined : client.query('COMMIT')
  const [effects] = await Promise.all([answers, begun, committed])
  if (isOpen) await client.query(refusedOf(write, effects) === undefined ? 'COMMIT' : 'ROLLBACK')
  return outcomeOf(write, effects)
}

/** One commit for all of them, of which none may need undoing. */
export async function transactAll(
  client: PoolClient,
  writes: readonly (readonly Sent[])[],
): Promise<Outcome[]> {
  const begun = client.query(BEGIN_SHARED)
  const answers = writes.map((write) => send(client, write))
  const committed = client.query('COMMIT')
  const [effects] = await Promise.all([Promise.all(answers), begun, committed])
  return writes.map((write, at) => outcomeOf(write, effects[at] ?? []))
}

async function send(client: PoolClient, write: readonly Sent[]): Promise<Effect[]> {
  const results = await Promise.all(write.map(({ query }) => client.query<Row>(query)))
  return results.map(({ rowCount, rows }) => ({ touched: rowCount ?? 0, rows }))
}

function outcomeOf(write: readonly Sent[], effects: readonly Effect[]): Outcome {
  const refused = refusedOf(write, effects)
  if (refused !== undefined) return { written: { refused }, changed: [] }
  return {
    written: { rows: effects.map(({ rows }) => rows) },
    changed: effects.flatMap((effect, at) => announced(write[at]?.statement.announce, effect)),
  }
}

/** Which required statement touched no row. */
function refusedOf(write: readonly Sent[], effects: readonly Effect[]): number | undefined {
  const refused = write.findIndex(
    ({ statement }, at) => statement.required && !effects[at]?.touched,
  )
  return refused < 0 ? undefined : refused
}

async function isRolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
