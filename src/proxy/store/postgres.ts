import postgresJs from 'postgres'
import { bind, type Compiled, compile } from './compile.js'
import {
  type Database,
  type Row,
  type Statement,
  StoreUnavailableError,
  type Value,
  type Written,
} from './database.js'
import { MIGRATIONS } from './schema.js'

export interface PostgresOptions {
  /** Added to the database's clock, milliseconds; for tests that cannot wait a day. */
  clockOffset?: () => number
}

type Sql = ReturnType<typeof postgresJs>
type Transaction = Pick<Sql, 'unsafe'>

const CONNECTIONS = 10
/** Seconds. */
const CONNECT_TIMEOUT = 5
const CHANNEL = 'pay_button'
/** One of ours, so that two processes do not make the tables at the same time. */
const MIGRATION_LOCK = 7_294_801

/**
 * Errors after which the same write may succeed: a serialization failure, a deadlock, and the
 * unique index that decides which of two successes at the same moment was first.
 */
const WORTH_RETRYING = new Set(['40001', '40P01'])
const FIRST_SUCCESS = 'payments_settled_order_key'
const MOST_TRIES = 5

/**
 * Payments in Postgres, for any number of processes: a change that one of them makes wakes those
 * who wait at another.
 *
 * @param url `postgres://…`.
 */
export function postgres(url: string, options: PostgresOptions = {}): Database {
  return new PostgresDatabase(url, options.clockOffset ?? (() => 0))
}

class PostgresDatabase implements Database {
  readonly exclusive = false
  readonly #sql: Sql
  readonly #clockOffset: () => number
  readonly #compiled = new Map<string, Compiled>()
  readonly #listeners: ((paymentId: string | undefined) => void)[] = []
  #ready: Promise<void> | undefined
  /** How far the database's clock is ahead of this process's, milliseconds. */
  #ahead = 0

  constructor(url: string, clockOffset: () => number) {
    this.#clockOffset = clockOffset
    this.#sql = postgresJs(url, {
      max: CONNECTIONS,
      connect_timeout: CONNECT_TIMEOUT,
      // "Relation already exists" and the like are no news.
      onnotice: () => {},
    })
  }

  now(): number {
    return Date.now() + this.#ahead + this.#clockOffset()
  }

  async read(sql: string, params: Record<string, Value> = {}): Promise<Row[]> {
    return this.#guard(() => this.#run(this.#sql, { sql, params }))
  }

  async write(statements: Statement[]): Promise<Written> {
    return this.#guard(() => this.#writeOnce(statements))
  }

  onChange(listener: (paymentId: string | undefined) => void): void {
    this.#listeners.push(listener)
  }

  async close(): Promise<void> {
    await this.#sql.end({ timeout: CONNECT_TIMEOUT })
  }

  async #writeOnce(statements: Statement[]): Promise<Written> {
    try {
      return await this.#sql.begin(async (transaction) => {
        const rows: Row[][] = []
        const changed = new Set<Value | undefined>()
        for (const [index, statement] of statements.entries()) {
          const returned = await this.#run(transaction, statement)
          if (statement.required && returned.length === 0) throw new Refused(index)
          if (statement.announce) for (const row of returned) changed.add(row.id)
          rows.push(returned)
        }
        // Heard by every process after the commit, and by nobody if there is none.
        for (const id of changed)
          await transaction.unsafe('SELECT pg_notify($1, $2)', [CHANNEL, String(id)])
        return { rows }
      })
    } catch (error) {
      if (error instanceof Refused) return { refused: error.index }
      throw error
    }
  }

  async #run(sql: Transaction, { sql: text, params = {} }: Statement): Promise<Row[]> {
    let compiled = this.#compiled.get(text)
    if (!compiled) {
      compiled = compileNumbered(text)
      this.#compiled.set(text, compiled)
    }
    const values = bind(compiled.names, { clock_offset: this.#clockOffset(), ...params })
    return sql.unsafe<Row[]>(compiled.text, values, { prepare: true })
  }

  /** Connects and makes the tables first; turns what fails into what the proxy understands. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        this.#ready ??= this.#prepare()
        await this.#ready
        return await work()
      } catch (cause) {
        if (tries < MOST_TRIES && isWorthRetrying(cause)) continue
        if (isConstraint(cause)) throw cause
        throw new StoreUnavailableError('the Postgres store cannot be used', { cause })
      }
    }
  }

  async #prepare(): Promise<void> {
    try {
      await this.#sql.begin((transaction) => migrate(transaction))
      const [row] = await this.#sql.unsafe<Row[]>(`SELECT ${CLOCK} AS now`)
      this.#ahead = Number(row?.now) - Date.now()
      const tell = (id: string | undefined) => {
        for (const listener of this.#listeners) listener(id)
      }
      // Told anew at each connection: what was said while there was none is lost.
      await this.#sql.listen(CHANNEL, tell, () => tell(undefined))
    } catch (error) {
      // The next caller tries again: the database may only be starting.
      this.#ready = undefined
      throw error
    }
  }
}

/** The required statement of this place touched no row: everything before it is undone. */
class Refused extends Error {
  readonly index: number

  constructor(index: number) {
    super('a required statement touched no row')
    this.index = index
  }
}

const CLOCK = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint'

/** `$1`, `$2`, … by name, so that a value is sent once; `:now` is the database's own clock. */
function compileNumbered(sql: string): Compiled {
  const names: string[] = []
  const { text } = compile(sql, (_, name) => {
    const parameter = name === 'now' ? 'clock_offset' : name
    if (!names.includes(parameter)) names.push(parameter)
    const place = `$${names.indexOf(parameter) + 1}`
    return name === 'now' ? `(${CLOCK} + ${place}::bigint)` : place
  })
  return { text, names }
}

async function migrate(transaction: Transaction): Promise<void> {
  await transaction.unsafe('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
  await transaction.unsafe('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)')
  const [row] = await transaction.unsafe<Row[]>(
    'SELECT coalesce(max(version), 0) AS version FROM schema_version',
  )
  const done = Number(row?.version)
  for (const [index, migration] of MIGRATIONS.slice(done).entries()) {
    for (const sql of migration) await transaction.unsafe(sql)
    await transaction.unsafe('INSERT INTO schema_version (version) VALUES ($1)', [done + index + 1])
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function isWorthRetrying(error: unknown): boolean {
  const constraint = error instanceof Error && 'constraint_name' in error && error.constraint_name
  return WORTH_RETRYING.has(codeOf(error)) || constraint === FIRST_SUCCESS
}

/** Class 23: integrity constraint violation. */
function isConstraint(error: unknown): boolean {
  return codeOf(error).startsWith('23')
}
