import { describe, expect, test } from 'vitest'
import { readCreated, readQueried } from './answers.js'
import { STATUS_MAP } from './statuses.js'

const PAYMENT = { tradeNo: '20261121063000000000000000001' }
const LINK = 'https://pay.chingchingpay.example/l/1'

const answer = (data: unknown, more: Record<string, unknown> = {}) => ({
  status: 200,
  body: JSON.stringify({ code: 0, message: 'success', data, ...more }),
})

describe('an answer to a create call', () => {
  const DATA = {
    merchant_reference: PAYMENT.tradeNo,
    payment_id: 'P1',
    payment_link: LINK,
    status: 'created',
  }
  const created = (given: { status: number; body: string }, successCode = '0') =>
    readCreated(given, PAYMENT, successCode)

  test('brings the link', () => {
    expect(created(answer(DATA))).toEqual({
      outcome: 'accepted',
      next: { type: 'redirect', url: LINK },
      providerReference: 'P1',
    })
  })

  test('need not name the payment', () => {
    expect(created(answer({ payment_link: LINK })).outcome).toBe('accepted')
  })

  test('counts as a success by the configured code, as number or text', () => {
    expect(created(answer(DATA, { code: '0' })).outcome).toBe('accepted')
    expect(created(answer(DATA, { code: 200 })).outcome).toBe('unknown')
    expect(created(answer(DATA, { code: 200 }), '200').outcome).toBe('accepted')
  })

  test('that says paid is no success yet', () => {
    expect(created(answer({ ...DATA, status: 'success' })).outcome).toBe('accepted')
  })

  test.each<[string, { status: number; body: string }]>([
    ['with another code', answer(null, { code: 40001 })],
    ['without a code', answer(DATA, { code: undefined })],
    ['without data', answer(null)],
    ['without a link', answer({ ...DATA, payment_link: '' })],
    ['about another payment', answer({ ...DATA, merchant_reference: 'another' })],
    ['with status 400', { ...answer(DATA), status: 400 }],
    ['of HTML', { status: 200, body: '<h1>' }],
  ])('%s is an unknown outcome: no refusal is documented', (_name, given) => {
    expect(created(given).outcome).toBe('unknown')
  })
})

describe('an answer to a query', () => {
  const DATA = {
    merchant_reference: PAYMENT.tradeNo,
    merchant_id: 'M1',
    transaction_id: 'T1',
    amount: 12050,
    currency: 'HKD',
  }
  const queried = (data: unknown, more?: Record<string, unknown>) =>
    readQueried(answer(data, more), '0', STATUS_MAP)

  test('reports every fact but the number that is called two things', () => {
    expect(queried({ ...DATA, status: 'success' })).toEqual({
      says: 'paid',
      tradeNo: PAYMENT.tradeNo,
      merchant: 'M1',
      amount: 12_050n,
      currency: 'HKD',
    })
  })

  test.each([
    ['success', 'paid'],
    ['SUCCEEDED', 'paid'],
    ['Paid', 'paid'],
    [' completed ', 'paid'],
    ['failed', 'failed'],
    ['FAIL', 'failed'],
    ['error', 'failed'],
    ['cancel', 'canceled'],
    ['cancelled', 'canceled'],
    ['canceled', 'canceled'],
    ['closed', 'canceled'],
    ['expired', 'expired'],
    ['timeout', 'expired'],
    ['refunded', 'pending'],
    ['created', 'pending'],
    ['partially_paid', 'pending'],
    ['unsuccessful', 'pending'],
    ['1', 'pending'],
  ])('%j means %s, under either name', (word, says) => {
    expect(queried({ ...DATA, status: word })?.says).toBe(says)
    expect(queried({ ...DATA, result: word })?.says).toBe(says)
  })

  test('its status wins over its result', () => {
    expect(queried({ ...DATA, status: 'failed', result: 'success' })?.says).toBe('failed')
  })

  test.each<[string, unknown, Record<string, unknown>?]>([
    ['no status', DATA],
    ['no transaction', null],
    ['an error beside a status', { ...DATA, status: 'success' }, { code: 40401 }],
  ])('%s says nothing', (_name, data, more) => {
    expect(queried(data, more)).toBeUndefined()
  })

  test('status 500 says nothing', () => {
    const given = { ...answer({ ...DATA, status: 'success' }), status: 500 }
    expect(readQueried(given, '0', STATUS_MAP)).toBeUndefined()
  })

  test.each(['120.50', '-1', '', '1e4', null])('the amount %j is none', (amount) => {
    expect(queried({ ...DATA, status: 'success', amount })?.amount).toBeUndefined()
  })

  test('words are configured', () => {
    const map = { paid: ['trade_success'] }
    expect(readQueried(answer({ ...DATA, status: 'TRADE_SUCCESS' }), '0', map)?.says).toBe('paid')
    expect(readQueried(answer({ ...DATA, status: 'success' }), '0', map)?.says).toBe('pending')
  })
})
