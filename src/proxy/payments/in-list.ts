import type { Value } from '../store/database.js'

/**
 * `IN (…)` of these ids, the last of them repeated until there are 1, 2, 4, 8 … of them: a database
 * plans each text anew, so that there are few.
 */
export function inList(ids: readonly string[]): { sql: string; params: Record<string, Value> } {
  const size = 2 ** Math.ceil(Math.log2(ids.length))
  const names = Array.from({ length: size }, (_, at) => `id_${at}`)
  const last = ids.at(-1) ?? null
  return {
    sql: `IN (${names.map((name) => `:${name}`).join(', ')})`,
    params: Object.fromEntries(names.map((name, at) => [name, ids[at] ?? last])),
  }
}
