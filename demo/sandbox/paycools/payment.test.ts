import { createVerify } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../index.js'
import { startMerchant, type TestMerchant, until } from '../test-merchant.js'
import { CODE } from './answer.js'
import { check, codeParam, createCode } from './test-client.js'

const ACKNOWLEDGED = '{"code":10000,"message":"Success"}'

let sandbox: Sandbox
let merchant: TestMerchant
let tradeNo: string
let code: string
beforeEach(() => start())
afterEach(async () => {
  await sandbox.close()
  await merchant.close()
})

async function start(reply = ACKNOWLEDGED, options: SandboxOptions = {}, param = {}) {
  merchant = await startMerchant({ body: reply })
  sandbox = await startSandbox({ port: 0, retrySchedule: [], ...options })
  const { data } = await createCode(sandbox, { notifyUrl: merchant.notifyUrl, ...param })
  tradeNo = data?.paymentCode.mchOrderId ?? ''
  code = data?.paymentCode.referenceNumber ?? ''
}

async function restart(...args: Parameters<typeof start>) {
  await sandbox.close()
  await merchant.close()
  await start(...args)
}

const current = () => sandbox.orders()[0]
const envelope = () => JSON.parse(merchant.heard[0]?.body ?? '{}') as Record<string, string>
const told = () => JSON.parse(envelope().param ?? '{}') as Record<string, unknown>

