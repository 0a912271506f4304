import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../index.js'
import { CODE } from './answer.js'
import { keyPairs } from './keys.js'
import { sign } from './signature.js'
import { CODE_PATH, call, codeParam, createCode, post } from './test-client.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
})
afterAll(() => sandbox.close())

describe('gives out a code', () => {
  test('and answers in the shape of the documents', async () => {
    const param = codeParam()
    const answer = await call(sandbox, CODE_PATH, param)
    expect(answer).toEqual({
      code: 10000,
      message: 'Success',
      data: {
        transactionId: expect.stringMatching(/^C\d{19}$/),
        transactionCreateTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
        transactionReturnTime: null,
        transactionAmount: 10000,
        transactionStatus: 'PENDING',
        remark: 'A-1001',
        paymentCode: {
          mchOrderId: param.mchOrderId,
          channelCode: 'ALFAMART_VA',
          referenceNumber: expect.stringMatching(/^000\d{5}$/),
          expireTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
        },
      },
    })
    expect(sandbox.orders().at(-1)).toMatchObject({
      provider: 'paycools',
      tradeNo: param.mchOrderId,
      amount: '10000',
      currency: 'IDR',
      status: 'open',
      createCalls: 1,
    })
  })

  test.each([
    ['of sixteen digits at a bank', { channelCode: 'BNI_VA' }],
    ['of sixteen digits at another bank', { channelCode: 'BRI_VA' }],
  ])('%s', async (_name, changes) => {
    const { data } = await createCode(sandbox, changes)
    expect(data?.paymentCode.referenceNumber).toMatch(/^\d{16}$/)
  })

  test.each([
    ['the least amount', { amount: 2000 }],
    ['the most', { amount: 100_000_000 }],
    ['a mobile', { mobile: '81234567890' }],
    ['no remark', { remark: undefined }],
    ['a name of 100 characters', { customerName: 'x'.repeat(100) }],
  ])('with %s', async (_name, changes) => {
    expect((await createCode(sandbox, changes)).code).toBe(10000)
  })
})

