import type { Row, Statement } from './database.js'

/** What a statement of a write did. */
export interface Effect {
  /** How many rows it changed, returned or not. */
  touched: number
  rows: Row[]
}

/** The payments whose change is told after the commit. */
export function announced(
  announce: Statement['announce'],
  { touched, rows }: Effect,
): readonly string[] {
  if (!announce || touched === 0) return []
  return announce === true ? rows.map(({ id }) => String(id)) : [announce]
}
