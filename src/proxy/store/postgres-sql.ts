import { type Compiled, compile } from './compile.js'

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
