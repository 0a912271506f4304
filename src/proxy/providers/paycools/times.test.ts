import { expect, test } from 'vitest'
import { readTime } from './times.js'

test.each([
  ['2023-03-13 20:12:34', '2023-03-13T13:12:34.000Z'],
  ['2026-01-01 06:59:59', '2025-12-31T23:59:59.000Z'],
  [' 2026-03-29 02:30:00 ', '2026-03-28T19:30:00.000Z'],
])('%s in Jakarta is %s', (text, time) => {
  expect(readTime(text)).toBe(time)
})

/** A snowflake number holds its own time, which the documents print beside it without a zone. */
test.each([
  ['C1630761265167208448', '2023-03-01 09:45:58'],
  ['C1633669279100571648', '2023-03-09 10:21:23'],
])('%s was made when the documents say, give or take their rounding', (number, printed) => {
  const made = Number((BigInt(number.slice(1)) >> 22n) + 1288834974657n)
  expect(Math.abs(Date.parse(readTime(printed) ?? '') - made)).toBeLessThan(1_000)
})

test.each([
  null,
  undefined,
  '',
  'null',
  '2023-03-13',
  '2023-03-13T20:12:34',
  '2023-03-13 20:12',
  '2023-13-13 20:12:34',
  '2023-03-13 25:12:34',
  '1678713154000',
])('%j is no time', (text) => {
  expect(readTime(text)).toBeNull()
})
