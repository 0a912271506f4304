import { describe, expect, test } from 'vitest'
import { readCreated, readQueried } from './answers.js'
import { REFUSED } from './statuses.js'

const PAYMENT = { tradeNo: 'TestMchOrderIdP0001' }

/** The documents' example, or what is changed of it. */
function answer(
  data: Record<string, unknown> | null = {},
  paymentCode: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
) {
  const whole = {
    transactionId: 'C1630761265167208448',
    transactionCreateTime: '2023-03-01 09:45:58',
    transactionReturnTime: null,
    transactionAmount: 10000,
    transactionStatus: 'PENDING',
    remark: null,
    paymentCode: {
      mchOrderId: 'TestMchOrderIdP0001',
      channelCode: 'ALFAMART_VA',
      referenceNumber: '00012819',
      expireTime: '2023-03-13 20:12:34',
      ...paymentCode,
    },
  }
  const body = { code: 10000, message: 'Success', data: data && { ...whole, ...data }, ...more }
  return { status: 200, body: JSON.stringify(body) }
}

const created = (given: { status: number; body: string }, biller?: string) =>
  readCreated(given, PAYMENT, biller)

describe('an answer to a create call', () => {
  test('brings the code with its leading zeros, and when it ends', () => {
    expect(created(answer())).toEqual({
      outcome: 'accepted',
      next: { type: 'code', code: '00012819', expiresAt: '2023-03-13T13:12:34.000Z' },
      providerReference: 'C1630761265167208448',
    })
  })

  test('brings the biller, where one is known', () => {
    expect(created(answer(), 'Tea Shop')).toMatchObject({ next: { biller: 'Tea Shop' } })
  })

  test.each([null, 'soon', ''])('tolerates the expireTime %j', (expireTime) => {
    expect(created(answer({}, { expireTime }))).toMatchObject({
      outcome: 'accepted',
      next: { code: '00012819', expiresAt: null },
    })
  })

  test('keeps every digit of a code that came as a JSON number', () => {
    const { status, body } = answer({}, { referenceNumber: 8558010100012839 })
    expect(created({ status, body })).toMatchObject({ next: { code: '8558010100012839' } })
  })

  test.each([...REFUSED])('of code %s is a refusal', (code) => {
    expect(created(answer(null, {}, { code: Number(code) }))).toEqual({ outcome: 'refused', code })
    expect(created(answer(null, {}, { code }))).toEqual({ outcome: 'refused', code })
  })

  test.each([21000, 21007, 21011, 21012, 21015, 21500, 500, 0])(
    'of code %s proves nothing',
    (code) => {
      expect(created(answer(null, {}, { code }))).toMatchObject({
        outcome: 'unknown',
        code: String(code),
      })
    },
  )

  test.each<[string, ReturnType<typeof answer>]>([
    ['without data', answer(null)],
    ['without a code', answer({}, { referenceNumber: null })],
    ['with an empty code', answer({}, { referenceNumber: ' ' })],
    ['without paymentCode', answer({ paymentCode: null })],
    ['about another order', answer({}, { mchOrderId: 'AnotherOrder0001' })],
    ['with status 500', { ...answer(), status: 500 }],
    ['of HTML', { status: 200, body: '<!doctype html>' }],
    ['of nothing', { status: 200, body: '' }],
    ['of a list', { status: 200, body: '[]' }],
  ])('%s is an unknown outcome', (_name, given) => {
    expect(created(given).outcome).toBe('unknown')
  })

  test('that is paid already is no success yet', () => {
    expect(created(answer({ transactionStatus: 'COMPLETED' })).outcome).toBe('accepted')
  })
})

describe('an answer to a query', () => {
  test.each([
    ['PENDING', 'pending'],
    ['COMPLETED', 'paid'],
    ['COMPLETE', 'paid'],
    ['FAILED', 'failed'],
  ])('%s means %s', (transactionStatus, says) => {
    expect(readQueried(answer({ transactionStatus }), undefined)).toEqual({
      says,
      tradeNo: 'TestMchOrderIdP0001',
      providerReference: 'C1630761265167208448',
      amount: 1_000_000n,
      channel: 'ALFAMART_VA',
      next: { type: 'code', code: '00012819', expiresAt: '2023-03-13T13:12:34.000Z' },
    })
  })

  test.each(['EXPIRED', 'ACTIVE', 'completed', 'SUCCESS', '', null])(
    'the word %j, which nobody documented, says nothing',
    (transactionStatus) => {
      expect(readQueried(answer({ transactionStatus }), undefined)).toBeUndefined()
    },
  )

  test.each<[string, ReturnType<typeof answer>]>([
    ['not found', answer(null, {}, { code: 21006 })],
    ['an error with data', answer({ transactionStatus: 'COMPLETED' }, {}, { code: 21000 })],
    ['no data', answer(null)],
    ['status 502', { ...answer({ transactionStatus: 'COMPLETED' }), status: 502 }],
    ['HTML', { status: 200, body: '<h1>' }],
  ])('%s says nothing', (_name, given) => {
    expect(readQueried(given, undefined)).toBeUndefined()
  })

  test.each([
    ['10000.0000', 1_000_000n],
    ['10000.005', undefined],
    ['1e4', undefined],
    ['-10000', undefined],
  ])('the amount %s is read as it stands', (amount, minor) => {
    const { status, body } = answer({ transactionStatus: 'COMPLETED' })
    const exact = body.replace('"transactionAmount":10000', `"transactionAmount":${amount}`)
    expect(readQueried({ status, body: exact }, undefined)?.amount).toBe(minor)
  })
})
