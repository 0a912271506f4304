import { describe, expect, test } from 'vitest'
import type { PayCoolsSettings } from '../../demo/sandbox/index.js'
import { keyPairs } from '../../demo/sandbox/paycools/keys.js'
import { sign } from '../../demo/sandbox/paycools/signature.js'
import type { Payment } from '../../src/contract/payment.js'
import { configure, type Order, type PayCoolsOptions, paycools } from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { type HarnessOptions, lastOrder, start } from './harness.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ALFAMART = 'paycools:ALFAMART_VA'
const IDR = (value: string) => ({ value, currency: 'IDR' })
const PAYER = { fullName: 'Siti Nurbaya', email: 'siti@example.com' }
const ACKNOWLEDGEMENT = '{"code":10000,"message":"Success"}'

interface PayCoolsHarnessOptions extends HarnessOptions {
  proxy?: Partial<PayCoolsOptions>
  /** How the sandbox plays PayCools. */
  played?: Partial<PayCoolsSettings>
  order?: Partial<Order>
}

/** A proxy with PayCools alone, an order of 50,000 rupiah, and a clock that only the test moves. */
async function startPayCools(options: PayCoolsHarnessOptions = {}) {
  const { proxy = {}, played = {}, order = {}, ...more } = options
  const harness = await start({
    providersOf: (sandbox) => [paycools({ ...sandbox.paycools, ...proxy })],
    sandbox: { paycools: played },
    ...more,
  })
  const { orders, sandbox, clock } = harness
  clock.freeze()
  orders.set('P-1', { id: 'P-1', amount: IDR('50000'), ...order })
  const body = { order: 'P-1', channel: ALFAMART, amount: IDR('50000'), payer: PAYER }
  return {
    ...harness,
    payWith: (changes: Record<string, unknown> = {}) => harness.pay({ ...body, ...changes }),
    begin: (changes: Record<string, unknown> = {}) => harness.made({ ...body, ...changes }),
    settle: (outcome: 'approve' | 'refuse', notify = true) =>
      sandbox.settle(lastOrder(sandbox).tradeNo, outcome, { notify }),
    tell: (message: string) =>
      harness.ask('/notifications/paycools', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: message,
      }),
  }
}

type PayCoolsHarness = Awaited<ReturnType<typeof startPayCools>>

/** What PayCools would say of the last order, had it been paid. */
function paidParam({ sandbox }: PayCoolsHarness, changes: Record<string, unknown> = {}): string {
  const { tradeNo, providerReference, fields } = lastOrder(sandbox)
  return JSON.stringify({
    eventName: 'payment.success',
    mchOrderId: tradeNo,
    transactionId: providerReference,
    amount: 50000,
    transactionStatus: 'COMPLETED',
    channelCode: fields.channelCode,
    ...changes,
  })
}

const enclose = (param: string, privateKey: string) =>
  JSON.stringify({ param, sign: sign(param, privateKey, 'RSA-SHA256') })

