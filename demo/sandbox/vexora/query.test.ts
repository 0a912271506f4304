import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.js'
import { checkout, checkoutFields, post, query } from '../test-merchant.js'
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

async function newOrder(): Promise<string> {
  const fields = checkoutFields()
  await checkout(sandbox, fields)
  return fields.tradeNo ?? ''
}

test.each([
  ['open', undefined, { status: '0015', amount: '300', message: 'Paying' }],
  ['paid', 'approve', { status: '0000', amount: '300', message: 'Success' }],
  ['part paid', { part: '120' }, { status: '0001', amount: '120', message: 'Partial payment' }],
  ['refused', 'refuse', { status: '00029', amount: '300', message: 'Fail' }],
] as const)('tells of an order that is %s', async (_name, outcome, told) => {
  const tradeNo = await newOrder()
  if (outcome) await sandbox.settle(tradeNo, outcome, { notify: false })
  const answer = await query(sandbox, tradeNo)
  expect(answer).toMatchObject({ code: '0000', success: true, data: { tradeNo, ...told } })
  expect(answer.data?.platFormTradeNo).toBe(sandbox.orders().at(-1)?.providerReference)
})

test('is counted on its order', async () => {
  const tradeNo = await newOrder()
  const before = sandbox.calls('query')
  await query(sandbox, tradeNo)
  await query(sandbox, tradeNo)
  expect(sandbox.orders().at(-1)?.queries).toBe(2)
  expect(sandbox.calls('query')).toBe(before + 2)
})

test('refuses a number it does not know', async () => {
  expect(await query(sandbox, 'nobody')).toMatchObject({
    code: INVENTED_CODE.unknownTradeNo,
    success: false,
    data: null,
  })
})

test('refuses the number of another merchant', async () => {
  const fields = { tradeNo: await newOrder(), timestamp: String(Date.now()) }
  const body = JSON.stringify({ ...fields, sign: sign(fields, 'second') })
  const response = await post(sandbox, 'queryPayInResult', body, { merchantNo: '1000000002' })
  expect(await response.json()).toMatchObject({ code: INVENTED_CODE.unknownTradeNo })
})

test('refuses an unknown field', async () => {
  expect(await query(sandbox, await newOrder(), { amount: '300' })).toMatchObject({
    code: INVENTED_CODE.badField,
  })
})

test('refuses a bad signature', async () => {
  const fields = { tradeNo: await newOrder(), timestamp: String(Date.now()) }
  const body = JSON.stringify({ ...fields, sign: sign(fields, 'second') })
  expect(await (await post(sandbox, 'queryPayInResult', body)).json()).toMatchObject({
    code: INVENTED_CODE.badSignature,
  })
})
