import Libsql from 'libsql'
import { bind, compile } from './compile.js'
import {
  type Database,
  type Row,
  type Statement,
  StoreUnavailableError,
  type Value,
  type Written,
} from './database.js'
import { announced, type Effect } from './effect.js'
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
 * Turns of the event loop for which a commit waits for further writes, as long as each turn brings
 * some: under load a commit, which waits for the disk, is shared by more of them.
 */
const MOST_TURNS = 4

/** Pages of the log that are taken into the file at once: as many cost less than a few often. */
const CHECKPOINT = 4_000

const NOTHING: Effect = { touched: 0, rows: [] }

/** A statement as the driver keeps it. Whether it returns rows, and which, is dear to ask. */
interface Prepared {
  names: string[]
  statement: Libsql.Statement<[Value[]]>
  /** `undefined`: it returns no rows. */
  columns: string[] | undefined
}

/**
 * Payments in one SQLite file, for one process: the file is locked exclusively. Every commit is
 * durable (WAL, `synchronous=FULL`); writes that come at about the same time share one commit.
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
  /**
   * By who asks, for one row or for all: after the driver was asked for all rows of a statement, it
   * binds nothing for who asks the same one for one, and answers as it did before.
   */
  readonly #prepared = { one: new Map<string, Prepared>(), all: new Map<string, Prepared>() }
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
        `PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
        PRAGMA wal_autocheckpoint=${CHECKPOINT}`,
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
    const row = this.#first('SELECT coalesce(max(version), 0) AS version FROM schema_version', {})
    migrationsFor('sqlite')
      .slice(Number(row?.version))
      .forEach((migration, index) => {
        for (const sql of migration) this.#db.exec(sql)
        this.#first('INSERT INTO schema_version (version) VALUES (:version)', {
          version: Number(row?.version) + index + 1,
        })
      })
    this.#db.exec('COMMIT')
  }

  async read(sql: string, params: Record<string, Value> = {}): Promise<Row[]> {
    return this.#reading(() => this.#all(sql, params))
  }

  async first(sql: string, params: Record<string, Value> = {}): Promise<Row | undefined> {
    return this.#reading(() => this.#first(sql, params))
  }

  #reading<T>(work: () => T): T {
    this.#checkOpen()
    try {
      return work()
    } catch (cause) {
      throw new StoreUnavailableError('the SQLite store cannot be read', { cause })
    }
  }

  async write(statements: Statement[]): Promise<Written> {
    this.#checkOpen()
    return new Promise((resolve, reject) => {
      this.#queue.push({ statements, resolve, reject })
      if (this.#queue.length === 1) setImmediate(() => this.#gather(1))
    })
  }

  /** Commits once a turn of the event loop has brought no further write, or a few have. */
  #gather(known: number, turns = 1): void {
    const { length } = this.#queue
    if (length === known || turns === MOST_TURNS) this.#commit()
    else setImmediate(() => this.#gather(length, turns + 1))
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
  #run({ statements }: Job): Outcome {
    // A statement that fails or is refused has done nothing: where it is the only one, that is all.
    const hasMore = statements.filter(({ lock }) => !lock).length > 1
    if (hasMore) this.#db.exec('SAVEPOINT job')
    const undo = () => hasMore && this.#db.exec('ROLLBACK TO job; RELEASE job')
    try {
      const rows: Row[][] = []
      const changed = new Set<string>()
      for (const [index, statement] of statements.entries()) {
        const effect = this.#effect(statement)
        if (statement.required && effect.touched === 0) {
          undo()
          return { written: { refused: index }, changed: new Set() }
        }
        rows.push(effect.rows)
        for (const id of announced(statement.announce, effect)) changed.add(id)
      }
      if (hasMore) this.#db.exec('RELEASE job')
      return { written: { rows }, changed }
    } catch (error) {
      if (!isConstraint(error)) throw error
      undo()
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

  #effect({ sql, params = {}, many, lock }: Statement): Effect {
    if (lock) return NOTHING
    if (!many) return this.#step(sql, params)
    const rows = this.#all(sql, params)
    return { touched: rows.length, rows }
  }

  #all(sql: string, params: Record<string, Value>): Row[] {
    const { names, statement, columns } = this.#prepare(sql, this.#prepared.all)
    const rows = statement.all(bind(names, params, this.now)) as Value[][]
    return rows.map((values) => toRow(columns ?? [], values))
  }

  #first(sql: string, params: Record<string, Value>): Row | undefined {
    return this.#step(sql, params).rows[0]
  }

  /** Asks for one row at most: a list of one costs the driver twice as much. */
  #step(sql: string, params: Record<string, Value>): Effect {
    const { names, statement, columns } = this.#prepare(sql, this.#prepared.one)
    const values = bind(names, params, this.now)
    try {
      if (!columns) return { touched: statement.run(values).changes, rows: [] }
      const row = statement.get(values) as Value[] | undefined
      return row ? { touched: 1, rows: [toRow(columns, row)] } : NOTHING
    } catch (error) {
      // The driver does not reset what failed here: asked again, it would fail in the same way.
      this.#prepared.one.delete(sql)
      throw error
    }
  }

  #prepare(sql: string, known: Map<string, Prepared>): Prepared {
    let prepared = known.get(sql)
    if (!prepared) {
      const { text, names } = compile(sql, () => '?')
      const statement = this.#db.prepare<[Value[]]>(text)
      const columns = statement.reader
        ? statement
            .raw()
            .columns()
            .map(({ name }) => name)
        : undefined
      prepared = { names, statement, columns }
      known.set(sql, prepared)
    }
    return prepared
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

function toRow(columns: string[], values: Value[]): Row {
  const row: Row = {}
  for (let index = 0; index < columns.length; index += 1) {
    row[columns[index] as string] = values[index] as Value
  }
  return row
}

function isConstraint(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT')
}
