import { type Compiled, compile } from './compile.js'
import type { Value } from './database.js'

/** Where changes of payments are announced. */
export const CHANNEL = 'pay_button'

/** The database's clock in milliseconds, as it was when the statement began. */
export const CLOCK = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint'

/**
 * `$1`, `$2`, … by name, so that a value is sent once. `:now` is the database's own clock, or a
 * parameter like any other where the caller has another clock.
 */
export function compileNumbered(sql: string, isClockGiven: boolean): Compiled {
  const names: string[] = []
  const { text } = compile(sql, (_, name) => {
    if (name === 'now' && !isClockGiven) return CLOCK
    if (!names.includes(name)) names.push(name)
    const place = `$${names.indexOf(name) + 1}`
    return name === 'now' ? `${place}::bigint` : place
  })
  return { text, names }
}

/**
 * A value as Postgres takes it. None of its texts holds U+0000, and who asks for one that does, in
 * an address say, would fail all who are read in the same statement.
 */
export function storable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0')
    ? value.replaceAll('\0', '\uFFFD')
    : value
}
