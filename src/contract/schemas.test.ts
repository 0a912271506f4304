import { describe, expect, it } from 'vitest'
import { offerSchema } from './offer.js'
import { createPaymentSchema, IDEMPOTENCY_KEY, nextSchema, paymentSchema } from './payment.js'
import { FIELD_FAULTS, PROBLEMS, type ProblemCode, problemSchema } from './problem.js'

const amount = { value: '300', currency: 'TWD' }

describe('offerSchema', () => {
  const channel = {
    id: 'vexora-taiwan:STORE',
    kind: 'convenience-store',
    flow: 'redirect',
    operator: 'Vexora',
    fields: [{ name: 'email', format: 'email', required: true }],
    ways: [{ code: '711', label: '7-ELEVEN' }],
  }
  const offer = { order: 'A-1001', amount, channels: [channel], paid: false }

  it('ignores members of a later version, at every level', () => {
    const later = { ...offer, tip: true, channels: [{ ...channel, logo: 'x' }] }
    expect(offerSchema.parse(later)).toEqual(offer)
  })

  it.each([
    ['no amount', { ...offer, amount: undefined }],
    ['an amount of nothing', { ...offer, amount: { value: '0', currency: 'TWD' } }],
    ['a flow nobody can show', { ...offer, channels: [{ ...channel, flow: 'iframe' }] }],
    ['paid in words', { ...offer, paid: 'false' }],
  ])('refuses %s', (_, value) => {
    expect(offerSchema.safeParse(value).success).toBe(false)
  })
})

describe('paymentSchema', () => {
  const payment = {
    id: 'pay_1',
    order: 'A-1001',
    channel: 'vexora-taiwan:STORE',
    amount,
    status: 'requires_action',
    version: 2,
    next: { type: 'redirect', url: 'https://cashier.example/1' },
    createdAt: '2026-11-21T00:00:00.000Z',
    updatedAt: '2026-11-21T00:00:01.000Z',
    now: '2026-11-21T00:00:02.000Z',
  }

  it('ignores members of a later version', () => {
    expect(paymentSchema.parse({ ...payment, refunds: [] })).toEqual(payment)
  })

  it('takes a reason of a later version, for it is only shown', () => {
    expect(paymentSchema.parse({ ...payment, reason: 'tomorrow' }).reason).toBe('tomorrow')
  })

  it.each([
    ['an inner status', { ...payment, status: 'submitting' }],
    ['no word on what is next', { ...payment, next: undefined }],
    ['no version', { ...payment, version: undefined }],
  ])('refuses %s', (_, value) => {
    expect(paymentSchema.safeParse(value).success).toBe(false)
  })

  it.each([
    [{ type: 'code', code: '8888', expiresAt: null }, true],
    [{ type: 'code', code: '8888', biller: 'X', expiresAt: '2026-11-21T00:00:00Z' }, true],
    [{ type: 'code', code: '8888' }, false],
    [{ type: 'redirect' }, false],
    [{ type: 'iframe', url: 'https://cashier.example' }, false],
  ])('what is next, %j: %s', (next, expected) => {
    expect(nextSchema.safeParse(next).success).toBe(expected)
  })
})

describe('createPaymentSchema', () => {
  const body = {
    order: 'A-1001',
    channel: 'vexora-taiwan:NET_BANKING',
    amount,
    payer: { mobile: '0912345678', bankAccounts: ['808-0358988888888'] },
    presentation: 'popup',
  }

  it.each([
    ['all that is required', body],
    ['a payer of whom nothing is asked', { ...body, payer: {} }],
    ['a way and an address to return to', { ...body, way: '711', returnTo: 'https://s.example/' }],
    ['the longest order token', { ...body, order: 'x'.repeat(2048) }],
  ])('takes %s', (_, value) => {
    expect(createPaymentSchema.parse(value)).toEqual(value)
  })

  it.each([
    ['no order', { ...body, order: undefined }],
    ['an empty order', { ...body, order: '' }],
    ['an order too long', { ...body, order: 'x'.repeat(2049) }],
    ['no channel', { ...body, channel: undefined }],
    ['no amount', { ...body, amount: undefined }],
    ['an amount of floats', { ...body, amount: { value: 300, currency: 'TWD' } }],
    ['no payer', { ...body, payer: undefined }],
    ['a payer of numbers', { ...body, payer: { mobile: 912345678 } }],
    ['a payer of lists of lists', { ...body, payer: { bankAccounts: [['x']] } }],
    ['no presentation', { ...body, presentation: undefined }],
    ['another presentation', { ...body, presentation: 'iframe' }],
    ['a member nobody knows', { ...body, currency: 'TWD' }],
    ['null', null],
    ['a list', [body]],
  ])('refuses %s', (_, value) => {
    expect(createPaymentSchema.safeParse(value).success).toBe(false)
  })
})

describe('IDEMPOTENCY_KEY', () => {
  it.each([
    ['a', true],
    ['AZaz09_-', true],
    ['x'.repeat(64), true],
    ['x'.repeat(65), false],
    ['', false],
    ['a b', false],
    ['a,a', false],
    ['a\n', false],
    ['é', false],
  ])('%j: %s', (key, expected) => {
    expect(IDEMPOTENCY_KEY.test(key)).toBe(expected)
  })
})

describe('problems', () => {
  const codes = Object.keys(PROBLEMS) as ProblemCode[]

  it('are looked for in this order', () => {
    expect(codes.map((code) => `${PROBLEMS[code].status} ${code}`)).toEqual([
      '404 not-found',
      '405 method-not-allowed',
      '403 origin-not-allowed',
      '401 unauthorized',
      '400 body-invalid',
      '413 body-too-large',
      '400 idempotency-key-missing',
      '400 order-token-invalid',
      '422 idempotency-key-reused',
      '410 order-token-expired',
      '404 order-not-found',
      '404 payment-not-found',
      '409 order-paid',
      '409 payment-in-progress',
      '409 amount-changed',
      '422 channel-not-offered',
      '422 payer-fields-invalid',
      '503 provider-unavailable',
      '429 too-many-payments',
      '429 payer-ip-limit',
      '503 store-unavailable',
      '500 internal',
    ])
  })

  it.each(codes)('%s is offered again only where the same request may succeed', (code) => {
    const { remedy, retryable } = PROBLEMS[code]
    if (remedy === 'retry') expect(retryable).toBe(true)
    if (remedy === 'none' || remedy === 'ask-shop') expect(retryable).toBe(false)
  })

  it('are read without members of a later version', () => {
    const problem = { status: 422, code: 'payer-fields-invalid', fields: { mobile: 'format' } }
    expect(problemSchema.parse({ type: 'about:blank', title: 'x', ...problem })).toEqual(problem)
  })

  it('name faults in the order in which the first one is told', () => {
    expect(FIELD_FAULTS).toEqual([
      'required',
      'unknown',
      'country-code',
      'format',
      'too-short',
      'too-long',
    ])
  })
})
