import { expect, test } from 'vitest'
import { chooseCoding } from './accept-encoding.js'

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip'],
  ['GZip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.5, gzip', 'gzip'],
  ['br ; q=0.5 ,gzip; q = 0.5', 'br'],
  ['br;q=1.0, gzip;q=0.8, *;q=0.1', 'br'],
  ['br;q=0, gzip;q=0.001', 'gzip'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['*;q=0', 'identity'],
  ['*;q=0, gzip', 'gzip'],
  ['identity', 'identity'],
  ['identity;q=0.5, br;q=0.4', 'identity'],
  ['identity;q=0.5, *;q=0.4', 'identity'],
  ['identity;q=0, *', 'br'],
  ['identity;q=0', 'identity'],
  ['deflate, zstd', 'identity'],
  ['brotli', 'identity'],
  ['br;q=high', 'identity'],
  [';;,,q=1', 'identity'],
] as const)('%j gets %s', (accepted, coding) => {
  expect(chooseCoding(accepted)).toBe(coding)
})