function isSignedBy(publicKey: string, hash = 'RSA-SHA256'): boolean {
  const { param = '', sign = '' } = envelope()
  const key = { key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' } as const
  return createVerify(hash).update(param).verify(key, sign, 'base64')
}

describe('a query', () => {
  test.each([
    [undefined, 'PENDING'],
    ['approve', 'COMPLETED'],
    ['refuse', 'FAILED'],
  ] as const)('after %j says %s', async (outcome, transactionStatus) => {
    if (outcome) await sandbox.settle(tradeNo, outcome, { notify: false })
    expect(await check(sandbox, tradeNo)).toMatchObject({
      code: 10000,
      data: {
        transactionId: current()?.providerReference,
        transactionAmount: 10000,
        transactionStatus,
        transactionReturnTime: outcome ? expect.stringMatching(/^\d{4}-/) : null,
        paymentCode: { mchOrderId: tradeNo, referenceNumber: code },
      },
    })
    expect(current()?.queries).toBe(1)
  })

  test('of a number that is not there', async () => {
    expect(await check(sandbox, 'TestMchOrderIdNone')).toMatchObject({ code: CODE.notFound })
  })

  test('of an empty number', async () => {
    expect(await check(sandbox, '')).toMatchObject({ code: CODE.parameter })
  })
})

describe('a notification', () => {
  test.each([
    ['approve', 'payment.success', 'COMPLETED'],
    ['refuse', 'payment.failed', 'FAILED'],
  ] as const)('of %s', async (outcome, eventName, transactionStatus) => {
    await sandbox.settle(tradeNo, outcome)
    expect(Object.keys(envelope())).toEqual(['param', 'sign'])
    expect(told()).toEqual({
      eventName,
      mchOrderId: tradeNo,
      transactionId: current()?.providerReference,
      referenceNumber: code,
      amount: 10000,
      transactionStatus,
      createTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      returnTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
      channelCode: 'ALFAMART_VA',
      remark: 'A-1001',
    })
    expect(isSignedBy(sandbox.paycools.publicKey)).toBe(true)
    expect(current()?.notifications).toMatchObject([{ acknowledged: true }])
  })

  test('is signed with SHA-1 where that is set', async () => {
    await restart(ACKNOWLEDGED, { paycools: { signAlgorithm: 'RSA-SHA1' } })
    await sandbox.settle(tradeNo, 'approve')
    expect(isSignedBy(sandbox.paycools.publicKey, 'RSA-SHA1')).toBe(true)
    expect(isSignedBy(sandbox.paycools.publicKey, 'RSA-SHA256')).toBe(false)
  })

  test.each(['{"code": 10000, "message": "Success", "data": null}'])(
    'is acknowledged by %s',
    async (reply) => {
      await restart(reply)
      await sandbox.settle(tradeNo, 'approve')
      expect(current()?.notifications).toMatchObject([{ acknowledged: true }])
    },
  )

  test.each(['OK', '{"code":"10000","message":"Success"}', '{"code":10000}', ''])(
    'is repeated after %j',
    async (reply) => {
      await restart(reply, { retrySchedule: [10] })
      await sandbox.settle(tradeNo, 'approve')
      await until(() => merchant.heard.length === 2)
      expect(current()?.notifications[0]?.acknowledged).toBe(false)
    },
  )

  test('by a fault is signed by the merchant’s own key', async () => {
    sandbox.fault({ endpoint: 'notification', kind: 'merchant-key' })
    await sandbox.settle(tradeNo, 'approve')
    expect(isSignedBy(sandbox.paycools.publicKey)).toBe(false)
    expect(told()).toMatchObject({ transactionStatus: 'COMPLETED' })
  })

  test('by a fault is written again on its way, so that its signature no longer fits', async () => {
    sandbox.fault({ endpoint: 'notification', kind: 'rewritten' })
    await sandbox.settle(tradeNo, 'approve')
    expect(isSignedBy(sandbox.paycools.publicKey)).toBe(false)
    expect(told()).toMatchObject({ mchOrderId: tradeNo, amount: 10000 })
  })

  test('by a fault is badly signed', async () => {
    sandbox.fault({ endpoint: 'notification', kind: 'bad-signature' })
    await sandbox.settle(tradeNo, 'approve')
    expect(isSignedBy(sandbox.paycools.publicKey)).toBe(false)
  })

  test('by a fault says something else, rightly signed', async () => {
    const fields = { amount: 1, remark: '' }
    sandbox.fault({ endpoint: 'notification', kind: 'fields', fields })
    await sandbox.settle(tradeNo, 'approve')
    expect(isSignedBy(sandbox.paycools.publicKey)).toBe(true)
    expect(told()).toMatchObject({ amount: 1, mchOrderId: tradeNo })
    expect(told()).not.toHaveProperty('remark')
  })

  test('by a fault has four decimals, signed as written', async () => {
    sandbox.fault({ endpoint: 'notification', kind: 'amount-as-number' })
    await sandbox.settle(tradeNo, 'approve')
    expect(envelope().param).toContain('"amount":10000.0000,')
    expect(isSignedBy(sandbox.paycools.publicKey)).toBe(true)
  })

  test('has no fault of another provider', async () => {
    sandbox.fault({ endpoint: 'notification', kind: 'repeated-key' })
    await expect(sandbox.settle(tradeNo, 'approve')).rejects.toThrow(RangeError)
  })
})

describe('an answer by a fault', () => {
  const before = () => sandbox.orders().length

  test('is refused, and nothing is made', async () => {
    sandbox.fault({ endpoint: 'code', kind: 'code', code: 21000 })
    const orders = before()
    expect(await createCode(sandbox)).toMatchObject({ code: 21000, data: null })
    expect(sandbox.orders()).toHaveLength(orders)
  })

  test('is refused although the code was made', async () => {
    sandbox.fault({ endpoint: 'code', kind: 'code', code: 21011, taken: true })
    const param = codeParam()
    expect(await createCode(sandbox, param)).toMatchObject({ code: 21011 })
    expect(sandbox.orders().at(-1)?.tradeNo).toBe(param.mchOrderId)
  })

  test('has another status', async () => {
    sandbox.fault({ endpoint: 'code-check', kind: 'status', status: 'COMPLETE' })
    expect((await check(sandbox, tradeNo)).data?.transactionStatus).toBe('COMPLETE')
    expect((await check(sandbox, tradeNo)).data?.transactionStatus).toBe('PENDING')
    expect(sandbox.calls('code-check')).toBe(2)
  })
})

describe('the counter', () => {
  const counter = (typed?: string) =>
    fetch(
      sandbox.counterUrl + (typed === undefined ? '' : `?${new URLSearchParams({ code: typed })}`),
    )
  const press = async (action: string) => {
    const { url } = await counter(code)
    return fetch(url, { method: 'POST', body: new URLSearchParams({ action, notify: 'yes' }) })
  }

  test('asks for a code', async () => {
    const response = await counter()
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('name="code"')
  })

  test('finds a payment by its code, as it is grouped on a screen too', async () => {
    for (const typed of [
      code,
      ` ${code.slice(0, 4)} ${code.slice(4)} `,
      code.replace(/^.{4}/, '$&-'),
    ]) {
      const text = await (await counter(typed)).text()
      expect(text).toContain('Rp 10,000')
      expect(text).toContain(code)
      expect(text).toContain('Alfamart')
    }
  })

  test.each(['', '99999999', 'code', '<script>'])('has no payment of %j', async (typed) => {
    const response = await counter(typed)
    expect(response.status).toBe(404)
    const text = await response.text()
    expect(text).toContain('There is no payment of this code.')
    expect(text).not.toContain('<script')
  })

  test('does not find one without its leading zeros', async () => {
    expect((await counter(code.replace(/^0+/, ''))).status).toBe(404)
  })

  test('takes the money, says so and leads to the next code', async () => {
    const text = await (await press('approve')).text()
    expect(text).toContain('Paid')
    expect(text).toContain('/paycools/counter')
    expect(current()).toMatchObject({ status: 'paid', paidAmount: '10000' })
    await until(() => merchant.heard.length === 1)
  })

  test('fails, and takes the money after that', async () => {
    await press('refuse')
    expect(current()?.status).toBe('refused')
    await press('approve')
    expect(current()?.status).toBe('paid')
  })

  test.each(['part', 'cancel'])('knows no %s', async (action) => {
    const { url } = await counter(code)
    expect(await (await fetch(url)).text()).not.toContain(`value="${action}"`)
    const body = new URLSearchParams({ action, part: '5000' })
    expect((await fetch(url, { method: 'POST', body })).status).toBe(409)
    expect(current()?.status).toBe('open')
  })

  test('warns that a code is over, and takes the money all the same', async () => {
    await restart(ACKNOWLEDGED, { paycools: { codeLifetime: -1000 } })
    expect(await (await counter(code)).text()).toContain('This code has expired')
    await press('approve')
    expect(current()?.status).toBe('paid')
  })

  test('is linked from the front page', async () => {
    expect(await (await fetch(sandbox.url)).text()).toContain('href="/paycools/counter"')
  })
})
