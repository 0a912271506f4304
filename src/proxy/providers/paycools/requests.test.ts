import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { ProviderPayment, ProviderRequest } from '../provider.js'
import { type PayCoolsOptions, paycools } from './index.js'
import { verify } from './signature.js'

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
const NOW = 1_678_356_680_000

const PAYMENT: ProviderPayment = {
  tradeNo: '20261121063000000000000000001',
  order: 'A-1001',
  channel: 'ALFAMART_VA',
  amount: 5_000_000n,
  currency: 'IDR',
  payer: { fullName: 'Siti Nurbaya', email: 'siti@example.com' },
  payerIp: '192.0.2.1',
  notifyUrl: 'https://pay.shop.example/notifications/paycools',
  returnUrl: 'https://pay.shop.example/payments/x/return',
}

function provider(options: Partial<PayCoolsOptions> = {}) {
  return paycools({
    baseUrl: 'https://paycools.example/',
    appId: 'app-1',
    privateKey: String(merchant.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicKey: String(own.publicKey.export({ type: 'spki', format: 'pem' })),
    ...options,
  })
}

function opened({ body }: ProviderRequest) {
  const envelope = JSON.parse(body) as Record<'appId' | 'param' | 'sign', string>
  return { ...envelope, fields: JSON.parse(envelope.param) as Record<string, unknown> }
}

test('a code is asked for with the documented fields, and no others', () => {
  const request = provider().createRequest(PAYMENT, NOW)
  expect(request).toMatchObject({
    method: 'POST',
    url: 'https://paycools.example/open-api/dynamic/payment/code',
    headers: { 'content-type': 'application/json' },
  })
  const { appId, fields } = opened(request)
  expect(appId).toBe('app-1')
  expect(fields).toEqual({
    mchOrderId: '20261121063000000000000000001',
    channelCode: 'ALFAMART_VA',
    amount: 50_000,
    email: 'siti@example.com',
    customerName: 'Siti Nurbaya',
    notifyUrl: 'https://pay.shop.example/notifications/paycools',
    remark: 'A-1001',
    timestamp: NOW,
  })
})

test('a payment is asked about by our number', () => {
  const request = provider().queryRequest({ tradeNo: PAYMENT.tradeNo }, NOW)
  expect(request.url).toBe('https://paycools.example/open-api/dynamic/payment/code/check')
  expect(opened(request).fields).toEqual({ mchOrderId: PAYMENT.tradeNo, timestamp: NOW })
})

test.each(['RSA-SHA256', 'RSA-SHA1'] as const)(
  '%s signs param as the text that is sent',
  (signAlgorithm) => {
    const { createRequest, queryRequest } = provider({ signAlgorithm })
    for (const request of [createRequest(PAYMENT, NOW), queryRequest(PAYMENT, NOW)]) {
      const { param, sign } = opened(request)
      expect(verify(param, sign, merchant.publicKey, signAlgorithm)).toBe(true)
    }
  },
)

test('SHA-256 is the default', () => {
  const { param, sign } = opened(provider().createRequest(PAYMENT, NOW))
  expect(verify(param, sign, merchant.publicKey, 'RSA-SHA256')).toBe(true)
})

describe('a channel', () => {
  const [alfamart] = provider().channels

  test.each<[string, bigint, string, boolean]>([
    ['2,000 rupiah', 200_000n, 'IDR', true],
    ['100,000,000 rupiah', 10_000_000_000n, 'IDR', true],
    ['1,999 rupiah', 199_900n, 'IDR', false],
    ['100,000,001 rupiah', 10_000_000_100n, 'IDR', false],
    ['rupiah with decimals', 200_050n, 'IDR', false],
    ['other money', 200_000n, 'USD', false],
  ])('of %s', (_name, amount, currency, taken) => {
    expect(alfamart?.takes({ amount, currency })).toBe(taken)
  })

  test('asks for a name and an e-mail, and gives out a code', () => {
    expect(
      provider().channels.map(({ code, kind, flow, label }) => [code, kind, flow, label]),
    ).toEqual([
      ['ALFAMART_VA', 'convenience-store', 'code', 'Alfamart'],
      ['BNI_VA', 'virtual-account', 'code', 'BNI'],
      ['BRI_VA', 'virtual-account', 'code', 'BRI'],
    ])
    expect(alfamart?.fields.map(({ name, required }) => [name, required])).toEqual([
      ['fullName', true],
      ['email', true],
    ])
  })
})

test('acknowledges in the documented words', () => {
  expect(provider().acknowledgement).toEqual({
    contentType: 'application/json',
    body: '{"code":10000,"message":"Success"}',
  })
})