describe('refuses', () => {
  test.each([
    ['mchOrderId', undefined, CODE.parameter],
    ['mchOrderId', 'short', CODE.parameter],
    ['mchOrderId', 'with_underscore_1', CODE.parameter],
    ['mchOrderId', 'a'.repeat(33), CODE.parameter],
    ['channelCode', undefined, CODE.parameter],
    ['channelCode', 'ID_BCA_VA', CODE.channel],
    ['channelCode', 'constructor', CODE.channel],
    ['amount', undefined, CODE.parameter],
    ['amount', '10000', CODE.parameter],
    ['amount', 10000.5, CODE.parameter],
    ['amount', 1999, CODE.amount],
    ['amount', 100_000_001, CODE.amount],
    ['email', undefined, CODE.parameter],
    ['email', 'nobody', CODE.parameter],
    ['customerName', undefined, CODE.parameter],
    ['customerName', '', CODE.parameter],
    ['customerName', 'x'.repeat(101), CODE.parameter],
    ['notifyUrl', undefined, CODE.parameter],
    ['notifyUrl', '/notify', CODE.parameter],
    ['timestamp', undefined, CODE.parameter],
    ['timestamp', String(Date.now()), CODE.parameter],
    ['timestamp', Date.now() - 16 * 60_000, CODE.timestampExpired],
    ['timestamp', Date.now() + 16 * 60_000, CODE.timestampWrong],
    ['currency', 'IDR', CODE.parameter],
  ])('%s as %j', async (name, value, code) => {
    const before = sandbox.orders().length
    const answer = await createCode(sandbox, { [name]: value })
    expect(answer).toMatchObject({ code, data: null })
    expect(answer.message).toMatch(new RegExp(`^${name}: `))
    expect(sandbox.orders()).toHaveLength(before)
  })

  test('a number used before, and counts the call', async () => {
    const { mchOrderId } = codeParam()
    await createCode(sandbox, { mchOrderId })
    expect((await createCode(sandbox, { mchOrderId })).code).toBe(CODE.repeatedOrder)
    expect(sandbox.orders().at(-1)?.createCalls).toBe(2)
  })

  test.each<[string, (param: string) => string]>([
    ['nothing', () => ''],
    ['what is no signature', () => '45eebd745dcf0b5f6d6f9fcde28cd9fe8116a892'],
    ['another text', (param) => signed(`${param} `)],
    ['another hash', (param) => signed(param, keyPairs().merchant.privateKey, 'RSA-SHA1')],
    ['PayCools’ key', (param) => signed(param, keyPairs().payCools.privateKey)],
  ])('a signature over or by %s', async (_name, make) => {
    const param = JSON.stringify(codeParam())
    const { appId } = sandbox.paycools
    const body = JSON.stringify({ appId, param, sign: make(param) })
    expect(await post(sandbox, CODE_PATH, body)).toMatchObject({ code: CODE.signature, data: null })
  })

  function signed(
    param: string,
    key = sandbox.paycools.privateKey,
    algorithm: 'RSA-SHA256' | 'RSA-SHA1' = 'RSA-SHA256',
  ) {
    return sign(param, key, algorithm)
  }

  test('another app', async () => {
    const param = JSON.stringify(codeParam())
    const body = JSON.stringify({ appId: 'another', param, sign: signed(param) })
    expect((await post(sandbox, CODE_PATH, body)).code).toBe(CODE.appId)
  })

  test.each([
    ['text that is not JSON', 'appId=1'],
    ['an empty body', ''],
    ['a list', '[]'],
    ['param as an object', JSON.stringify({ appId: 'sandbox-app', param: {}, sign: 'x' })],
    ['a field besides', JSON.stringify({ appId: 'a', param: 'b', sign: 'c', more: 'd' })],
  ])('%s', async (_name, body) => {
    expect(await post(sandbox, CODE_PATH, body)).toMatchObject({
      code: CODE.parameter,
      message: expect.stringMatching(/^body: /),
    })
  })

  test.each(['null', '[]', 'no JSON', ''])('a signed param %j', async (param) => {
    const { appId } = sandbox.paycools
    const body = JSON.stringify({ appId, param, sign: signed(param) })
    expect((await post(sandbox, CODE_PATH, body)).code).toBe(CODE.parameter)
  })

  test('a form instead of JSON', async () => {
    const response = await fetch(sandbox.paycools.baseUrl + CODE_PATH, {
      method: 'POST',
      body: new URLSearchParams({ appId: 'sandbox-app' }),
    })
    expect(await response.json()).toMatchObject({ code: CODE.parameter })
  })

  test('without a value of the request in its sentence', async () => {
    const { message } = await createCode(sandbox, { email: 'somebody-at-home' })
    expect(message).not.toContain('somebody')
  })
})

describe('an option', () => {
  async function codeWith(options: SandboxOptions) {
    const other = await startSandbox({ port: 0, now: () => NOON, ...options })
    const answer = await createCode(other, { timestamp: NOON })
    await other.close()
    return answer
  }
  /** 19:00 in Jakarta. */
  const NOON = Date.UTC(2026, 10, 21, 12)

  test.each([
    [90 * 60_000, '2026-11-21 20:30:00'],
    [-60_000, '2026-11-21 18:59:00'],
    [null, null],
  ])('lets a code live %j milliseconds: %j', async (codeLifetime, expireTime) => {
    const { data } = await codeWith({ paycools: { codeLifetime } })
    expect(data).toMatchObject({
      transactionCreateTime: '2026-11-21 19:00:00',
      paymentCode: { expireTime },
    })
  })

  test('signs with SHA-1', async () => {
    expect((await codeWith({ paycools: { signAlgorithm: 'RSA-SHA1' } })).code).toBe(10000)
  })
})
