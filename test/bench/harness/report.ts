import { execFileSync } from 'node:child_process'
import type { describeMachine } from './machine.js'
import type { Row } from './row.js'

/** What `--json` writes and `--against` reads. */
export interface Report {
  at: string
  commit: string
  isQuick: boolean
  machine: ReturnType<typeof describeMachine>
  rows: readonly Row[]
  notes: Readonly<Record<string, string>>
}

/** What was measured, with a mark where it is not what was committed. */
export function commit(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
