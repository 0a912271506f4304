import { expect, test } from 'vitest'
import { readAmount } from './amount.js'

test.each([
  ['300', 30_000n],
  ['300.0000', 30_000n],
  ['300.5', 30_050n],
  ['300.50', 30_050n],
  ['300.500', 30_050n],
  ['0.1', 10n],
  ['3000', 300_000n],
  ['000300', 30_000n],
  [' 300 ', 30_000n],
])('%s', (text, minor) => {
  expect(readAmount(text)).toBe(minor)
})

test.each([
  undefined,
  '',
  'NaN',
  '-300',
  '+300',
  '3e2',
  '0x12c',
  '300,00',
  '300.001',
  '300.',
  '.5',
  '1'.repeat(13),
])('no amount that can be counted: %s', (text) => {
  expect(readAmount(text)).toBeUndefined()
})
