import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.js'
import { call, checkout, checkoutFields, post } from '../test-merchant.js'
import { INVENTED_CODE } from './answer.js'
import { sign } from './signature.js'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({
    port: 0,
    ipLimits: 'off',
    merchants: [
      { merchantNo: '1000000001', appSecret: 'first' },
      { merchantNo: '1000000002', appSecret: 'second' },
    ],
  })
})
afterAll(() => sandbox.close())

const BANK = { channelCode: 'NET_BANKING', wayCode: 'BANK_TRANSFER' }
const STORE = { channelCode: 'STORE', wayCode: '711' }
const ACCOUNTS = '808-0358988888888,013-0458988888888'

describe('takes an order', () => {
  test('and answers in the shape of the documents', async () => {
    const fields = checkoutFields({ remark: '11111' })
    const answer = await (await call(sandbox, 'checkout', fields)).json()
    expect(answer).toEqual({
      msg: 'success',
      code: '0000',
      timestamp: expect.any(Number),
      success: true,
      data: {
        tradeNo: fields.tradeNo,
        platFormTradeNo: expect.stringMatching(/^[a-z0-9]{16}$/),
        status: '0015',
        desc: 'Paying',
        remark: '11111',
        paymentUrl: expect.stringMatching(
          /^http:\/\/127\.0\.0\.1:\d+\/vexora\/cashier\?data=[0-9a-f]{128}$/,
        ),
      },
    })
    expect(sandbox.orders().at(-1)).toMatchObject({
      tradeNo: fields.tradeNo,
      amount: '300',
      status: 'open',
      createCalls: 1,
      queries: 0,
      notifications: [],
      fields,
    })
  })

  test.each([
    ['a bank transfer', { ...BANK, bankNumber: ACCOUNTS }],
    ['a convenience store', { ...STORE, postcode: '100', address: '臺北市重慶南路一段122號' }],
    ['a wallet', {}],
    ['an IPv6 payer', { ipAddress: '2001:db8::1' }],
    ['an empty remark', { remark: '' }],
    ['no remark', { remark: undefined }],
    ['an empty field of another channel', { bankNumber: '' }],
  ])('of %s', async (_name, changes) => {
    expect(await checkout(sandbox, changes)).toMatchObject({
      code: '0000',
      data: { status: '0015' },
    })
  })

  test('signed by another merchant of its own', async () => {
    const fields = checkoutFields()
    const body = JSON.stringify({ ...fields, sign: sign(fields, 'second') })
    const response = await post(sandbox, 'checkout', body, { merchantNo: '1000000002' })
    expect(await response.json()).toMatchObject({ code: '0000' })
    expect(sandbox.orders().at(-1)?.merchantNo).toBe('1000000002')
  })
})

