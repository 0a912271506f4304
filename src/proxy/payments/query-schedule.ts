/**
 * Why a payment is queried: its cashier or code is out (`open`), its create call has no known
 * outcome (`unknown`), or the provider refused it and may have been wrong (`refused`).
 */
export type QueryPlan = 'open' | 'unknown' | 'refused'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Gaps in milliseconds since the last query, before the schedule takes over. */
const FIRST_GAPS: Record<QueryPlan, readonly number[]> = {
  open: [],
  unknown: [1, 2, 4, 8, 16, 32, 60].map((seconds) => seconds * SECOND),
  refused: [1 * MINUTE, 9 * MINUTE],
}

/**
 * The wait before query number `step` (from 0), in milliseconds. After a plan's own gaps come
 * those of the schedule that are no shorter than its last one; the schedule's last one repeats.
 */
export function queryGap(plan: QueryPlan, step: number, schedule: readonly number[]): number {
  const first = FIRST_GAPS[plan]
  const own = first[step]
  if (own !== undefined) return own
  const rest = schedule.filter((gap) => gap >= (first.at(-1) ?? 0))
  return rest[step - first.length] ?? schedule.at(-1) ?? MINUTE
}

/** A plan from its start, as a move of a payment begins it. */
export function startPlan(
  plan: QueryPlan,
  schedule: readonly number[],
): { plan: QueryPlan; gap: number } {
  return { plan, gap: queryGap(plan, 0, schedule) }
}
