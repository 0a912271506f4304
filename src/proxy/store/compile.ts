import type { Value } from './database.js'

/** A statement as a driver wants it: its own placeholders, and the order of its parameters. */
export interface Compiled {
  text: string
  names: string[]
}

/**
 * Turns `:name` into a driver's placeholders. Our statements hold no string literal with a colon
 * and no `::` cast, so a word after a colon is always a parameter.
 */
export function compile(
  sql: string,
  placeholder: (index: number, name: string) => string,
): Compiled {
  const names: string[] = []
  const text = sql.replace(/:([a-z_]\w*)/gi, (_, name: string) => {
    names.push(name)
    return placeholder(names.length, name)
  })
  return { text, names }
}

/**
 * @param now gives `:now` where `params` does not.
 * @throws {TypeError} when a parameter of the statement is missing.
 */
export function bind(names: string[], params: Record<string, Value>, now: () => number): Value[] {
  return names.map((name) => {
    const value = name === 'now' && params.now === undefined ? now() : params[name]
    if (value === undefined) throw new TypeError(`the statement needs :${name}`)
    return value
  })
}
