/** What a column holds. Amounts are minor units and times milliseconds: both below 2^53. */
export type Value = string | number | null
export type Row = Record<string, Value>

/**
 * One SQL text for SQLite and Postgres alike. Parameters are `:name`; `:now` is the database's own
 * clock in milliseconds, so that processes with clocks of their own agree on leases.
 */
export interface Statement {
  sql: string
  params?: Record<string, Value>
  /** It may return more than one row; of any other, only the first is asked for. */
  many?: boolean
  /** Other processes wait at it: nothing to do where there are none (`exclusive`). */
  lock?: boolean
  /** When it touches no row, nothing of the whole write is kept. */
  required?: boolean
  /**
   * The payments that it changed are told after the commit: the one of this id, if it touched a
   * row, or (`true`) those whose ids it returns. To return something is dear.
   */
  announce?: string | boolean
}

/** The rows that each statement returned, or which required statement touched none. */
export type Written = { rows: Row[][] } | { refused: number }

/** Where payments are kept: in SQLite (`sqlite`) or Postgres (`postgres`). */
export interface Database {
  /** @throws {StoreUnavailableError} */
  read(sql: string, params?: Record<string, Value>): Promise<Row[]>
  /**
   * The first row.
   *
   * @throws {StoreUnavailableError}
   */
  first(sql: string, params?: Record<string, Value>): Promise<Row | undefined>
  /**
   * Runs the statements in one commit and resolves when it is durable.
   *
   * @throws {StoreUnavailableError} when it is not known to be written: all of it was, or nothing.
   */
  write(statements: Statement[]): Promise<Written>
  /** `:now` as well as this process knows it, milliseconds since the epoch. */
  now(): number
  /** Whether no other process can be working on the same payments. */
  readonly exclusive: boolean
  /**
   * Hears of every announced change, whichever process made it; `undefined` where some may have
   * been missed, so that anything may have changed.
   */
  onChange(listener: (paymentId: string | undefined) => void): void
  close(): Promise<void>
}

/** The store could not be read or written; nothing was half done. It may mend itself. */
export class StoreUnavailableError extends Error {
  override readonly name: string = 'StoreUnavailableError'
}

/** The same, and an operator has to mend it: a password, a database that is not there. */
export class StoreUnusableError extends StoreUnavailableError {
  override readonly name = 'StoreUnusableError'
}
