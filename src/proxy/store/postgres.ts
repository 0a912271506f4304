import { type ClientConfig, Pool, type PoolClient } from 'pg'
import { bind, type Compiled } from './compile.js'
import {
  type Database,
  type Row,
  type Statement,
  StoreUnavailableError,
  StoreUnusableError,
  type Value,
  type Written,
} from './database.js'
import { codeOf, isConstraint, isWorthRetrying, lastingFault } from './postgres-errors.js'
import { listen } from './postgres-listener.js'
import { migrate } from './postgres-migrate.js'
import { CHANNEL, compileNumbered } from './postgres-sql.js'

export interface PostgresOptions {
  /** In place of the database's clock, milliseconds; for tests that cannot wait a day. */
  now?: () => number
}

/** For statements; one more listens. */
const CONNECTIONS = 10
/** Milliseconds until a connection is there: a new one, or one that is free. */
const CONNECT_TIMEOUT = 5_000
/** Milliseconds that a statement may take, its wait for a lock included. The server ends it. */
const STATEMENT_TIMEOUT = 8_000
/** Milliseconds after which a server that answers nothing is given up, and its connection too. */
const SILENCE = 10_000
/**
 * Milliseconds that a transaction may stand still, so that a process that was halted in the middle
 * of one keeps its locks no longer.
 */
const IDLE_IN_TRANSACTION = 5_000
const MOST_TRIES = 5

/**
 * Payments in Postgres, for any number of processes: a change that one of them makes wakes those
 * who wait at another.
 *
 * @param url `postgres://…`; what it says of time limits (`?statement_timeout=…`) goes before ours.
 */
export function postgres(url: string, options: PostgresOptions = {}): Database {
  return new PostgresDatabase(url, options.now)
}

class PostgresDatabase implements Database {
  readonly exclusive = false
  readonly #config: ClientConfig
  readonly #pool: Pool
  readonly #givenNow: (() => number) | undefined
  readonly #compiled = new Map<string, Compiled>()
  readonly #listeners: ((paymentId: string | undefined) => void)[] = []
  #stopListening = () => {}
  #ready: Promise<void> | undefined
  #closed: Promise<void> | undefined
  /** What the database's clock says when ours, which no change of the system's clock moves, is 0. */
  #origin = performance.timeOrigin

  constructor(url: string, now: (() => number) | undefined) {
    this.#givenNow = now
    this.#config = {
      connectionString: url,
      application_name: 'pay-button-proxy',
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      statement_timeout: STATEMENT_TIMEOUT,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
      query_timeout: SILENCE,
      keepAlive: true,
    }
    this.#pool = new Pool({ ...this.#config, max: CONNECTIONS })
    // A connection that breaks while nobody uses it is only replaced; who uses it is told by the
    // statement that fails.
    this.#pool.on('error', () => {})
    this.#pool.on('connect', (client) => client.on('error', () => {}))
  }

  now(): number {
    return this.#givenNow?.() ?? Math.floor(this.#origin + performance.now())
  }

  async read(sql: string, params: Record<string, Value> = {}): Promise<Row[]> {
    return this.#guard(() => this.#run(this.#pool, { sql, params }))
  }

  async write(statements: Statement[]): Promise<Written> {
    return this.#guard(() => this.#writeOnce(statements))
  }

  onChange(listener: (paymentId: string | undefined) => void): void {
    this.#listeners.push(listener)
  }

  close(): Promise<void> {
    this.#stopListening()
    this.#closed ??= this.#pool.end()
    return this.#closed
  }

  async #writeOnce(statements: Statement[]): Promise<Written> {
    const client = await this.#pool.connect()
    let isSound = false
    try {
      const written = await this.#transact(client, statements)
      isSound = true
      return written
    } catch (error) {
      const isRefused = error instanceof Refused
      if (isRefused || isConstraint(error) || isWorthRetrying(error)) {
        isSound = await isRolledBack(client)
      }
      if (isRefused) return { refused: error.index }
      throw error
    } finally {
      // A connection of which anything is in doubt is not used again; its end is a rollback.
      client.release(!isSound)
    }
  }

  /**
   * Each statement sees what was committed before it began, so that who waited at `order_locks`
   * sees what the one before did, whatever the server's own default is.
   */
  async #transact(client: PoolClient, statements: Statement[]): Promise<Written> {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE')
    const rows: Row[][] = []
    const changed = new Set<string>()
    for (const [index, statement] of statements.entries()) {
      const returned = await this.#run(client, statement)
      if (statement.required && returned.length === 0) throw new Refused(index)
      if (statement.announce) for (const row of returned) changed.add(String(row.id))
      rows.push(returned)
    }
    if (changed.size > 0) {
      // Heard by every process after the commit, and by nobody if there is none.
      const announce = 'SELECT pg_notify($1, id) FROM unnest($2::text[]) AS id'
      await client.query(announce, [CHANNEL, [...changed]])
    }
    await client.query('COMMIT')
    return { rows }
  }

  async #run(connection: Pool | PoolClient, { sql, params = {} }: Statement): Promise<Row[]> {
    let compiled = this.#compiled.get(sql)
    if (!compiled) {
      compiled = compileNumbered(sql, this.#givenNow !== undefined)
      this.#compiled.set(sql, compiled)
    }
    const values = bind(compiled.names, { now: this.now(), ...params })
    return (await connection.query<Row>(compiled.text, values)).rows
  }

  /** Makes the tables first; turns what fails into what the proxy understands. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        this.#ready ??= this.#prepare()
        await this.#ready
        return await work()
      } catch (cause) {
        if (tries < MOST_TRIES && isWorthRetrying(cause)) continue
        if (isConstraint(cause)) throw cause
        throw lastingFault(cause)
          ? new StoreUnusableError(`the Postgres store ${lastingFault(cause)}`, { cause })
          : new StoreUnavailableError(`the Postgres store fails: ${codeOf(cause)}`, { cause })
      }
    }
  }

  async #prepare(): Promise<void> {
    try {
      await migrate(this.#config)
      const clock = await this.#run(this.#pool, { sql: 'SELECT :now AS now' })
      this.#setClock(Number(clock[0]?.now))
    } catch (error) {
      // The next caller tries again: the database may only be starting.
      this.#ready = undefined
      throw error
    }
    if (this.#closed) return
    this.#stopListening = listen(this.#config, {
      changed: (id) => {
        for (const listener of this.#listeners) listener(id)
      },
      time: (now) => this.#setClock(now),
    })
  }

  #setClock(now: number): void {
    this.#origin = now - performance.now()
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

async function isRolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return true
  } catch {
    return false
  }
}
