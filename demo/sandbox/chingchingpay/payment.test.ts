import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../index.js'
import { startMerchant, type TestMerchant, until } from '../test-merchant.js'
import { INVENTED_CODE } from './answer.js'
import { createLink, query } from './test-client.js'

let sandbox: Sandbox
let merchant: TestMerchant
let link: string
let merchant_reference: string
let transaction_id: string

beforeEach(() => start())
afterEach(async () => {
  await sandbox.close()
  await merchant.close()
})

async function start(reply: { status?: number; body: string } = { body: '' }) {
  merchant = await startMerchant(reply)
  sandbox = await startSandbox({ port: 0, retrySchedule: [10] })
  await newLink({})
}

async function newLink(changes: Record<string, unknown>) {
  const { data } = await createLink(sandbox, {
    callback_url: merchant.notifyUrl,
    complete_url: merchant.returnUrl,
    cancel_url: `${merchant.returnUrl}/canceled`,
    description: 'Tea & biscuits',
    ...changes,
  })
  link = String(data?.payment_link)
  merchant_reference = String(data?.merchant_reference)
  transaction_id = String(data?.payment_id)
}

const current = () => sandbox.orders().at(-1)

function press(action: string): Promise<Response> {
  const body = new URLSearchParams({ action, notify: 'yes' })
  return fetch(link, { method: 'POST', redirect: 'manual', body })
}

describe('a query', () => {
  test('finds no transaction before the payer has done something', async () => {
    expect(await query(sandbox, { merchant_reference })).toMatchObject({
      code: INVENTED_CODE.notFound,
      data: null,
    })
    expect(current()?.queries).toBe(1)
  })

  test.each([
    ['approve', 'success'],
    ['refuse', 'failed'],
    ['cancel', 'cancelled'],
  ] as const)('after %s says %s', async (outcome, status) => {
    await sandbox.settle(merchant_reference, outcome, { notify: false })
    const answer = {
      code: 0,
      message: 'success',
      data: {
        amount: 12050,
        created_at: expect.any(Number),
        currency: 'HKD',
        description: 'Tea & biscuits',
        merchant_id: 'sandbox-merchant',
        merchant_reference,
        status,
        transaction_id,
      },
    }
    expect(await query(sandbox, { merchant_reference })).toEqual(answer)
    expect(await query(sandbox, { transaction_id })).toEqual(answer)
    expect(await query(sandbox, { merchant_reference, transaction_id: 'P0' })).toMatchObject({
      code: INVENTED_CODE.notFound,
    })
  })

  test.each([
    [{}, INVENTED_CODE.badField],
    [{ merchant_reference: '' }, INVENTED_CODE.badField],
    [{ reference: 'x' }, INVENTED_CODE.badField],
    [{ merchant_reference: 'nobody' }, INVENTED_CODE.notFound],
  ])('of %j is refused', async (fields, code) => {
    expect(await query(sandbox, fields)).toMatchObject({ code, data: null })
  })
})

describe('a callback', () => {
  test('is JSON without a signature', async () => {
    await sandbox.settle(merchant_reference, 'approve')
    expect(JSON.parse(merchant.heard[0]?.body ?? '')).toEqual({
      merchant_reference,
      payment_id: transaction_id,
      amount: 12050,
      currency: 'HKD',
      status: 'success',
    })
  })

  test('is acknowledged by 200, whatever the body', async () => {
    await sandbox.settle(merchant_reference, 'approve')
    expect(current()?.notifications).toMatchObject([{ acknowledged: true }])
  })

  test('is repeated after anything else', async () => {
    await sandbox.close()
    await merchant.close()
    await start({ status: 404, body: '{"code":0,"message":"success"}' })
    await sandbox.settle(merchant_reference, 'approve')
    await until(() => merchant.heard.length === 2)
    expect(current()?.notifications[0]?.acknowledged).toBe(false)
  })

  test('is not sent where the merchant named no address', async () => {
    await newLink({ callback_url: undefined })
    await sandbox.settle(merchant_reference, 'approve')
    expect(current()).toMatchObject({ status: 'paid', notifications: [] })
  })

  test('by a fault says something else', async () => {
    const fields = { status: 'on-the-way' }
    sandbox.fault({ endpoint: 'notification', kind: 'fields', fields })
    await sandbox.settle(merchant_reference, 'approve')
    expect(JSON.parse(merchant.heard[0]?.body ?? '')).toMatchObject({
      merchant_reference,
      status: 'on-the-way',
    })
  })

  test('has no signature to spoil', async () => {
    sandbox.fault({ endpoint: 'notification', kind: 'bad-signature' })
    await expect(sandbox.settle(merchant_reference, 'approve')).rejects.toThrow(RangeError)
  })
})

describe('an answer by a fault', () => {
  test('has other data', async () => {
    await sandbox.settle(merchant_reference, 'approve', { notify: false })
    sandbox.fault({ endpoint: 'link-query', kind: 'data', data: { amount: 1 } })
    expect((await query(sandbox, { merchant_reference })).data).toMatchObject({
      amount: 1,
      merchant_reference,
    })
  })

  test('names its status result', async () => {
    await sandbox.settle(merchant_reference, 'approve', { notify: false })
    sandbox.fault({ endpoint: 'link-query', kind: 'result' })
    const { data } = await query(sandbox, { merchant_reference })
    expect([data?.result, data?.status]).toEqual(['success', undefined])
  })

  test('leads elsewhere', async () => {
    sandbox.fault({ endpoint: 'link', kind: 'link', url: 'javascript:alert(1)' })
    expect((await createLink(sandbox)).data?.payment_link).toBe('javascript:alert(1)')
    expect(sandbox.calls('link')).toBe(2)
  })

  test('is refused', async () => {
    sandbox.fault({ endpoint: 'link', kind: 'code', code: 500 })
    expect(await createLink(sandbox)).toMatchObject({ code: 500, data: null })
  })
})

describe('the page of the link', () => {
  test('says what is paid, to whom and what for', async () => {
    const text = await (await fetch(link)).text()
    expect(text).toContain('HK$120.50')
    expect(text).toContain('sandbox-merchant')
    expect(text).toContain('Tea &amp; biscuits')
    expect(text).not.toContain('value="part"')
  })

  test.each([
    ['approve', 'paid', ''],
    ['refuse', 'refused', ''],
    ['cancel', 'canceled', '/canceled'],
  ])('%s sends the payer back', async (action, status, path) => {
    const response = await press(action)
    expect([response.status, response.headers.get('Location')]).toEqual([
      303,
      merchant.returnUrl + path,
    ])
    expect(current()?.status).toBe(status)
    await until(() => merchant.heard.length === 1)
  })

  test('keeps the payer where the merchant named no address', async () => {
    await newLink({ complete_url: undefined, cancel_url: undefined })
    expect((await press('approve')).headers.get('Location')).toBe(link)
    const text = await (await fetch(link)).text()
    expect(text).toContain('Paid')
    expect(text).not.toContain('Return to the shop')
  })

  test('takes the money after all that was canceled', async () => {
    await press('cancel')
    await press('approve')
    expect(current()?.status).toBe('paid')
  })
})
