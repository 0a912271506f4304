import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ProviderPayment } from '../provider.js'
import { type ChingChingPayOptions, chingchingpay } from './index.js'

const PAYMENT: ProviderPayment = {
  tradeNo: '20261121063000000000000000001',
  order: 'A-1001',
  channel: 'LINK',
  amount: 12_050n,
  currency: 'HKD',
  description: 'Tea & biscuits',
  payer: {},
  payerIp: '192.0.2.1',
  notifyUrl: 'https://pay.shop.example/notifications/chingchingpay/x',
  returnUrl: 'https://pay.shop.example/payments/x/return',
}

function provider(options: Partial<ChingChingPayOptions> = {}) {
  return chingchingpay({
    baseUrl: 'https://ccp.example/gateway/',
    apiKey: 'key',
    apiSecret: 'secret',
    merchantId: 'M1',
    ...options,
  })
}

const hmac = (body: string) => createHmac('sha256', 'secret').update(body)

test('a link is asked for with the order’s words and our addresses, and nothing of the payer', () => {
  const { method, url, headers, body } = provider().createRequest(PAYMENT, 0)
  expect([method, url]).toEqual(['POST', 'https://ccp.example/gateway/api/v1/payments/link'])
  expect(JSON.parse(body)).toEqual({
    amount: 12_050,
    currency: 'HKD',
    merchant_id: 'M1',
    merchant_reference: PAYMENT.tradeNo,
    callback_url: PAYMENT.notifyUrl,
    complete_url: PAYMENT.returnUrl,
    cancel_url: PAYMENT.returnUrl,
    description: 'Tea & biscuits',
  })
  expect(headers).toEqual({
    'content-type': 'application/json',
    'x-api-key': 'key',
    'x-signature': hmac(body).digest('hex'),
  })
})

test('a store and a type are sent where they are configured', () => {
  const { body } = provider({ storeId: 'S1', paymentType: 'checkout' }).createRequest(PAYMENT, 0)
  expect(JSON.parse(body)).toMatchObject({ store_id: 'S1', payment_type: 'checkout' })
})

test.each([
  ['hex', (body: string) => hmac(body).digest('hex')],
  ['hex-upper', (body: string) => hmac(body).digest('hex').toUpperCase()],
  ['base64', (body: string) => hmac(body).digest('base64')],
] as const)('signs a query too, as %s', (signEncoding, expected) => {
  const { url, headers, body } = provider({ signEncoding }).queryRequest(PAYMENT, 0)
  expect(url).toBe('https://ccp.example/gateway/api/v1/payments/transactions/query')
  expect(JSON.parse(body)).toEqual({ merchant_reference: PAYMENT.tradeNo })
  expect(headers['x-signature']).toBe(expected(body))
})

describe('the channel', () => {
  test.each<[string, bigint, string, boolean]>([
    ['HKD 0.10', 10n, 'HKD', true],
    ['CNY 0.10', 10n, 'CNY', true],
    ['HKD 0.09', 9n, 'HKD', false],
    ['USD 1', 100n, 'USD', false],
  ])('%s', (_name, amount, currency, taken) => {
    expect(provider().channels[0]?.takes({ amount, currency })).toBe(taken)
  })

  test('takes the configured currencies alone', () => {
    const [link] = provider({ currencies: ['CNY'] }).channels
    expect(link?.takes({ amount: 100n, currency: 'HKD' })).toBe(false)
    expect(link?.takes({ amount: 100n, currency: 'CNY' })).toBe(true)
  })

  test('asks the payer for nothing', () => {
    expect(provider().channels).toMatchObject([{ code: 'LINK', flow: 'redirect', fields: [] }])
  })
})

test('a callback is a trigger at an address of ours, and nothing elsewhere, whatever it says', () => {
  const { readNotification, secretAddress, acknowledgement } = provider()
  expect(secretAddress).toBe(true)
  for (const body of ['', '{"status":"success"}', 'status=success', '\u0000']) {
    const message = { headers: new Headers(), body }
    const tradeNo = PAYMENT.tradeNo
    expect(readNotification({ ...message, tradeNo })).toEqual({ kind: 'trigger', tradeNo })
    expect(readNotification({ ...message, tradeNo: undefined })).toEqual({
      kind: 'unverified',
      tradeNo: undefined,
    })
  }
  expect(acknowledgement.body).toBe('{"code":0,"message":"success"}')
})

test('its guesses are named until they are confirmed', () => {
  expect(provider().assumptions?.length).toBeGreaterThan(0)
  expect(provider({ confirmed: true }).assumptions).toEqual([])
})
