import { expect, test } from 'vitest'
import type { Debt } from '../payments/record.js'
import { retryDelay } from './deliveries.js'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const DAY = 24 * HOUR

const debt = (tries: number): Debt => ({
  version: 3,
  type: 'payment.succeeded',
  late: false,
  tries,
  since: 5 * DAY,
})

test('the gaps double from a second to an hour', () => {
  const gaps = Array.from({ length: 14 }, (_, tries) => retryDelay(debt(tries), 5 * DAY))
  expect(gaps.map((gap) => (gap ?? 0) / SECOND)).toEqual([
    1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600,
  ])
})

test('however many tries there were, a gap is an hour', () => {
  expect(retryDelay(debt(5_000), 5 * DAY)).toBe(HOUR)
})

test('after three days there is no further try', () => {
  expect(retryDelay(debt(80), 8 * DAY - 1)).toBe(HOUR)
  expect(retryDelay(debt(80), 8 * DAY)).toBeNull()
})
