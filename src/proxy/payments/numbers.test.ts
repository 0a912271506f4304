import { expect, test } from 'vitest'
import { newTradeNo } from './numbers.js'

const NOW = Date.UTC(2026, 10, 30, 7, 8, 9, 10)

test('our number begins with the second of UTC in which it was made', () => {
  expect(newTradeNo(NOW)).toMatch(/^20261130070809\d{16}$/)
})

test('each of its other digits is as likely at each place', () => {
  const count = 10_000
  const seen = Array.from({ length: 16 }, () => new Map<string, number>())
  for (let made = 0; made < count; made += 1) {
    const digits = newTradeNo(NOW).slice(14)
    seen.forEach((at, place) => {
      const digit = digits.charAt(place)
      at.set(digit, (at.get(digit) ?? 0) + 1)
    })
  }
  // A tenth of all are 1,000: seven deviations are 210.
  for (const at of seen) {
    expect(at.size).toBe(10)
    for (const times of at.values()) expect(Math.abs(times - count / 10)).toBeLessThan(210)
  }
})
