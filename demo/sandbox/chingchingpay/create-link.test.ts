import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.js'
import { INVENTED_CODE } from './answer.js'
import { sign } from './signature.js'
import { call, createLink, LINK_PATH, linkFields, post } from './test-client.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())

describe('makes a link', () => {
  test('and answers in the shape of the documents', async () => {
    const fields = linkFields()
    expect(await call(sandbox, LINK_PATH, fields)).toEqual({
      code: 0,
      message: 'success',
      data: {
        merchant_reference: fields.merchant_reference,
        payment_id: expect.stringMatching(/^P[0-9a-f]{24}$/),
        payment_link: expect.stringMatching(
          /^http:\/\/127\.0\.0\.1:\d+\/chingchingpay\/link\?data=[0-9a-f]{128}$/,
        ),
        status: 'created',
      },
    })
    expect(sandbox.orders().at(-1)).toMatchObject({
      provider: 'chingchingpay',
      tradeNo: fields.merchant_reference,
      amount: '120.50',
      currency: 'HKD',
      status: 'open',
      createCalls: 1,
    })
  })

  test.each([
    ['of ten cents', { amount: 10 }],
    ['in CNY', { currency: 'CNY' }],
    [
      'without addresses',
      { callback_url: undefined, complete_url: undefined, cancel_url: undefined },
    ],
    ['with all that is optional', { description: 'Tea', device_id: 'd', store_id: 's' }],
    ['that expires', { expires_at: '1732180000' }],
    ['of type link', { payment_type: 'link' }],
    ['of type checkout', { payment_type: 'checkout' }],
  ])('%s', async (_name, changes) => {
    expect((await createLink(sandbox, changes)).code).toBe(0)
  })
})

describe('refuses', () => {
  test.each([
    ['amount', undefined],
    ['amount', 9],
    ['amount', 10.5],
    ['amount', '12050'],
    ['amount', -10],
    ['currency', undefined],
    ['currency', 'TWD'],
    ['currency', 'hkd'],
    ['merchant_id', undefined],
    ['merchant_id', 'another'],
    ['merchant_reference', undefined],
    ['merchant_reference', ''],
    ['merchant_reference', 'a b'],
    ['merchant_reference', 'a'.repeat(33)],
    ['callback_url', '/callback'],
    ['complete_url', 'javascript:alert(1)'],
    ['cancel_url', ''],
    ['description', ''],
    ['payment_type', 'h5'],
    ['expires_at', 'tomorrow'],
    ['mobile', '0912345678'],
  ])('%s as %j', async (name, value) => {
    const before = sandbox.orders().length
    const answer = await createLink(sandbox, { [name]: value })
    expect(answer).toMatchObject({ code: INVENTED_CODE.badField, data: null })
    expect(answer.message).toMatch(new RegExp(`^${name}: `))
    expect(sandbox.orders()).toHaveLength(before)
  })

  test('a number used before, and counts the call', async () => {
    const { merchant_reference } = linkFields()
    await createLink(sandbox, { merchant_reference })
    expect((await createLink(sandbox, { merchant_reference })).code).toBe(
      INVENTED_CODE.repeatedReference,
    )
    expect(sandbox.orders().at(-1)?.createCalls).toBe(2)
  })

  test.each<[string, (body: string, secret: string) => string]>([
    ['none', () => ''],
    ['one in capitals', (body, secret) => sign(body, secret).toUpperCase()],
    ['one in Base64', (body, secret) => createHmac('sha256', secret).update(body).digest('base64')],
    ['one by another secret', (body) => sign(body, 'another')],
    ['one over another text', (body, secret) => sign(`${body} `, secret)],
  ])('a signature: %s', async (_name, make) => {
    const { apiKey, apiSecret } = sandbox.chingchingpay
    const body = JSON.stringify(linkFields())
    const headers = { 'x-api-key': apiKey, 'x-signature': make(body, apiSecret) }
    expect(await post(sandbox, LINK_PATH, body, headers)).toMatchObject({
      code: INVENTED_CODE.badSignature,
      data: null,
    })
  })

  test.each(['', 'another'])('the key %j', async (apiKey) => {
    const body = JSON.stringify(linkFields())
    const headers = {
      'x-api-key': apiKey,
      'x-signature': sign(body, sandbox.chingchingpay.apiSecret),
    }
    expect((await post(sandbox, LINK_PATH, body, headers)).code).toBe(INVENTED_CODE.unknownKey)
  })

  test.each(['null', '[]', 'no JSON', ''])('a signed body %j', async (body) => {
    const { apiKey, apiSecret } = sandbox.chingchingpay
    const headers = { 'x-api-key': apiKey, 'x-signature': sign(body, apiSecret) }
    expect((await post(sandbox, LINK_PATH, body, headers)).code).toBe(INVENTED_CODE.badField)
  })

  test('a form instead of JSON', async () => {
    const { apiKey, apiSecret } = sandbox.chingchingpay
    const headers = {
      'x-api-key': apiKey,
      'x-signature': sign('a=1', apiSecret),
      'Content-Type': 'application/x-www-form-urlencoded',
    }
    expect((await post(sandbox, LINK_PATH, 'a=1', headers)).code).toBe(INVENTED_CODE.badField)
  })
})
