import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.js'
import { startMerchant, type TestAnswer } from '../test-merchant.js'
import { INVENTED_CODE } from './answer.js'
import { sign } from './signature.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, retrySchedule: [] })
})
afterAll(() => sandbox.close())

let numbers = 0

function cardFields(changes: Record<string, string> = {}): Record<string, string> {
  numbers += 1
  return {
    timestamp: String(Date.now()),
    tradeNo: `card_${numbers}`,
    amount: '300.00',
    mobile: '918234567890',
    email: '123@qq.com',
    userId: 'Test',
    currency: 'USD',
    notifyUrl: 'http://127.0.0.1:9/notify',
    returnUrl: 'http://127.0.0.1:9/return',
    remark: '000000',
    ...changes,
  }
}

async function call(path: string, fields: Record<string, string>): Promise<TestAnswer> {
  const { baseUrl, merchantNo, appSecret } = sandbox.vexoraCard
  const response = await fetch(`${baseUrl}/v1/vexora/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', merchantNo },
    body: JSON.stringify({ ...fields, sign: sign(fields, appSecret) }),
  })
  return (await response.json()) as TestAnswer
}

const checkout = (changes?: Record<string, string>) => call('checkout', cardFields(changes))

describe('takes an order', () => {
  test('and answers as the documents do, without its number', async () => {
    expect(await checkout({ remark: 'A-1' })).toEqual({
      msg: 'success',
      code: '0000',
      timestamp: expect.any(Number),
      success: true,
      data: {
        platFormTradeNo: expect.stringMatching(/^[a-z0-9]{16}$/),
        status: '0015',
        desc: 'CREATED',
        remark: 'A-1',
        paymentUrl: expect.stringContaining('/vexora/cashier?data='),
      },
    })
  })

  test.each(['300.00', '300', '0.5', '0.01'])('of %s', async (amount) => {
    expect((await checkout({ amount })).code).toBe('0000')
    expect(sandbox.orders().at(-1)).toMatchObject({ amount, currency: 'USD' })
  })
})

test.each([
  ['tradeNo', '', 'required'],
  ['amount', '300.001', 'two decimals'],
  ['amount', '0.00', 'above zero'],
  ['amount', '300,00', 'two decimals'],
  ['mobile', '', 'required'],
  ['mobile', '+918234567890', 'digits'],
  ['mobile', '0912345678', 'country code'],
  ['email', 'nobody', 'e-mail'],
  ['userId', '', 'required'],
  ['currency', 'EUR', 'USD'],
  ['currency', '', 'required'],
  ['returnUrl', '/return', 'absolute'],
  ['firstname', 'a', 'not a field'],
  ['channelCode', 'CARD', 'not a field'],
])('refuses %s as %j', async (name, value, mistake) => {
  const answer = await checkout({ [name]: value })
  expect(answer).toMatchObject({ code: INVENTED_CODE.badField, data: null })
  expect(answer.msg).toMatch(new RegExp(`^${name}: .*${mistake}`))
})

test('knows neither Taiwan’s merchant nor its secret', async () => {
  const { merchantNo, appSecret } = sandbox.vexoraTaiwan
  const fields = cardFields()
  const post = async (headers: Record<string, string>) => {
    const response = await fetch(`${sandbox.vexoraCard.baseUrl}/v1/vexora/checkout`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ ...fields, sign: sign(fields, appSecret) }),
    })
    return ((await response.json()) as TestAnswer).code
  }
  expect(await post({ merchantNo })).toBe(INVENTED_CODE.unknownMerchant)
  expect(await post({ merchantNo: sandbox.vexoraCard.merchantNo })).toBe(INVENTED_CODE.badSignature)
})

test('has no limit for each address, and is paid, queried and told like Taiwan', async () => {
  const merchant = await startMerchant({ body: 'OK' })
  for (let count = 1; count <= 11; count += 1) {
    const fields = cardFields({ notifyUrl: merchant.notifyUrl })
    expect((await call('checkout', fields)).code).toBe('0000')
    await sandbox.settle(fields.tradeNo ?? '', count === 1 ? { part: '150.50' } : 'approve')
  }
  const [part, whole] = merchant.heard.map(({ body }) => JSON.parse(body) as Record<string, string>)
  expect([part?.amount, part?.status]).toEqual(['150.50', '0001'])
  expect([whole?.amount, whole?.status]).toEqual(['300.00', '0000'])
  const { sign: signature, ...fields } = whole ?? {}
  expect(signature).toBe(sign(fields, sandbox.vexoraCard.appSecret))
  const timestamp = String(Date.now())
  const tradeNo = fields.tradeNo ?? ''
  expect(await call('queryPayInResult', { tradeNo, timestamp })).toMatchObject({
    data: { tradeNo, status: '0000', amount: '300.00' },
  })
  await merchant.close()
})
