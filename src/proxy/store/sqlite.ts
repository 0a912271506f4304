import Libsql from 'libsql'
import { bind, type Compiled, compile } from './compile.js'
import {
  type Database,
  type Row,
  type Statement,
  StoreUnavailableError,
  type Value,
  type Written,
} from './database.js'
import { migrationsFor } from './schema.js'

export interface SqliteOptions {
  /** Milliseconds since the epoch; for tests that cannot wait a day. */
  now?: () => number
}

interface Job {
  statements: Statement[]
  resolve(written: Written): void
  reject(error: unknown): void
}

type Outcome = { written: Written; changed: Set<string> } | { error: unknown }

/**
 * Payments in one SQLite file, for one process: the file is locked exclusively. Every commit is
 * durable (WAL, `synchronous=FULL`); the writes of one turn of the event loop share one commit.
 *
 * @param path the file, or `:memory:`.
 * @throws {StoreUnavailableError} when the file cannot be opened or another process holds it.
 */
export function sqlite(path: string, options: SqliteOptions = {}): Database {
  return new SqliteDatabase(path, options.now ?? Date.now)
}

class SqliteDatabase implements Database {
  readonly exclusive = true
  readonly #db: Libsql.Database
  readonly now: () => number
  readonly #prepared = new Map<string, Compiled & { statement: Libsql.Statement<Value[]> }>()
  readonly #listeners: ((paymentId: string | undefined) => void)[] = []
  #queue: Job[] = []
  #isClosed = false

  constructor(path: string, now: () => number) {
    this.now = now
    try {
      this.#db = new Libsql(path)
    } catch (cause) {
      throw new StoreUnavailableError(`cannot open the SQLite file ${path}`, { cause })
    }
    try {
      // The lock is taken by the first write and kept until the process ends.
      this.#db.exec(
        'PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL',
      )
      this.#migrate()
    } catch (cause) {
      this.#db.close()
      throw new StoreUnavailableError(
        `cannot use the SQLite file ${path}: is another process working on it?`,
        { cause },
      )
    }
  }

  #migrate(): void {
    this.#db.exec('BEGIN IMMEDIATE')
    this.#db.exec('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)')
    const [row] = this.#all('SELECT coalesce(max(version), 0) AS version FROM schema_version', {})
    migrationsFor('sqlite')
      .slice(Number(row?.version))
      .forEach((migration, index) => {
        for (const sql of migration) this.#db.exec(sql)
        this.#all('INSERT INTO schema_version (version) VALUES (:version)', {
          version: Number(row?.version) + index + 1,
        })
      })
    this.#db.exec('COMMIT')
  }

  async read(sql: string, params: Record<string, Value> = {}): Promise<Row[]> {
    this.#checkOpen()
    try {
      return this.#all(sql, params)
    } catch (cause) {
      throw new StoreUnavailableError('the SQLite store cannot be read', { cause })
    }
  }

  async write(statements: Statement[]): Promise<Written> {
    this.#checkOpen()
    return new Promise((resolve, reject) => {
      this.#queue.push({ statements, resolve, reject })
      if (this.#queue.length === 1) setImmediate(() => this.#commit())
    })
  }

  #commit(): void {
    const jobs = this.#queue
    this.#queue = []
    if (jobs.length === 0) return
    let outcomes: Outcome[]
    try {
      this.#db.exec('BEGIN IMMEDIATE')
      outcomes = jobs.map((job) => this.#run(job))
      this.#db.exec('COMMIT')
    } catch (cause) {
      this.#abandon()
      const error = new StoreUnavailableError('the SQLite store cannot be written', { cause })
      for (const job of jobs) job.reject(error)
      return
    }
    jobs.forEach((job, index) => {
      const outcome = outcomes[index]
      if (outcome && 'written' in outcome) {
        job.resolve(outcome.written)
        for (const id of outcome.changed) for (const listener of this.#listeners) listener(id)
      } else job.reject(outcome?.error)
    })
  }

  /** One job inside the shared commit; its own refusal or broken constraint undoes it alone. */
  #run(job: Job): Outcome {
    this.#db.exec('SAVEPOINT job')
    try {
      const rows: Row[][] = []
      const changed = new Set<string>()
      for (const [index, statement] of job.statements.entries()) {
        const returned = this.#all(statement.sql, statement.params ?? {})
        if (statement.required && returned.length === 0) {
          this.#db.exec('ROLLBACK TO job; RELEASE job')
          return { written: { refused: index }, changed: new Set() }
        }
        rows.push(returned)
        if (statement.announce) for (const row of returned) changed.add(String(row.id))
      }
      this.#db.exec('RELEASE job')
      return { written: { rows }, changed }
    } catch (error) {
      if (!isConstraint(error)) throw error
      this.#db.exec('ROLLBACK TO job; RELEASE job')
      return { error }
    }
  }

  /** A full disk may have rolled back already, so there may be nothing left to undo. */
  #abandon(): void {
    if (!this.#db.inTransaction) return
    try {
      this.#db.exec('ROLLBACK')
    } catch {
      // The next BEGIN fails as well and says so to its writers.
    }
  }

  #all(sql: string, params: Record<string, Value>): Row[] {
    let prepared = this.#prepared.get(sql)
    if (!prepared) {
      const compiled = compile(sql, () => '?')
      prepared = { ...compiled, statement: this.#db.prepare(compiled.text) }
      this.#prepared.set(sql, prepared)
    }
    const values = bind(prepared.names, { now: this.now(), ...params })
    if (prepared.statement.reader) return prepared.statement.all(...values) as Row[]
    prepared.statement.run(...values)
    return []
  }

  onChange(listener: (paymentId: string | undefined) => void): void {
    this.#listeners.push(listener)
  }

  /** The driver ends the whole process when it is asked after its end. */
  #checkOpen(): void {
    if (this.#isClosed) throw new StoreUnavailableError('the SQLite store is closed')
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#commit()
    this.#isClosed = true
    try {
      // Statements that the driver has not collected yet keep the connection and its lock alive,
      // and the lock of a write-ahead log cannot be given back: so the log is put away first.
      this.#db.exec(
        'PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT 1 FROM payments',
      )
    } catch {
      // A full disk cannot stop us from stopping: the log stays, and is read at the next start.
    }
    this.#db.close()
  }
}

function isConstraint(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT')
}
