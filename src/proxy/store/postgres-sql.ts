import { type Compiled, compile } from './compile.js'

/** Where changes of payments are announced. */
export const CHANNEL = 'pay_button'

/** The database's clock in milliseconds, as it was when the statement began. */
export const CLOCK = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint'

/** Milliseconds that `:now` is ahead of the database's clock. */
export const CLOCK_OFFSET = 'clock_offset'

/** `$1`, `$2`, … by name, so that a value is sent once; `:now` is the database's own clock. */
export function compileNumbered(sql: string): Compiled {
  const names: string[] = []
  const { text } = compile(sql, (_, name) => {
    const parameter = name === 'now' ? CLOCK_OFFSET : name
    if (!names.includes(parameter)) names.push(parameter)
    const place = `$${names.indexOf(parameter) + 1}`
    return name === 'now' ? `(${CLOCK} + ${place}::bigint)` : place
  })
  return { text, names }
}
