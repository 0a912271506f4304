import { expect, test } from 'vitest'
import { type QueryPlan, queryGap } from './query-schedule.js'

const SCHEDULE = ['15s', '30s', '1m', '2m', '5m', '15m', '1h'].map(
  (text) => Number.parseInt(text, 10) * { s: 1, m: 60, h: 3600 }[text.slice(-1) as 's' | 'm' | 'h'],
)
const seconds = (plan: QueryPlan, count: number, schedule = SCHEDULE) =>
  Array.from(
    { length: count },
    (_, step) =>
      queryGap(
        plan,
        step,
        schedule.map((gap) => gap * 1000),
      ) / 1000,
  )

test('an open payment follows the schedule, whose last gap repeats', () => {
  expect(seconds('open', 9)).toEqual([15, 30, 60, 120, 300, 900, 3600, 3600, 3600])
})

test('an unknown outcome is asked for soon, then from the first gap of a minute on', () => {
  expect(seconds('unknown', 10)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 120, 300])
})

test('a refused payment is asked for after 1 and 10 minutes, then on the schedule', () => {
  expect(seconds('refused', 4)).toEqual([60, 540, 900, 3600])
})

test('a schedule of short gaps alone is kept to', () => {
  expect(seconds('unknown', 9, [2])).toEqual([1, 2, 4, 8, 16, 32, 60, 2, 2])
})
