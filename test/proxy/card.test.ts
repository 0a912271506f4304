import { describe, expect, test } from 'vitest'
import { configure, type Order, type VexoraCardOptions, vexora } from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { type HarnessOptions, lastOrder, start } from './harness.js'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const CARD = 'vexora-card:CARD'
const USD = (value: string) => ({ value, currency: 'USD' })
const PAYER = { mobile: '+91 8234-567890', email: 'payer@example.com' }

/** A proxy with the card route alone, and an order of US$12.50. */
async function startCard(
  card: Partial<VexoraCardOptions> = {},
  { order = {}, ...options }: HarnessOptions & { order?: Partial<Order> } = {},
) {
  const harness = await start({
    providersOf: ({ vexoraCard }) => [vexora.card({ ...vexoraCard, userId: 'everybody', ...card })],
    ...options,
  })
  const { orders, sandbox } = harness
  orders.set('C-1', { id: 'C-1', amount: USD('12.5'), ...order })
  const body = { order: 'C-1', channel: CARD, amount: USD('12.50'), payer: PAYER }
  return {
    ...harness,
    payWith: (changes: Record<string, unknown> = {}) => harness.pay({ ...body, ...changes }),
    begin: (changes: Record<string, unknown> = {}) => harness.made({ ...body, ...changes }),
    settle: (outcome: Parameters<typeof sandbox.settle>[1], notify = true) =>
      sandbox.settle(lastOrder(sandbox).tradeNo, outcome, { notify }),
  }
}

describe('the create call', () => {
  test('has two decimals, tradeNo, userId, currency, and the mobile in digits', async () => {
    const { begin, sandbox } = await startCard()
    const payment = await begin()
    expect(payment).toMatchObject({
      channel: CARD,
      amount: USD('12.50'),
      status: 'requires_action',
      next: { type: 'redirect', url: expect.stringContaining(sandbox.url) },
    })
    const { fields, tradeNo } = lastOrder(sandbox)
    expect(fields).toMatchObject({
      amount: '12.50',
      currency: 'USD',
      tradeNo,
      userId: 'everybody',
      mobile: '918234567890',
      email: 'payer@example.com',
      remark: 'C-1',
    })
    expect(Object.keys(fields)).not.toContain('ipAddress')
  })

  test.each([
    ['300', '300.00'],
    ['0.1', '0.10'],
    ['0.01', '0.01'],
  ])('of US$%s sends %s', async (value, sent) => {
    const { begin, sandbox } = await startCard({}, { order: { amount: USD(value) } })
    await begin({ amount: USD(value) })
    expect(lastOrder(sandbox).fields.amount).toBe(sent)
  })

  test('names the order’s own payer, where it has one', async () => {
    const { begin, sandbox } = await startCard({}, { order: { userId: 'user-7' } })
    await begin()
    expect(lastOrder(sandbox).fields.userId).toBe('user-7')
  })
})

describe('the channel', () => {
  test('asks for mobile and e-mail, and is a card', async () => {
    const { offer } = await startCard()
    expect((await offer('C-1')).channels).toEqual([
      {
        id: CARD,
        kind: 'card',
        flow: 'redirect',
        label: 'Visa / Mastercard',
        operator: 'Vexora',
        fields: [
          { name: 'mobile', format: 'mobile-international', required: true },
          { name: 'email', format: 'email', required: true, maxLength: 254 },
        ],
        portable: true,
      },
    ])
  })

  test.each<[string, Partial<VexoraCardOptions>, Partial<Order>, number]>([
    ['nobody’s userId', { userId: undefined }, {}, 0],
    ['the order’s userId alone', { userId: undefined }, { userId: 'user-7' }, 1],
    ['other money', {}, { amount: { value: '12', currency: 'EUR' } }, 0],
    ['less than the merchant allows', { min: '20' }, {}, 0],
    ['more than the merchant allows', { max: '12.49' }, {}, 0],
    ['just as much as is allowed', { min: '12.50', max: '12.50' }, {}, 1],
  ])('with %s', async (_name, options, order, channels) => {
    const { offer } = await startCard(options, { order })
    expect((await offer('C-1')).channels).toHaveLength(channels)
  })

  test.each([
    ['0912345678', 'country-code'],
    ['8234567890', 'country-code'],
    ['+0912345678', 'format'],
    ['+91 82x', 'format'],
    ['', 'required'],
  ])('does not guess the country of %j', async (mobile, fault) => {
    const { payWith } = await startCard()
    const problem = await expectProblem(
      payWith({ payer: { ...PAYER, mobile } }),
      'payer-fields-invalid',
    )
    expect(problem.fields).toEqual({ mobile: fault })
  })

  test('has no limit for each address', async () => {
    const { payWith, settle, orders } = await startCard()
    for (let at = 1; at <= 5; at += 1) {
      orders.set(`C-${at}`, { id: `C-${at}`, amount: USD('12.50') })
      expect((await payWith({ order: `C-${at}` })).status).toBe(201)
      await settle('approve')
    }
  })
})

