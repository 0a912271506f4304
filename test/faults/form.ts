import type { TestContext } from 'vitest'

/** The long form is for an evening: `npm run test:faults`. */
export const IS_LONG = process.env.FAULT_FORM === 'long'

/** What a run did, and what it lost: a count, or a list that should be empty. */
export type Figures = Record<string, number | string | readonly string[]>

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figures
  }
}

/** Prints what a run did, and hands it to the summary of `npm run test:faults`. */
export function tell({ task }: TestContext, figures: Figures): void {
  task.meta.figures = figures
  console.log(`${task.name}: ${JSON.stringify(figures)}`)
}

/** Milliseconds below which so many of a hundred lie. */
export function percentile(times: readonly number[], percent: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.round(sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? 0)
}
