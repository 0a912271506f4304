/** Why a text is not a flat object: not JSON at all, or JSON of another shape. */
export type FlatJsonFault = 'not-json' | 'not-flat'

/** A member's value as text: a string's content, a number's own digits, `true`, `false`, `null`. */
export interface FlatValue {
  text: string
  type: 'string' | 'number' | 'boolean' | 'null'
}

const MEMBER =
  /\s*("(?:[^"\\]|\\.)*")\s*:\s*(?:("(?:[^"\\]|\\.)*")|(-?\d[\d.eE+-]*)|(true|false)|(null))\s*(,|$)/y

/**
 * Reads a JSON object without nesting and without repeated keys, keeping each number in the text
 * it came in: `50002.0000` is what was signed, and a parsed number would have lost it.
 */
export function readFlatJson(json: string): Map<string, FlatValue> | FlatJsonFault {
  try {
    JSON.parse(json)
  } catch {
    return 'not-json'
  }
  const inner = /^\s*\{(.*)\}\s*$/s.exec(json)?.[1]
  if (inner === undefined) return 'not-flat'
  const members = new Map<string, FlatValue>()
  if (inner.trim() === '') return members
  const member = new RegExp(MEMBER)
  while (true) {
    const [, key, string, number, boolean, nothing, end] = member.exec(inner) ?? []
    if (key === undefined) return 'not-flat'
    const name = unquoted(key)
    if (members.has(name)) return 'not-flat'
    members.set(name, toValue(string, number, boolean, nothing))
    if (end === '') return members
  }
}

function toValue(
  string: string | undefined,
  number: string | undefined,
  boolean: string | undefined,
  nothing: string | undefined,
): FlatValue {
  if (string !== undefined) return { text: unquoted(string), type: 'string' }
  if (number !== undefined) return { text: number, type: 'number' }
  if (boolean !== undefined) return { text: boolean, type: 'boolean' }
  return { text: nothing ?? '', type: 'null' }
}

/** What a string of JSON, known to be one, says: where nothing is escaped, what stands in it. */
function unquoted(string: string): string {
  return string.includes('\\') ? (JSON.parse(string) as string) : string.slice(1, -1)
}