describe('its life', () => {
  test('is paid, and told to the shop once', async () => {
    const { begin, settle, until, events } = await startCard()
    const { id } = await begin()
    await settle('approve')
    await until(id, ({ status }) => status === 'succeeded')
    await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.succeeded'])
  })

  test('is refused, and paid after that', async () => {
    const { begin, settle, watch, events } = await startCard()
    const { id } = await begin()
    await settle('refuse')
    expect(await watch(id)).toMatchObject({ status: 'failed', reason: 'refused' })
    await expect.poll(() => events).toHaveLength(1)
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    await expect
      .poll(() => events.map(({ type, data }) => [type, data.late]))
      .toEqual([
        ['payment.failed', undefined],
        ['payment.succeeded', true],
      ])
  })

  test('is paid in part, to the cent, and then whole', async () => {
    const { begin, settle, watch } = await startCard()
    const { id } = await begin()
    await settle({ part: '6.25' })
    expect(await watch(id)).toMatchObject({
      status: 'needs_review',
      reason: 'partial',
      received: USD('6.25'),
    })
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('is found by a query where every notification was lost', async () => {
    const { begin, settle, watch, travel } = await startCard()
    const { id } = await begin()
    await settle('approve', false)
    await travel(15_000)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('expires, and late money still wins', async () => {
    const { begin, settle, watch, travel, events } = await startCard()
    const { id } = await begin()
    await travel(DAY)
    expect(await watch(id)).toMatchObject({ status: 'expired', next: null })
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    await expect
      .poll(() => events.map(({ type, data }) => [type, data.late]))
      .toEqual([
        ['payment.expired', undefined],
        ['payment.succeeded', true],
      ])
  })

  test('is told twice and counts once', async () => {
    const { begin, settle, watch, sandbox, events } = await startCard()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'notification', kind: 'duplicate' })
    await settle('approve')
    const { version } = await watch(id)
    await sandbox.notify(lastOrder(sandbox).tradeNo)
    expect(await watch(id)).toMatchObject({ status: 'succeeded', version })
    await expect.poll(() => events).toHaveLength(1)
  })

  test('a second payment of the same order is a duplicate', async () => {
    const { begin, sandbox, watch } = await startCard()
    const first = await begin()
    const second = await begin()
    for (const { tradeNo } of sandbox.orders()) await sandbox.settle(tradeNo, 'approve')
    expect(await watch(first.id)).toMatchObject({ status: 'succeeded' })
    expect(await watch(second.id)).toMatchObject({ status: 'succeeded', reason: 'duplicate' })
  })
})

describe('a notification', () => {
  test.each([
    ['amount', '12.49', 'amount-mismatch'],
    ['amount', '', 'amount-missing'],
    ['platFormTradeNo', 'another', 'number-mismatch'],
  ])('with %s as %j is put under review', async (name, value, reason) => {
    const { begin, settle, watch, sandbox } = await startCard()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'notification', kind: 'fields', fields: { [name]: value } })
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'needs_review', reason })
    expect(lastOrder(sandbox).notifications).toMatchObject([{ acknowledged: true }])
  })

  test.each(['12.5', '12.50', '12.5000'])('of %s is the whole amount', async (amount) => {
    const { begin, settle, watch, sandbox } = await startCard()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'notification', kind: 'fields', fields: { amount } })
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('that is forged has no effect but a query', async () => {
    const { begin, ask, watch, sandbox } = await startCard()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'notification', kind: 'bad-signature' })
    await sandbox.notify(lastOrder(sandbox).tradeNo)
    expect(lastOrder(sandbox).notifications).toMatchObject([{ reply: { status: 401 } }])
    expect(await watch(id)).toMatchObject({ status: 'requires_action' })
    // Taiwan's address is another provider's, which is not even configured here.
    const strange = await ask('/notifications/vexora-taiwan', { method: 'POST', body: '{}' })
    expect(strange.status).toBe(404)
  })
})

describe('a create answer', () => {
  test('with a cashier on another host is refused, and still queried', async () => {
    const { begin, settle, watch, travel } = await startCard({ cashierHosts: ['pay.example'] })
    const { id, ...payment } = await begin()
    expect(payment).toMatchObject({ status: 'failed', reason: 'cashier-refused', next: null })
    await settle('approve', false)
    await travel(MINUTE)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('that was lost is settled by a query', async () => {
    const { payWith, settle, watch, travel, sandbox } = await startCard()
    sandbox.fault({ endpoint: 'checkout', kind: 'reset' })
    const response = await payWith()
    expect(response.status).toBe(202)
    const { id } = (await response.json()) as { id: string }
    await settle('approve', false)
    await travel(1_000)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('with the link under the name of Taiwan’s table is taken too', async () => {
    const { begin, sandbox } = await startCard()
    sandbox.fault({ endpoint: 'checkout', kind: 'payment-link' })
    expect(await begin()).toMatchObject({ next: { type: 'redirect' } })
  })
})

test.each([
  ['VEXORA_CARD_BASE_URL', ''],
  ['VEXORA_CARD_MERCHANT_NO', ''],
  ['VEXORA_CARD_APP_SECRET', ''],
  ['VEXORA_CARD_MIN', '1,00'],
  ['VEXORA_CARD_MAX', 'unseen'],
])('the program names %s=%s', async (name, value) => {
  const { sandbox } = await startCard()
  const configured = () =>
    configure({
      PAY_MODE: 'test',
      PAY_PUBLIC_URL: 'http://localhost:8787/pay',
      PAY_ORIGINS: 'http://localhost:8080',
      PAY_SECRET: 'x'.repeat(32),
      PAY_ORDER_SECRET: 'x'.repeat(32),
      ...sandbox.environment,
      [name]: value,
    })
  expect(configured).toThrow(new RegExp(`^${name} `))
  expect(configured).not.toThrow(/unseen/)
})
