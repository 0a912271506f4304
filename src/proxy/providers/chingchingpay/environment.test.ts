import { expect, test } from 'vitest'
import { Variables } from '../../environment/variables.js'
import { ConfigurationError } from '../../options.js'
import { listedChingChingPay } from './environment.js'

const GOOD = {
  CHINGCHINGPAY_BASE_URL: 'https://ccp.example/gateway',
  CHINGCHINGPAY_API_KEY: 'key',
  CHINGCHINGPAY_API_SECRET: 'unseen-secret',
  CHINGCHINGPAY_MERCHANT_ID: 'M1',
}

const read = (changes: Record<string, string | undefined> = {}) =>
  listedChingChingPay.read(new Variables({ ...GOOD, ...changes }))

const queried = (status: string, changes: Record<string, string>) =>
  read(changes).readQueried({
    status: 200,
    body: JSON.stringify({ code: 0, data: { status, amount: 10 } }),
  })?.says

test('needs four variables', () => {
  expect(read()).toMatchObject({ id: 'chingchingpay', merchant: 'M1' })
})

test('reads currencies and cashier hosts', () => {
  const { channels, cashierHosts } = read({
    CHINGCHINGPAY_CURRENCIES: 'CNY',
    CHINGCHINGPAY_CASHIER_HOSTS: 'pay.CCP.example, h5.ccp.example',
  })
  expect(channels[0]?.takes({ amount: 100n, currency: 'HKD' })).toBe(false)
  expect(cashierHosts).toEqual(['pay.ccp.example', 'h5.ccp.example'])
})

test('words of a status take the place of ours; those for refunds raise nothing', () => {
  const changes = { CHINGCHINGPAY_STATUS_MAP: 'paid=OK,Done; failed=KO; refunded=BACK' }
  expect(['ok', 'DONE', 'ko', 'back', 'success'].map((word) => queried(word, changes))).toEqual([
    'paid',
    'paid',
    'failed',
    'pending',
    'pending',
  ])
})

test('a success code takes the place of ours', () => {
  expect(queried('success', { CHINGCHINGPAY_SUCCESS_CODE: '200' })).toBeUndefined()
})

test('confirmed assumptions are none', () => {
  expect(read({ CHINGCHINGPAY_CONFIRMED: '1' }).assumptions).toEqual([])
  expect(read({ CHINGCHINGPAY_CONFIRMED: '0' }).assumptions).not.toEqual([])
})

test.each<[string, string | undefined]>([
  ['CHINGCHINGPAY_BASE_URL', undefined],
  ['CHINGCHINGPAY_API_KEY', undefined],
  ['CHINGCHINGPAY_API_KEY', 'unseen words'],
  ['CHINGCHINGPAY_API_SECRET', undefined],
  ['CHINGCHINGPAY_MERCHANT_ID', undefined],
  ['CHINGCHINGPAY_PAYMENT_TYPE', 'unseen'],
  ['CHINGCHINGPAY_CURRENCIES', 'hkd'],
  ['CHINGCHINGPAY_SIGN_ENCODING', 'unseen'],
  ['CHINGCHINGPAY_STATUS_MAP', 'unseen=success'],
  ['CHINGCHINGPAY_STATUS_MAP', 'paid='],
  ['CHINGCHINGPAY_STATUS_MAP', 'paid'],
  ['CHINGCHINGPAY_CONFIRMED', 'yes'],
])('names %s=%s, and prints no value of it', (name, value) => {
  const start = () => read({ [name]: value })
  expect(start).toThrow(ConfigurationError)
  expect(start).toThrow(new RegExp(`^${name} `))
  expect(start).not.toThrow(/unseen/)
})
