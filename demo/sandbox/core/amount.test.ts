import { expect, test } from 'vitest'
import { decimalsOf, fromCents, halfOf, shownAmount, toCents } from './amount.js'

test.each([
  ['300', 30_000n],
  ['0.1', 10n],
  ['0.10', 10n],
  ['300.00', 30_000n],
  ['999999999999.99', 99_999_999_999_999n],
])('%s is %i cents', (amount, cents) => {
  expect(toCents(amount)).toBe(cents)
})

test.each(['0', '0.00', '', '-1', '01', '1.', '.5', '1.234', '1e3', '１', ' 1'])(
  '%j is no amount',
  (amount) => {
    expect(toCents(amount)).toBeUndefined()
  },
)

test.each([
  [30_000n, '300'],
  [30_050n, '300.50'],
  [9n, '0.09'],
])('%i cents are %s', (cents, amount) => {
  expect(fromCents(cents)).toBe(amount)
})

test.each([
  ['301', 0, '150'],
  ['301.00', 2, '150.50'],
  ['12.5', 1, '6.25'],
])('of %s, written with %i decimals, %s is a part', (amount, decimals, half) => {
  expect([decimalsOf(amount), halfOf(amount)]).toEqual([decimals, half])
})

test.each([
  ['1234500', 'TWD', 'NT$1,234,500'],
  ['300.00', 'USD', 'US$300'],
  ['12.50', 'USD', 'US$12.50'],
  ['50000', 'IDR', 'Rp 50,000'],
  ['0.10', 'HKD', 'HK$0.10'],
  ['1', 'CNY', 'CN¥1'],
  ['1', 'XYZ', 'XYZ 1'],
])('%s %s is shown as %s', (amount, currency, shown) => {
  expect(shownAmount(amount, currency)).toBe(shown)
})