describe('refuses', () => {
  const required = ['amount', 'mobile', 'firstname', 'lastname', 'email', 'channelCode', 'wayCode']
  required.push('ipAddress', 'notifyUrl', 'returnUrl', 'tradeNo')

  test.each([
    ...required.map((name) => [name, { [name]: undefined }, 'required'] as const),
    ['bankNumber', BANK, 'required'],
    ['bankNumber', { ...BANK, bankNumber: '' }, 'required'],
    ['bankNumber', { ...BANK, bankNumber: '808‑0358988888888' }, 'must be'],
    ['bankNumber', { ...BANK, bankNumber: '808-0358988888888,' }, 'must be'],
    ['bankNumber', { ...BANK, bankNumber: '808-0358988888888, 013-0458988888888' }, 'must be'],
    ['bankNumber', { ...BANK, bankNumber: '808-12345' }, 'must be'],
    ['postcode', { ...STORE, address: 'x' }, 'required'],
    ['address', { ...STORE, postcode: '100' }, 'required'],
    ['amount', { amount: '300.00' }, 'whole'],
    ['amount', { amount: '0' }, 'whole'],
    ['amount', { amount: '0300' }, 'whole'],
    ['amount', { amount: '-1' }, 'whole'],
    ['mobile', { mobile: '+886912345678' }, '10 digits'],
    ['mobile', { mobile: '0912 345 678' }, '10 digits'],
    ['mobile', { mobile: '912345678' }, '10 digits'],
    ['email', { email: 'nobody' }, 'e-mail'],
    ['ipAddress', { ipAddress: '192.0.2.256' }, 'IP address'],
    ['ipAddress', { ipAddress: 'localhost' }, 'IP address'],
    ['notifyUrl', { notifyUrl: '/notify' }, 'absolute'],
    ['returnUrl', { returnUrl: 'javascript:alert(1)' }, 'absolute'],
    ['channelCode', { channelCode: 'VA' }, 'one of'],
    ['wayCode', { ...STORE, postcode: '1', address: 'x', wayCode: 'BANK_TRANSFER' }, 'not a way'],
    ['wayCode', { wayCode: 'constructor' }, 'not a way'],
    ['firstname', { firstname: ' 小明' }, 'no blanks'],
    ['lastname', { lastname: ' ' }, 'no blanks'],
    ['address', { ...STORE, postcode: '1', address: 'x'.repeat(257) }, 'at most'],
    ['tradeNo', { tradeNo: 'a-b' }, 'letters'],
    ['tradeNo', { tradeNo: 'a'.repeat(33) }, 'up to 32'],
    ['currency', { currency: 'TWD' }, 'not a field'],
    ['merchantNo', { merchantNo: '1000000001' }, 'not a field'],
  ] as const)('%s in %j', async (name, changes, mistake) => {
    const before = sandbox.orders().length
    const answer = await checkout(sandbox, changes)
    expect(answer).toMatchObject({ code: INVENTED_CODE.badField, success: false, data: null })
    expect(answer.msg).toContain(`${name}: `)
    expect(answer.msg).toContain(mistake)
    expect(sandbox.orders()).toHaveLength(before)
  })

  test('a number used before, and counts the call', async () => {
    const { data } = await checkout(sandbox)
    const tradeNo = data?.tradeNo
    const again = await checkout(sandbox, { tradeNo })
    expect(again.code).toBe(INVENTED_CODE.repeatedTradeNo)
    expect(sandbox.orders().find((order) => order.tradeNo === tradeNo)?.createCalls).toBe(2)
  })

  test.each([
    ['16 minutes old', () => String(Date.now() - 16 * 60_000), INVENTED_CODE.staleTimestamp],
    ['16 minutes ahead', () => String(Date.now() + 16 * 60_000), INVENTED_CODE.staleTimestamp],
    ['in seconds', () => String(Date.now()).slice(0, 10), INVENTED_CODE.badField],
    ['missing', () => '', INVENTED_CODE.badField],
  ])('a timestamp %s', async (_name, timestamp, code) => {
    const answer = await checkout(sandbox, { timestamp: timestamp() })
    expect(answer.code).toBe(code)
    expect(answer.msg).toContain('timestamp: ')
  })

  test('a value changed after signing', async () => {
    const fields = checkoutFields()
    const body = { ...fields, amount: '1', sign: sign(fields, 'first') }
    const response = await post(sandbox, 'checkout', JSON.stringify(body))
    expect(await response.json()).toMatchObject({ code: INVENTED_CODE.badSignature })
  })

  test.each([
    ['another secret', (fields: Record<string, string>) => sign(fields, 'second')],
    ['capitals', (fields: Record<string, string>) => sign(fields, 'first').toUpperCase()],
    ['nothing', () => ''],
  ])('a signature with %s', async (_name, make) => {
    const fields = checkoutFields()
    const body = JSON.stringify({ ...fields, sign: make(fields) })
    expect(await (await post(sandbox, 'checkout', body)).json()).toMatchObject({
      code: INVENTED_CODE.badSignature,
    })
  })

  test.each([
    ['an unknown merchant', { merchantNo: '9999999999' }],
    ['no merchant', { merchantNo: '' }],
  ])('%s', async (_name, headers) => {
    const body = JSON.stringify(checkoutFields())
    expect(await (await post(sandbox, 'checkout', body, headers)).json()).toMatchObject({
      code: INVENTED_CODE.unknownMerchant,
    })
  })

  test.each([
    ['text that is not JSON', 'amount=300'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number as value', JSON.stringify({ ...checkoutFields(), amount: 300 })],
    ['null as value', JSON.stringify({ ...checkoutFields(), remark: null })],
    ['a nested value', JSON.stringify({ ...checkoutFields(), remark: {} })],
  ])('%s', async (_name, body) => {
    expect(await (await post(sandbox, 'checkout', body)).json()).toMatchObject({
      code: INVENTED_CODE.unreadable,
    })
  })

  test('a key that stands in the body twice, although the last one is signed', async () => {
    const fields = checkoutFields()
    const body = JSON.stringify({ ...fields, sign: sign(fields, 'first') })
    const response = await post(sandbox, 'checkout', body.replace('{', '{"amount":"1",'))
    expect(await response.json()).toMatchObject({
      code: INVENTED_CODE.unreadable,
      msg: 'body: a key stands in it twice',
    })
  })

  test('a form instead of JSON', async () => {
    const response = await post(sandbox, 'checkout', 'a=1', {
      'Content-Type': 'application/x-www-form-urlencoded',
    })
    expect(await response.json()).toMatchObject({ code: INVENTED_CODE.unreadable })
  })

  test('a body beyond 64 KiB', async () => {
    const response = await post(sandbox, 'checkout', ' '.repeat(70_000))
    expect(response.status).toBe(413)
  })

  test('without a value of the request in its sentence', async () => {
    const { msg } = await checkout(sandbox, { mobile: '+886912345678' })
    expect(msg).not.toContain('912345678')
  })
})
