import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { sign } from './signature.js'

const SECRET = 'test_secret'

/** The digest of coreutils, so that a mistake of ours cannot agree with itself. */
const md5sum = (text: string) => execFileSync('md5sum', { input: text }).toString().slice(0, 32)

const QUERY = { tradeNo: 'test_00000008', timestamp: '1728613488294' }

const NET_BANKING = {
  sign: 'f53ee692f15d0329a1461373b67ff25a',
  timestamp: '1724142041682',
  tradeNo: '00000007',
  amount: '300',
  mobile: '0912345678',
  firstname: 'abc',
  lastname: 'efg',
  email: '123@gmail.com',
  channelCode: 'NET_BANKING',
  wayCode: 'BANK_TRANSFER',
  ipAddress: '192.168.0.1',
  bankNumber: '808-0368988888888',
  notifyUrl: 'https://google.com',
  returnUrl: 'http://abc.com/callback_page',
  remark: '000000',
}

const CARD = {
  timestamp: '1724142041682',
  tradeNo: '00000007',
  amount: '300.00',
  mobile: '918234567890',
  email: '123@qq.com',
  currency: 'USD',
  userId: 'Test',
  notifyUrl: 'https://google.com',
  returnUrl: 'http://abc.com/callback_page',
  remark: '000000',
}

test.each([
  ['a query', QUERY, '7f0eacfa0ab4861c70adceea14546b88'],
  ['a Taiwan checkout', NET_BANKING, '03b41dcee4f2caba5e99a5e82f6b282c'],
  ['a card checkout', CARD, 'b749577a51f7be673aa0af0cbf0df1a0'],
])('signs the body of %s as computed beforehand', (_name, fields, digest) => {
  expect(sign(fields, SECRET)).toBe(digest)
})

test('joins the pairs with nothing between and appends the secret', () => {
  const text = 'timestamp=1728613488294tradeNo=test_00000008test_secret'
  expect(sign(QUERY, SECRET)).toBe(md5sum(text))
})

test('skips empty values and the signature itself', () => {
  expect(sign({ a: '1', b: '', sign: 'x' }, SECRET)).toBe(md5sum('a=1test_secret'))
})

test('does not trim a blank value away', () => {
  expect(sign({ a: ' ' }, SECRET)).toBe(md5sum('a= test_secret'))
})

test('sorts by code unit: capitals first, digits before letters', () => {
  const fields = { b: '1', B: '2', a: '3', A: '4', a1: '5', aB: '6' }
  expect(sign(fields, SECRET)).toBe(md5sum('A=4B=2a=3a1=5aB=6b=1test_secret'))
})

test('signs UTF-8, and values without any escaping', () => {
  const fields = { firstname: '小明', address: '"a" & b/c\\d' }
  expect(sign(fields, SECRET)).toBe(md5sum('address="a" & b/c\\dfirstname=小明test_secret'))
})

test('cannot tell a re-cut value from two fields, as the rule has it', () => {
  expect(sign({ a: '1b=2' }, SECRET)).toBe(sign({ a: '1', b: '2' }, SECRET))
})
