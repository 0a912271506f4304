import { describe, expect, test } from 'vitest'
import type { ProviderPayment } from '../provider.js'
import { vexora } from './index.js'
import { sign } from './signature.js'

const SECRET = 'app-secret'
const taiwan = vexora.taiwan({
  baseUrl: 'https://vexora.example/taiwan/',
  merchantNo: '1234567890',
  appSecret: SECRET,
})
const card = vexora.card({
  baseUrl: 'https://vexora.example/card',
  merchantNo: '1234567890',
  appSecret: SECRET,
  userId: 'fixed',
})

const PAYMENT: ProviderPayment = {
  tradeNo: '202611210630000000000000000001',
  order: 'A-1',
  channel: 'NET_BANKING',
  way: 'BANK_TRANSFER',
  amount: 30_000n,
  currency: 'TWD',
  payer: {
    firstName: ' 小明 ',
    lastName: '王',
    mobile: '0912345678',
    email: 'a@example.com',
    bankAccounts: ['808-0358988888888', '013-0458988888888'],
  },
  payerIp: '203.0.113.1',
  notifyUrl: 'https://pay.example/notifications/vexora-taiwan',
  returnUrl: 'https://pay.example/payments/pay_1/return',
}
const sent = (payment = PAYMENT, provider = taiwan) => {
  const request = provider.createRequest(payment, 1_724_142_041_682)
  return { ...request, fields: JSON.parse(request.body) as Record<string, string> }
}
const answer = (data: object, outer: object = {}) =>
  taiwan.readCreated(
    { status: 200, body: JSON.stringify({ code: '0000', success: true, ...outer, data }) },
    PAYMENT,
  )
const LINK = 'https://cashier.example/1'

describe('requests', () => {
  test('values are trimmed before they are signed, so that what is signed is what is sent', () => {
    const { fields } = sent()
    expect(fields.firstname).toBe('小明')
    expect(fields.sign).toBe(sign(fields, SECRET))
  })

  test('every value is a string, the time stamp too, and none is empty or null', () => {
    const { fields } = sent()
    expect(fields.timestamp).toBe('1724142041682')
    expect(Object.values(fields).every((value) => typeof value === 'string' && value)).toBe(true)
    expect(fields).not.toHaveProperty('postcode')
  })

  test('the merchant number is a header and not a signed field', () => {
    expect(sent().headers.merchantNo).toBe('1234567890')
    expect(sent().fields).not.toHaveProperty('merchantNo')
  })

  test('accounts are joined by ASCII hyphens and commas', () => {
    expect(sent().fields.bankNumber).toBe('808-0358988888888,013-0458988888888')
  })

  test('711 stays a string, and an amount in whole dollars', () => {
    const { fields } = sent({ ...PAYMENT, channel: 'STORE', way: '711' })
    expect([fields.wayCode, fields.amount]).toEqual(['711', '300'])
  })

  test("the card's trade number is sent though its table forgets it, the mobile without a plus", () => {
    const payer = { mobile: '+918234567890', email: 'a@example.com' }
    const { url, fields } = sent({ ...PAYMENT, currency: 'USD', payer }, card)
    expect(url).toBe('https://vexora.example/card/v1/vexora/checkout')
    expect(fields).toMatchObject({
      tradeNo: PAYMENT.tradeNo,
      amount: '300.00',
      currency: 'USD',
      mobile: '918234567890',
      userId: 'fixed',
    })
  })
})

describe('answers', () => {
  test.each(['paymentLink', 'paymentUrl'])('the link stands in %s', (name) => {
    expect(answer({ status: '0015', [name]: LINK })).toMatchObject({
      outcome: 'accepted',
      next: { type: 'redirect', url: LINK },
    })
  })

  test.each([
    { success: 'true', timestamp: '1728609277476' },
    { success: true, timestamp: 1728609277476 },
    { success: false, msg: 'fail' },
  ])('%o: neither success nor msg decides', (outer) => {
    expect(answer({ status: '0015', paymentUrl: LINK }, outer)).toMatchObject({
      outcome: 'accepted',
    })
  })

  test.each(['Paying', 'CREATED', 'Fail'])('desc %s decides nothing', (desc) => {
    expect(answer({ status: '0015', desc, paymentUrl: LINK })).toMatchObject({
      outcome: 'accepted',
    })
  })

  test('00029 has five characters; 0029 is a word that nobody documented', () => {
    expect(answer({ status: '00029' })).toMatchObject({ outcome: 'refused' })
    expect(answer({ status: '0029' })).toMatchObject({ outcome: 'unknown' })
  })

  test('a query that is answered with 0000 may be of a payment that failed', () => {
    const body = '{"code":"0000","success":true,"data":{"status":"00029","message":"Fail"}}'
    expect(taiwan.readQueried({ status: 200, body })).toMatchObject({ says: 'failed' })
  })
})

describe('notifications', () => {
  const read = (members: string) =>
    taiwan.readNotification({ headers: new Headers(), body: members, tradeNo: undefined })

  test('50002.0000 is verified in the text it came in', () => {
    const fields = { amount: '50002.0000', status: '0000', tradeNo: PAYMENT.tradeNo }
    const body = `{"amount":50002.0000,"status":"0000","tradeNo":"${PAYMENT.tradeNo}","sign":"${sign(fields, SECRET)}"}`
    expect(read(body)).toMatchObject({
      kind: 'verified',
      report: { says: 'paid', amount: 5_000_200n },
    })
  })

  test('a field that nobody documented is signed like every other', () => {
    const fields = { status: '0015', tradeNo: PAYMENT.tradeNo, utr: 'X1' }
    const signed = JSON.stringify({ ...fields, sign: sign(fields, SECRET) })
    expect(read(signed)).toMatchObject({ kind: 'verified' })
    expect(read(signed.replace('X1', 'X2'))).toMatchObject({ kind: 'unverified' })
  })
})
