import { describe, expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import {
  type ChingChingPayOptions,
  ConfigurationError,
  chingchingpay,
  configure,
  type Order,
} from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { type HarnessOptions, lastOrder, start } from './harness.js'

const DAY = 24 * 60 * 60_000
const LINK = 'chingchingpay:LINK'
const HKD = (value: string) => ({ value, currency: 'HKD' })
const ACKNOWLEDGEMENT = '{"code":0,"message":"success"}'

interface ChingHarnessOptions extends HarnessOptions {
  proxy?: Partial<ChingChingPayOptions>
  order?: Partial<Order>
}

/** A proxy with ChingChingPay alone, an order of HK$120.50, and a clock that only the test moves. */
async function startChing({ proxy = {}, order = {}, ...options }: ChingHarnessOptions = {}) {
  const harness = await start({
    providersOf: (sandbox) => [chingchingpay({ ...sandbox.chingchingpay, ...proxy })],
    ...options,
  })
  const { orders, sandbox, clock } = harness
  clock.freeze()
  orders.set('H-1', { id: 'H-1', amount: HKD('120.5'), description: 'Tea', ...order })
  const body = { order: 'H-1', channel: LINK, amount: HKD('120.50'), payer: {} }
  return {
    ...harness,
    payWith: (changes: Record<string, unknown> = {}) => harness.pay({ ...body, ...changes }),
    begin: (changes: Record<string, unknown> = {}) => harness.made({ ...body, ...changes }),
    settle: (outcome: 'approve' | 'refuse' | 'cancel', notify = true) =>
      sandbox.settle(lastOrder(sandbox).tradeNo, outcome, { notify }),
  }
}

describe('a link', () => {
  test('is asked for in cents, with the order’s words and nothing of the payer', async () => {
    const { begin, sandbox, url } = await startChing()
    const payment = await begin()
    expect(payment).toMatchObject({
      status: 'requires_action',
      next: { type: 'redirect', url: expect.stringContaining(`${sandbox.url}/chingchingpay/link`) },
    })
    const { fields, tradeNo, notifyUrl } = lastOrder(sandbox)
    expect(fields).toEqual({
      amount: '12050',
      currency: 'HKD',
      merchant_id: 'sandbox-merchant',
      merchant_reference: tradeNo,
      callback_url: notifyUrl,
      complete_url: `${url}/payments/${payment.id}/return`,
      cancel_url: `${url}/payments/${payment.id}/return`,
      description: 'Tea',
    })
    expect(notifyUrl).toMatch(
      new RegExp(`^${url}/notifications/chingchingpay/${tradeNo}-[\\w-]{43}$`),
    )
  })

  test('on another host is refused, and still queried', async () => {
    const { begin, settle, watch, travel } = await startChing({
      proxy: { cashierHosts: ['pay.chingchingpay.example'] },
    })
    const { id, ...payment } = await begin()
    expect(payment).toMatchObject({ status: 'failed', reason: 'cashier-refused', next: null })
    await settle('approve', false)
    await travel(60_000)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('on a listed host is given out', async () => {
    const { begin } = await startChing({
      providersOf: ({ url, chingchingpay: merchant }) => [
        chingchingpay({ ...merchant, cashierHosts: [new URL(url).host] }),
      ],
    })
    expect(await begin()).toMatchObject({ status: 'requires_action' })
  })

  test.each(['javascript:alert(1)', 'http://pay.example/', '/relative', 'https://a@b.example:x/'])(
    'to %s is refused',
    async (url) => {
      const { begin, sandbox } = await startChing()
      sandbox.fault({ endpoint: 'link', kind: 'link', url })
      expect(await begin()).toMatchObject({ status: 'failed', reason: 'cashier-refused' })
    },
  )

  test.each([40001, 500])(
    'of code %i has an unknown outcome: no refusal is known',
    async (code) => {
      const { payWith, watch, travel, settle, sandbox } = await startChing()
      sandbox.fault({ endpoint: 'link', kind: 'code', code, taken: true })
      const response = await payWith()
      const { id, status } = (await response.json()) as Payment
      expect([response.status, status]).toEqual([202, 'processing'])
      await settle('approve', false)
      await travel(1_000)
      expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    },
  )
})

describe('the channel', () => {
  test.each([
    ['HKD 0.09', HKD('0.09'), 0],
    ['HKD 0.10', HKD('0.1'), 1],
    ['CNY 8.88', { value: '8.88', currency: 'CNY' }, 1],
    ['money that nobody takes', { value: '10', currency: 'XTS' }, 0],
    ['other money', { value: '10', currency: 'USD' }, 0],
  ])('for %s', async (_name, amount, channels) => {
    const { offer, payWith, logged } = await startChing({ order: { amount } })
    expect((await offer('H-1')).channels).toHaveLength(channels)
    if (channels === 0) {
      expect(logged.join()).toContain('no channel can take this order')
      await expectProblem(payWith({ amount }), 'channel-not-offered')
    } else {
      expect((await payWith({ amount })).status).toBe(201)
    }
  })

  test('asks for nothing', async () => {
    const { offer, payWith } = await startChing()
    expect((await offer('H-1')).channels).toEqual([
      {
        id: LINK,
        kind: 'payment-link',
        flow: 'redirect',
        operator: 'ChingChingPay',
        fields: [],
        portable: true,
      },
    ])
    const problem = await expectProblem(
      payWith({ payer: { email: 'a@example.com' } }),
      'payer-fields-invalid',
    )
    expect(problem.fields).toEqual({ email: 'unknown' })
  })
})

describe('its life', () => {
  test('is paid: the callback only asks for a query, and the query decides', async () => {
    const { begin, settle, watch, travel, sandbox, events } = await startChing()
    const { id } = await begin()
    await settle('approve')
    expect(lastOrder(sandbox).notifications).toMatchObject([
      { acknowledged: true, reply: { status: 200, body: ACKNOWLEDGEMENT } },
    ])
    await travel(0)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    expect(sandbox.calls('link-query')).toBe(1)
    await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.succeeded'])
  })

  test.each([
    ['refuse', 'failed', 'payment.failed'],
    ['cancel', 'canceled', 'payment.canceled'],
  ] as const)(
    '%s makes it %s, and money that comes later counts',
    async (outcome, status, type) => {
      const { begin, settle, watch, travel, events } = await startChing()
      const { id } = await begin()
      await settle(outcome)
      await travel(0)
      expect(await watch(id)).toMatchObject({ status, next: null })
      await settle('approve')
      await travel(2_000)
      expect(await watch(id)).toMatchObject({ status: 'succeeded' })
      await expect
        .poll(() => events.map(({ type, data }) => [type, data.late]))
        .toEqual([
          [type, undefined],
          ['payment.succeeded', true],
        ])
    },
  )

  test('is found paid on the schedule, where every callback was lost', async () => {
    const { begin, settle, watch, travel } = await startChing()
    const { id } = await begin()
    await settle('approve', false)
    await travel(15_000)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('that no query finds waits, and ends only after the grace; late money wins', async () => {
    const { begin, settle, watch, travel, events } = await startChing()
    const { id, version } = await begin()
    await travel(15_000)
    await travel(DAY)
    expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
    await travel(3 * DAY)
    expect(await watch(id)).toMatchObject({ status: 'expired', next: null })
    await settle('approve')
    await travel(2_000)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    await expect.poll(() => events.map(({ data }) => data.late)).toEqual([undefined, true])
  })

  test('is called back twice and counts once', async () => {
    const { begin, settle, watch, travel, sandbox, events } = await startChing()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'notification', kind: 'duplicate' })
    await settle('approve')
    await travel(0)
    const { version } = await watch(id)
    await sandbox.notify(lastOrder(sandbox).tradeNo)
    await travel(2_000)
    expect(await watch(id)).toMatchObject({ status: 'succeeded', version })
    expect(sandbox.calls('link-query')).toBe(1)
    await expect.poll(() => events).toHaveLength(1)
  })

  test('two links of one order: the second money is a duplicate', async () => {
    const { begin, watch, travel, sandbox } = await startChing()
    const first = await begin()
    const second = await begin()
    const [one, two] = sandbox.orders()
    await sandbox.settle(one?.tradeNo ?? '', 'approve')
    await travel(0)
    expect(await watch(second.id)).toMatchObject({ reason: 'order-paid', next: null })
    await sandbox.settle(two?.tradeNo ?? '', 'approve')
    await travel(2_000)
    expect(await watch(first.id)).toMatchObject({ status: 'succeeded' })
    expect(await watch(second.id)).toMatchObject({ status: 'succeeded', reason: 'duplicate' })
  })
})

describe('a callback', () => {
  const FORMS: [string, RequestInit][] = [
    ['JSON', { method: 'POST', body: '{"status":"success"}' }],
    ['a form', { method: 'POST', body: new URLSearchParams({ status: 'success' }) }],
    ['an empty body', { method: 'POST' }],
    ['a GET', { method: 'GET' }],
  ]

  test.each(FORMS)('as %s asks for a query, and moves nothing by itself', async (_name, init) => {
    const { begin, watch, travel, settle, sandbox, clock } = await startChing()
    const { id, version } = await begin()
    const callback = lastOrder(sandbox).notifyUrl ?? ''
    const answer = await fetch(callback, init)
    expect([answer.status, await answer.text()]).toEqual([200, ACKNOWLEDGEMENT])
    await travel(0)
    expect(sandbox.calls('link-query')).toBe(1)
    expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
    await settle('approve', false)
    clock.offset += 2_000
    await fetch(callback, init)
    await travel(0)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test.each(FORMS)(
    'as %s to a guessed address is told 404, and asks for nothing',
    async (_n, init) => {
      const { begin, ask, settle, watch, travel, sandbox } = await startChing()
      const { id } = await begin()
      const { tradeNo, notifyUrl = '' } = lastOrder(sandbox)
      await settle('approve', false)
      const proof = notifyUrl.slice(-43)
      const turned = proof.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
      for (const part of [
        `/${tradeNo}`,
        `/${tradeNo}-${turned}`,
        `/${tradeNo}-${proof}x`,
        `/${tradeNo.replace(/.$/, (last) => String((Number(last) + 1) % 10))}-${proof}`,
        `/${proof}`,
      ]) {
        const answer = await ask(`/notifications/chingchingpay${part}`, init)
        expect([part, answer.status]).toEqual([part, 404])
      }
      await travel(0)
      expect(sandbox.calls('link-query')).toBe(0)
      expect(await watch(id)).toMatchObject({ status: 'requires_action' })
    },
  )

  test('without the part that is the payment’s own is told 404', async () => {
    const { ask } = await startChing()
    const answer = await ask('/notifications/chingchingpay', { method: 'POST', body: '{}' })
    expect(answer.status).toBe(404)
  })

  test('at an address of another payment moves only that one', async () => {
    const { begin, watch, travel, sandbox, orders } = await startChing()
    orders.set('H-2', { id: 'H-2', amount: HKD('120.50') })
    const first = await begin()
    const second = await begin({ order: 'H-2' })
    const [one, two] = sandbox.orders()
    for (const each of sandbox.orders()) {
      await sandbox.settle(each.tradeNo, 'approve', { notify: false })
    }
    await fetch(two?.notifyUrl ?? '', {
      method: 'POST',
      body: JSON.stringify({ merchant_reference: one?.tradeNo, status: 'success' }),
    })
    await travel(0)
    expect(await watch(second.id)).toMatchObject({ status: 'succeeded' })
    expect(await watch(first.id)).toMatchObject({ status: 'requires_action' })
  })
})

describe('a query', () => {
  test.each<[string, Record<string, string | number>, string]>([
    ['another amount', { amount: 12_049 }, 'amount-mismatch'],
    ['other money', { currency: 'CNY' }, 'currency-mismatch'],
    ['another reference', { merchant_reference: 'another-reference' }, 'number-mismatch'],
    ['another merchant', { merchant_id: 'another-merchant' }, 'merchant-mismatch'],
    ['no amount', { amount: 'none' }, 'amount-missing'],
  ])('that says paid with %s puts it under review', async (_name, data, reason) => {
    const { begin, settle, watch, travel, sandbox, events } = await startChing()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'link-query', kind: 'data', data })
    await settle('approve')
    await travel(0)
    expect(await watch(id)).toMatchObject({ status: 'needs_review', reason })
    await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.needs_review'])
  })

  test.each(['on-the-way', 'refunded', 'partially_paid', '1', 'unsuccessful'])(
    'with the word %s, which nobody mapped, means pending',
    async (status) => {
      const { begin, settle, watch, travel, sandbox } = await startChing()
      const { id, version } = await begin()
      sandbox.fault({ endpoint: 'link-query', kind: 'data', data: { status } })
      await settle('approve')
      await travel(0)
      expect(sandbox.calls('link-query')).toBe(1)
      expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
    },
  )

  test('that says pending after the lifetime ends the payment', async () => {
    const { begin, settle, watch, travel, sandbox } = await startChing()
    const { id } = await begin()
    await settle('refuse', false)
    const data = { status: 'pending' }
    sandbox.fault({ endpoint: 'link-query', kind: 'data', data, times: Infinity })
    await travel(DAY)
    expect(await watch(id)).toMatchObject({ status: 'expired' })
  })

  test('may call its status a result', async () => {
    const { begin, settle, watch, travel, sandbox } = await startChing()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'link-query', kind: 'result' })
    await settle('approve')
    await travel(0)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('of a shop that configured its words is read by them', async () => {
    const { begin, settle, watch, travel, sandbox } = await startChing({
      proxy: { statusMap: { paid: ['trade_ok'] } },
    })
    const { id } = await begin()
    sandbox.fault({ endpoint: 'link-query', kind: 'data', data: { status: 'TRADE_OK' } })
    await settle('approve')
    await travel(0)
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })
})

describe('what is assumed', () => {
  const LIVE = {
    PAY_PUBLIC_URL: 'https://pay.shop.example',
    PAY_ORIGINS: 'https://shop.example',
    PAY_SECRET: 'x'.repeat(32),
    PAY_ORDER_SECRET: 'x'.repeat(32),
    PAY_DATABASE_URL: 'sqlite::memory:',
    CHINGCHINGPAY_BASE_URL: 'https://api.chingchingpay.example/gateway',
    CHINGCHINGPAY_API_KEY: 'key',
    CHINGCHINGPAY_API_SECRET: 'unseen-secret',
    CHINGCHINGPAY_MERCHANT_ID: 'M1',
  }

  test('is warned of at start, each by its name', async () => {
    const { logged } = await startChing()
    const hints = logged
      .map((line) => JSON.parse(line) as Record<string, string>)
      .filter(({ message }) => message === 'assumed, not confirmed')
    expect(hints.map(({ level, provider }) => `${level} ${provider}`)).toEqual(
      Array(4).fill('warn chingchingpay'),
    )
    expect(hints.map(({ hint }) => hint)).toEqual([
      'x-signature is over the raw body',
      'how x-signature is encoded',
      'the code of success',
      'the words of a status',
    ])
  })

  test('is warned of no more, once it is confirmed', async () => {
    const { logged } = await startChing({ proxy: { confirmed: true } })
    expect(logged.join()).not.toContain('assumed')
  })

  test('does not start live unless it is confirmed', async () => {
    expect(() => configure(LIVE)).toThrow(ConfigurationError)
    expect(() => configure(LIVE)).toThrow(/^CHINGCHINGPAY_CONFIRMED is needed in live mode/)
    const { options } = configure({ ...LIVE, CHINGCHINGPAY_CONFIRMED: '1' })
    expect(options.mode).toBe('live')
    await options.store.close()
  })

  test('does not start live at the documented test system, confirmed or not', () => {
    const environment = {
      ...LIVE,
      CHINGCHINGPAY_CONFIRMED: '1',
      CHINGCHINGPAY_BASE_URL: 'https://test-api.chingchingpay.com/gateway',
    }
    expect(() => configure(environment)).toThrow(/^CHINGCHINGPAY_BASE_URL is the provider's test/)
  })

  test.each([
    ['CHINGCHINGPAY_API_SECRET', ''],
    ['CHINGCHINGPAY_MERCHANT_ID', ''],
    ['CHINGCHINGPAY_STATUS_MAP', 'won=unseen'],
    ['CHINGCHINGPAY_SIGN_ENCODING', 'unseen'],
  ])('names %s=%s', (name, value) => {
    const configured = () => configure({ ...LIVE, CHINGCHINGPAY_CONFIRMED: '1', [name]: value })
    expect(configured).toThrow(new RegExp(`^${name} `))
    expect(configured).not.toThrow(/unseen/)
  })
})
