import { createHash } from 'node:crypto'
import { type ClientConfig, Pool, type QueryConfig } from 'pg'
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
import { type Channel, openChannel } from './postgres-channel.js'
import {
  codeOf,
  isConstraint,
  isUndone,
  isUnprepared,
  isWorthRetrying,
  lastingFault,
} from './postgres-errors.js'
import { migrate } from './postgres-migrate.js'
import { compileNumbered, storable } from './postgres-sql.js'
import {
  mayNeedUndoing,
  onConnection,
  type Sent,
  transact,
  transactAll,
} from './postgres-transaction.js'
import { SharedCommits } from './shared-commits.js'

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
  readonly #compiled = new Map<string, Compiled & { name: string }>()
  readonly #listeners: ((paymentId: string | undefined) => void)[] = []
  readonly #shared = new SharedCommits(
    (writes) => this.#writeTogether(writes),
    (statements) => this.#writeAlone(statements),
  )
  #channel: Channel | undefined
  #ready: Promise<void> | undefined
  /**
   * Whether a connection keeps its statements, so that the server reads and plans each of them once.
   * A pooler may lend each transaction another connection, and a newer version's step changes what
   * a row is: from then on every statement is sent as if it were new.
   */
  #prepares = true
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
      pipeline: true,
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
    return this.#guard(async () => {
      const { rows } = await this.#pool.query<Row>(this.#toQuery({ sql, params }))
      return rows
    })
  }

  async first(sql: string, params?: Record<string, Value>): Promise<Row | undefined> {
    const [row] = await this.read(sql, params)
    return row
  }

  async write(statements: Statement[]): Promise<Written> {
    return this.#guard(() =>
      mayNeedUndoing(statements) ? this.#writeAlone(statements) : this.#shared.write(statements),
    )
  }

  onChange(listener: (paymentId: string | undefined) => void): void {
    this.#listeners.push(listener)
  }

  close(): Promise<void> {
    this.#closed ??= Promise.all([this.#channel?.close(), this.#pool.end()]).then(() => {})
    return this.#closed
  }

  async #writeAlone(statements: Statement[]): Promise<Written> {
    const write = this.#toSend(statements)
    const { written, changed } = await onConnection(this.#pool, (client) => transact(client, write))
    this.#tell(new Set(changed))
    return written
  }

  /** One commit for all of them; `undefined` where nothing of it was kept. */
  async #writeTogether(all: Statement[][]): Promise<Written[] | undefined> {
    const writes = all.map((statements) => this.#toSend(statements))
    try {
      const outcomes = await onConnection(this.#pool, (client) => transactAll(client, writes))
      this.#tell(new Set(outcomes.flatMap(({ changed }) => changed)))
      return outcomes.map(({ written }) => written)
    } catch (error) {
      if (isUndone(error)) return undefined
      throw error
    }
  }

  /** Who waits here hears of it at once, who waits elsewhere by the channel. */
  #tell(changed: ReadonlySet<string>): void {
    for (const id of changed) this.#changed(id)
    this.#channel?.tell(changed)
  }

  #changed(paymentId: string | undefined): void {
    for (const listener of this.#listeners) listener(paymentId)
  }

  #toSend(statements: Statement[]): Sent[] {
    return statements.map((statement) => ({ statement, query: this.#toQuery(statement) }))
  }

  #toQuery({ sql, params = {} }: Statement): QueryConfig<Value[]> {
    let compiled = this.#compiled.get(sql)
    if (!compiled) {
      const { text, names } = compileNumbered(sql, this.#givenNow !== undefined)
      // The same text has the same name in every process: poolers share connections among them.
      const name = `pay_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
      compiled = { text, names, name }
      this.#compiled.set(sql, compiled)
    }
    const { text, names, name } = compiled
    const values = bind(names, params, () => this.now()).map(storable)
    return this.#prepares ? { name, text, values } : { text, values }
  }

  /** Makes the tables first; turns what fails into what the proxy understands. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        this.#ready ??= this.#prepare()
        await this.#ready
        return await work()
      } catch (cause) {
        if (isUnprepared(cause)) this.#prepares = false
        const mayHelp = isUnprepared(cause) || isWorthRetrying(cause)
        if (mayHelp && tries < MOST_TRIES) continue
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
      const { rows } = await this.#pool.query<Row>(this.#toQuery({ sql: 'SELECT :now AS now' }))
      this.#setClock(Number(rows[0]?.now))
    } catch (error) {
      // The next caller tries again: the database may only be starting.
      this.#ready = undefined
      throw error
    }
    if (this.#closed) return
    this.#channel = openChannel(this.#config, {
      changed: (id) => this.#changed(id),
      time: (now) => this.#setClock(now),
    })
  }

  #setClock(now: number): void {
    this.#origin = now - performance.now()
  }
}