describe('a code', () => {
  test('is given out with its leading zeros and its end in UTC', async () => {
    const { begin, sandbox, clock } = await startPayCools({ proxy: { biller: 'Tea Shop' } })
    const payment = await begin()
    const { paymentCode, fields } = lastOrder(sandbox)
    expect(payment).toMatchObject({ status: 'requires_action', channel: ALFAMART })
    expect(payment.next).toEqual({
      type: 'code',
      code: paymentCode,
      biller: 'Tea Shop',
      // PayCools writes whole seconds.
      expiresAt: new Date(Math.floor((clock.now() + HOUR) / 1000) * 1000).toISOString(),
    })
    expect(paymentCode).toMatch(/^000\d{5}$/)
    expect(fields).toMatchObject({
      amount: '50000',
      email: 'siti@example.com',
      customerName: 'Siti Nurbaya',
      remark: 'P-1',
    })
  })

  test('of a bank has sixteen digits', async () => {
    const { begin } = await startPayCools()
    const { next } = await begin({ channel: 'paycools:BNI_VA' })
    expect(next).toMatchObject({ type: 'code', code: expect.stringMatching(/^\d{16}$/) })
  })

  test('is signed with SHA-1 where that is configured, both ways', async () => {
    const { begin, settle, watch } = await startPayCools({ played: { signAlgorithm: 'RSA-SHA1' } })
    const { id } = await begin()
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('without an end lives as long as our payments do', async () => {
    const { begin, watch, travel, settle } = await startPayCools({ played: { codeLifetime: null } })
    const { id, next } = await begin()
    expect(next).toMatchObject({ type: 'code', expiresAt: null })
    await travel(23 * HOUR)
    expect(await watch(id)).toMatchObject({ status: 'requires_action' })
    await travel(HOUR)
    expect(await watch(id)).toMatchObject({ status: 'expired', next: null })
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('whose end is past already is over at the next query, and money still counts', async () => {
    const { begin, watch, travel, settle } = await startPayCools({
      played: { codeLifetime: -MINUTE },
    })
    const payment = await begin()
    expect(payment.status).toBe('requires_action')
    await travel(15_000)
    expect(await watch(payment.id)).toMatchObject({ status: 'expired', next: null })
    await settle('approve')
    expect(await watch(payment.id)).toMatchObject({ status: 'succeeded' })
  })

  test.each(['2023-03-13', '1678713154000', 'null'])(
    'with the unreadable end %s has none',
    async (expireTime) => {
      const { begin, sandbox } = await startPayCools()
      sandbox.fault({
        endpoint: 'code',
        kind: 'text',
        edit: (text) => text.replace(/"expireTime":"[^"]*"/, `"expireTime":"${expireTime}"`),
      })
      expect((await begin()).next).toMatchObject({ expiresAt: null })
    },
  )
})

describe('the channels', () => {
  test('ask for a name and an e-mail, in the configured order', async () => {
    const { offer } = await startPayCools()
    const { channels } = await offer('P-1')
    expect(channels.map(({ id, kind, flow, label }) => [id, kind, flow, label])).toEqual([
      [ALFAMART, 'convenience-store', 'code', 'Alfamart'],
      ['paycools:BNI_VA', 'virtual-account', 'code', 'BNI'],
      ['paycools:BRI_VA', 'virtual-account', 'code', 'BRI'],
    ])
    expect(channels[0]?.fields.map(({ name }) => name)).toEqual(['fullName', 'email'])
    expect(channels[0]?.operator).toBe('PayCools')
  })

  test.each([
    ['with decimals', IDR('50000.50')],
    ['below the least', IDR('1999')],
    ['above the most', IDR('100000001')],
    ['in other money', { value: '50000', currency: 'TWD' }],
    ['in money that nobody takes', { value: '50000', currency: 'XTS' }],
  ])('take no order %s, and the operator is told', async (_name, amount) => {
    const { offer, payWith, logged } = await startPayCools({ order: { amount } })
    expect(await offer('P-1')).toMatchObject({ order: 'P-1', amount, channels: [], paid: false })
    expect(logged.map((line) => JSON.parse(line) as object)).toContainEqual({
      level: 'warn',
      order: 'P-1',
      message: 'no channel can take this order',
    })
    await expectProblem(payWith({ amount }), 'channel-not-offered')
  })

  test.each([
    [{ fullName: 'x'.repeat(101) }, { fullName: 'too-long' }],
    [{ fullName: ' ' }, { fullName: 'required' }],
    [{ email: 'siti' }, { email: 'format' }],
    [{ mobile: '81234567890' }, { mobile: 'unknown' }],
  ])('refuse %j', async (changes, faults) => {
    const { payWith } = await startPayCools()
    const answer = payWith({ payer: { ...PAYER, ...changes } })
    expect((await expectProblem(answer, 'payer-fields-invalid')).fields).toEqual(faults)
  })
})

describe('its life', () => {
  test('is paid, told to the shop once and acknowledged as documented', async () => {
    const { begin, settle, until, events, sandbox } = await startPayCools()
    const { id } = await begin()
    await settle('approve')
    expect(lastOrder(sandbox).notifications).toMatchObject([
      { acknowledged: true, reply: { status: 200, body: ACKNOWLEDGEMENT } },
    ])
    const paid = await until(id, ({ status }) => status === 'succeeded')
    expect(paid.next).toBeNull()
    await expect.poll(() => events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      type: 'payment.succeeded',
      data: { providerReference: lastOrder(sandbox).providerReference },
    })
  })

  test('fails, and money that comes after that counts', async () => {
    const { begin, settle, watch, events } = await startPayCools()
    const { id } = await begin()
    await settle('refuse')
    expect(await watch(id)).toMatchObject({ status: 'failed', reason: 'refused' })
    await expect.poll(() => events).toHaveLength(1)
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    await expect.poll(() => events.map(({ data }) => data.late)).toEqual([undefined, true])
  })

  test('ends with its code, and late money wins', async () => {
    const { begin, settle, watch, travel, events } = await startPayCools()
    const { id } = await begin()
    await travel(HOUR - 2_000)
    expect(await watch(id)).toMatchObject({ status: 'requires_action' })
    await travel(2_000)
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

  test.each(['COMPLETED', 'COMPLETE'])(
    'is found paid by a query that says %s, where every notification was lost',
    async (status) => {
      const { begin, settle, watch, travel, sandbox } = await startPayCools()
      const { id } = await begin()
      await settle('approve', false)
      sandbox.fault({ endpoint: 'code-check', kind: 'status', status })
      await travel(15_000)
      expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    },
  )

  test.each(['EXPIRED', 'REFUNDED', 'completed', 'PAID'])(
    'is not moved by the word %s, which nobody documented',
    async (status) => {
      const harness = await startPayCools()
      const { begin, watch, travel, tell, sandbox } = harness
      const { id, version } = await begin()
      sandbox.fault({ endpoint: 'code-check', kind: 'status', status, times: Infinity })
      await travel(15_000)
      expect(sandbox.calls('code-check')).toBe(1)
      const param = paidParam(harness, { transactionStatus: status })
      const answer = await tell(enclose(param, keyPairs().payCools.privateKey))
      expect(await answer.text()).toBe(ACKNOWLEDGEMENT)
      expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
    },
  )

  test('is told twice and counts once', async () => {
    const { begin, settle, watch, sandbox, events } = await startPayCools()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'notification', kind: 'duplicate' })
    await settle('approve')
    const { version } = await watch(id)
    await sandbox.notify(lastOrder(sandbox).tradeNo)
    expect(await watch(id)).toMatchObject({ status: 'succeeded', version })
    expect(lastOrder(sandbox).notifications.map(({ acknowledged }) => acknowledged)).toEqual([
      true,
      true,
      true,
    ])
    await expect.poll(() => events).toHaveLength(1)
  })

  test('two codes of one order: the other one is shown no more, and its money is a duplicate', async () => {
    const { begin, watch, sandbox } = await startPayCools()
    const first = await begin()
    const second = await begin({ channel: 'paycools:BRI_VA' })
    const [one, two] = sandbox.orders()
    await sandbox.settle(one?.tradeNo ?? '', 'approve')
    expect(await watch(first.id)).toMatchObject({ status: 'succeeded' })
    expect(await watch(second.id)).toMatchObject({ reason: 'order-paid', next: null })
    await sandbox.settle(two?.tradeNo ?? '', 'approve')
    expect(await watch(second.id)).toMatchObject({ status: 'succeeded', reason: 'duplicate' })
  })
})

describe('a notification has no effect', () => {
  test('signed by the merchant’s own key', async () => {
    const harness = await startPayCools()
    const { begin, tell, watch, sandbox, logged } = harness
    const { id, version } = await begin()
    const answer = await tell(enclose(paidParam(harness), sandbox.paycools.privateKey))
    expect([answer.status, await answer.text()]).toEqual([401, 'bad signature'])
    expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
    expect(logged.join()).toContain('notification with a bad signature')
  })

  test('changed after PayCools signed it', async () => {
    const harness = await startPayCools()
    const { begin, tell, watch } = harness
    const { id } = await begin()
    const param = paidParam(harness, { amount: 1 })
    const signed = JSON.parse(enclose(param, keyPairs().payCools.privateKey)) as { sign: string }
    const answer = await tell(JSON.stringify({ param: paidParam(harness), sign: signed.sign }))
    expect(answer.status).toBe(401)
    expect(await watch(id)).toMatchObject({ status: 'requires_action' })
  })

  test.each([
    ['of a number that is not ours', { mchOrderId: 'SomebodyElse0001' }, 404],
    ['without a number', { mchOrderId: undefined }, 400],
  ])('%s', async (_name, changes, status) => {
    const harness = await startPayCools()
    const { begin, tell, watch } = harness
    const { id } = await begin()
    const param = paidParam(harness, changes)
    const answer = await tell(enclose(param, keyPairs().payCools.privateKey))
    expect(answer.status).toBe(status)
    expect(await answer.text()).not.toContain('10000')
    expect(await watch(id)).toMatchObject({ status: 'requires_action' })
  })

  test.each(['', 'param=1', '{}', '[]'])('that is %j', async (body) => {
    const { begin, tell, watch } = await startPayCools()
    const { id } = await begin()
    expect((await tell(body)).status).toBe(400)
    expect(await watch(id)).toMatchObject({ status: 'requires_action' })
  })
})

test('a notification whose param was written again on its way is refused, and a query finds out', async () => {
  const { begin, settle, watch, travel, sandbox } = await startPayCools()
  const { id } = await begin()
  sandbox.fault({ endpoint: 'notification', kind: 'rewritten' })
  await settle('approve')
  expect(lastOrder(sandbox).notifications).toMatchObject([
    { acknowledged: false, reply: { status: 401 } },
  ])
  await travel(0)
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  expect(sandbox.calls('code-check')).toBe(1)
})

test.each([
  ['amount', 49_999, 'amount-mismatch'],
  ['amount', 50_001, 'amount-mismatch'],
  ['amount', '', 'amount-missing'],
  ['channelCode', 'BNI_VA', 'channel-mismatch'],
  ['transactionId', 'C1', 'number-mismatch'],
])(
  'a notification with %s %j is acknowledged and put under review',
  async (name, value, reason) => {
    const { begin, settle, watch, sandbox, events } = await startPayCools()
    const { id } = await begin()
    sandbox.fault({ endpoint: 'notification', kind: 'fields', fields: { [name]: value } })
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'needs_review', reason })
    expect(lastOrder(sandbox).notifications).toMatchObject([{ acknowledged: true }])
    await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.needs_review'])
  },
)

test('an amount of four decimals is verified and compared as it stands', async () => {
  const { begin, settle, watch, sandbox } = await startPayCools()
  const { id } = await begin()
  sandbox.fault({ endpoint: 'notification', kind: 'amount-as-number' })
  await settle('approve')
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
})

describe('a create call', () => {
  test.each([21001, 21002, 21003, 21004, 21005, 21006, 21008, 21009, 21010, 21016])(
    'of code %i is refused',
    async (code) => {
      const { begin, sandbox } = await startPayCools()
      sandbox.fault({ endpoint: 'code', kind: 'code', code })
      expect(await begin()).toMatchObject({ status: 'failed', reason: 'refused', next: null })
    },
  )

  test.each([21000, 21007, 21011, 21500])(
    'of code %i has an unknown outcome, which a query settles',
    async (code) => {
      const { payWith, watch, travel, settle, sandbox } = await startPayCools()
      sandbox.fault({ endpoint: 'code', kind: 'code', code, taken: true })
      const response = await payWith()
      const { id, status, next } = (await response.json()) as Payment
      expect([response.status, status, next]).toEqual([202, 'processing', null])
      await settle('approve', false)
      await travel(1_000)
      expect(await watch(id)).toMatchObject({ status: 'succeeded' })
    },
  )

  test('whose answer was lost: a query brings the code and its end', async () => {
    const { payWith, watch, travel, settle, sandbox, clock } = await startPayCools()
    sandbox.fault({ endpoint: 'code', kind: 'reset' })
    const response = await payWith()
    const { id, next } = (await response.json()) as Payment
    expect([response.status, next]).toEqual([202, null])
    const expiresAt = new Date(Math.floor((clock.now() + HOUR) / 1000) * 1000).toISOString()
    await travel(1_000)
    expect(await watch(id)).toMatchObject({
      status: 'requires_action',
      next: { type: 'code', code: lastOrder(sandbox).paymentCode, expiresAt },
    })
    expect(sandbox.calls('code')).toBe(1)
    await travel(HOUR)
    expect(await watch(id)).toMatchObject({ status: 'expired', next: null })
    await settle('approve')
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  })

  test('that was never read is queried, and nothing is found', async () => {
    const { payWith, watch, travel, sandbox } = await startPayCools()
    sandbox.fault({ endpoint: 'code', kind: 'html', taken: false })
    const { id } = (await (await payWith()).json()) as Payment
    await travel(1_000)
    expect(sandbox.calls('code-check')).toBe(1)
    expect(await watch(id)).toMatchObject({ status: 'processing', next: null })
  })
})

describe('the program', () => {
  const environment = {
    PAY_MODE: 'test',
    PAY_PUBLIC_URL: 'http://localhost:8787/pay',
    PAY_ORIGINS: 'http://localhost:8080',
    PAY_SECRET: 'x'.repeat(32),
    PAY_ORDER_SECRET: 'x'.repeat(32),
    PAY_DATABASE_URL: 'sqlite::memory:',
  }

  test('takes all that the sandbox gives a merchant', async () => {
    const { sandbox } = await startPayCools()
    const { options } = configure({ ...environment, ...sandbox.environment })
    expect(options.providers.map(({ id }) => id)).toEqual([
      'vexora-taiwan',
      'vexora-card',
      'paycools',
      'chingchingpay',
    ])
    await options.store.close()
  })

  test.each([
    ['PAYCOOLS_PRIVATE_KEY', 'unseen'],
    ['PAYCOOLS_PUBLIC_KEY', 'unseen'],
    ['PAYCOOLS_PUBLIC_KEY', keyPairs().merchant.privateKey],
    ['PAYCOOLS_BASE_URL', ''],
    ['PAYCOOLS_SIGN_ALGORITHM', 'MD5'],
  ])('names %s where it cannot be used, and never prints it', async (name, value) => {
    const { sandbox } = await startPayCools()
    const configured = () => configure({ ...environment, ...sandbox.environment, [name]: value })
    expect(configured).toThrow(new RegExp(`^${name} `))
    expect(configured).not.toThrow(/unseen|MII/)
  })
})

test('nothing that was logged names the payer or a key', async () => {
  const { begin, settle, sandbox, logged } = await startPayCools()
  await begin()
  sandbox.fault({ endpoint: 'notification', kind: 'merchant-key' })
  await settle('approve')
  const { privateKey, publicKey } = sandbox.paycools
  const secrets = [...Object.values(PAYER), privateKey, publicKey]
  expect(logged.length).toBeGreaterThan(1)
  for (const secret of secrets) expect(logged.join()).not.toContain(secret)
})
