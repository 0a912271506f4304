import { DatabaseError } from 'pg'

/** The unique index that decides which of two successes at the same moment was first. */
const FIRST_SUCCESS = 'payments_settled_order_key'
/** Serialization failure, deadlock. */
const COLLISIONS = new Set(['40001', '40P01'])

/** Connection lost, resources out, shutdown, system and internal errors: nobody knows what was kept. */
const IN_DOUBT = /^(?:08|53|57P|58|F0|XX)/

/** No such statement, one of that name already, a plan of rows that are others by now. */
const UNPREPARED = new Set(['26000', '42P05', '0A000'])

/** What an operator has to mend: to wait and try again would change nothing. */
const LASTING: readonly [code: RegExp, meaning: string][] = [
  [/^28/, 'refuses the user or the password'],
  [/^3D000$/, 'has no such database'],
  [/^42501$/, 'does not let this user make or use the tables'],
]

/** The same write may succeed when it is tried again: another one was in its way. */
export function isWorthRetrying(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    (COLLISIONS.has(error.code ?? '') || error.constraint === FIRST_SUCCESS)
  )
}

/** The statement was not run, because it does not stand as it was prepared. */
export function isUnprepared(error: unknown): boolean {
  return error instanceof DatabaseError && UNPREPARED.has(error.code ?? '')
}

/** The server did not take a statement, and has undone the whole transaction. */
export function isUndone(error: unknown): boolean {
  return error instanceof DatabaseError && !IN_DOUBT.test(error.code ?? 'XX')
}

/** Class 23: integrity constraint violation. */
export function isConstraint(error: unknown): error is DatabaseError {
  return error instanceof DatabaseError && error.code?.startsWith('23') === true
}

/** What it does, in words, that no waiting mends; `undefined` where it may mend itself. */
export function lastingFault(error: unknown): string | undefined {
  const code = error instanceof DatabaseError ? (error.code ?? '') : ''
  return LASTING.find(([pattern]) => pattern.test(code))?.[1]
}

/** What may be shown of an error: a message could quote what was to be written. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error && typeof error.code === 'string' ? error.code : 'no connection'
}
