import { expect, test } from 'vitest'
import { type HttpClient, sqlite } from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { type Harness, type HarnessOptions, lastOrder, start } from './harness.js'
import { answerTogether, newKey, order } from './requests.js'
import { passedOn } from './wrapped-store.js'

const DAY = 24 * 3_600_000

/** A shop with orders enough, behind a proxy of its own that tells who asks. */
async function startBehindProxy(options: HarnessOptions = {}) {
  const harness = await start({ trustedProxies: ['127.0.0.1/32', '10.0.0.0/8'], ...options })
  const orders = Array.from({ length: 60 }, (_, at) => `B-${at}`)
  for (const id of orders) harness.orders.set(id, order(id))
  const next = () => orders.shift() ?? 'A-1'
  const payFrom = (ip: string, headers: Record<string, string> = {}) =>
    harness.pay({ order: next() }, { 'x-forwarded-for': ip, ...headers })
  return { ...harness, payFrom, pay: harness.pay }
}

async function payTenTimes(payFrom: (ip: string) => Promise<Response>, ip: string) {
  for (let at = 0; at < 10; at += 1) expect((await payFrom(ip)).status).toBe(201)
}

const settleLast = ({ sandbox }: Pick<Harness, 'sandbox'>) =>
  sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')

test('an address pays ten times a day, and another one is not held up', async () => {
  const { payFrom, sandbox } = await startBehindProxy()
  await payTenTimes(payFrom, '203.0.113.1')
  const problem = await expectProblem(payFrom('203.0.113.1'), 'payer-ip-limit')
  expect(problem.limit).toBe('payments')
  expect((await payFrom('203.0.113.2')).status).toBe(201)
  expect(sandbox.calls('checkout')).toBe(11)
})

test('an address that a runtime tells in another form is the same one', async () => {
  const told = ['203.0.113.1', '::ffff:203.0.113.1', '::ffff:cb00:7101']
  let calls = 0
  const { payFrom, sandbox } = await startBehindProxy({
    clientIp: () => told[calls++ % told.length],
  })
  await payTenTimes(payFrom, 'whatever a payer writes')
  await expectProblem(payFrom('203.0.113.2'), 'payer-ip-limit')
  const sent = sandbox.orders().map(({ fields }) => fields.ipAddress)
  expect(new Set(sent)).toEqual(new Set(['203.0.113.1']))
})

test('an address succeeds three times a day', async () => {
  const harness = await startBehindProxy()
  for (let at = 0; at < 3; at += 1) {
    expect((await harness.payFrom('203.0.113.1')).status).toBe(201)
    await settleLast(harness)
  }
  const problem = await expectProblem(harness.payFrom('203.0.113.1'), 'payer-ip-limit')
  expect(problem.limit).toBe('successes')
  expect((await harness.payFrom('203.0.113.2')).status).toBe(201)
})

test('a success told again, or of a duplicate, counts as what it is', async () => {
  const { pay, payFrom, sandbox, notify } = await startBehindProxy({ sandbox: { ipLimits: 'off' } })
  const from = { 'x-forwarded-for': '203.0.113.1' }
  expect((await pay({}, from)).status).toBe(201)
  const one = lastOrder(sandbox).tradeNo
  expect((await pay({}, from)).status).toBe(201)
  const other = lastOrder(sandbox).tradeNo
  for (const tradeNo of [one, one, one, other, other]) {
    expect((await notify({ tradeNo, amount: '300', status: '0000' })).status).toBe(200)
  }
  expect((await payFrom('203.0.113.1')).status).toBe(201)
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await expectProblem(payFrom('203.0.113.1'), 'payer-ip-limit')
})

test('the limit is lifted at midnight of Taipei, and says when that is', async () => {
  const { payFrom, clock } = await startBehindProxy()
  clock.freeze()
  await payTenTimes(payFrom, '203.0.113.1')
  const answer = await payFrom('203.0.113.1')
  const retryAfter = Number(answer.headers.get('retry-after'))
  const { retryAt = '' } = await expectProblem(answer, 'payer-ip-limit')
  const inTaipei = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Taipei',
    timeStyle: 'medium',
  }).format(new Date(retryAt))
  expect(inTaipei).toBe('00:00:00')
  const left = Date.parse(retryAt) - clock.now()
  expect(left).toBeGreaterThan(0)
  expect(left).toBeLessThanOrEqual(DAY)
  expect(retryAfter).toBe(Math.ceil(left / 1_000))
  clock.offset += left - 1
  await expectProblem(payFrom('203.0.113.1'), 'payer-ip-limit')
  clock.offset += 1
  expect((await payFrom('203.0.113.1')).status).toBe(201)
})

test('a success counts on the day of its create call', async () => {
  const { payFrom, sandbox, clock } = await startBehindProxy({ sandbox: { ipLimits: 'off' } })
  for (let at = 0; at < 3; at += 1) expect((await payFrom('203.0.113.1')).status).toBe(201)
  clock.offset += DAY
  for (const { tradeNo } of sandbox.orders()) await sandbox.settle(tradeNo, 'approve')
  expect((await payFrom('203.0.113.1')).status).toBe(201)
})

test('calls that were refused or came to nobody knows what are counted', async () => {
  const { payFrom, sandbox } = await startBehindProxy()
  for (let at = 0; at < 5; at += 1) {
    sandbox.fault({ endpoint: 'checkout', kind: 'code', code: '9999' })
    expect((await payFrom('203.0.113.1')).status).toBe(201)
    sandbox.fault({ endpoint: 'checkout', kind: 'empty' })
    expect((await payFrom('203.0.113.1')).status).toBe(202)
  }
  await expectProblem(payFrom('203.0.113.1'), 'payer-ip-limit')
})

test('repeated requests are not counted, and are answered when the day is used up', async () => {
  const { payFrom, pay } = await startBehindProxy()
  const key = { 'idempotency-key': newKey(), 'x-forwarded-for': '203.0.113.1' }
  expect((await pay({}, key)).status).toBe(201)
  for (let at = 0; at < 20; at += 1) expect((await pay({}, key)).status).toBe(200)
  for (let at = 0; at < 9; at += 1) expect((await payFrom('203.0.113.1')).status).toBe(201)
  await expectProblem(payFrom('203.0.113.1'), 'payer-ip-limit')
  expect((await pay({}, key)).status).toBe(200)
})

test('what is turned away for another reason is not counted', async () => {
  const { payFrom, pay } = await startBehindProxy()
  const from = { 'x-forwarded-for': '203.0.113.1' }
  for (let at = 0; at < 12; at += 1) {
    await expectProblem(pay({ payer: {} }, from), 'payer-fields-invalid')
  }
  await payTenTimes(payFrom, '203.0.113.1')
})

test('of sixty payments of one address at once exactly ten are made', async () => {
  const { payFrom, sandbox, ask } = await startBehindProxy({
    orders: answerTogether(60, order),
  })
  const keys = Array.from({ length: 60 }, newKey)
  const answers = await Promise.all(
    keys.map((key) => payFrom('203.0.113.1', { 'idempotency-key': key })),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(10)
  expect(sandbox.calls('checkout')).toBe(10)
  for (const [at, answer] of answers.entries()) {
    if (answer.status === 201) continue
    await expectProblem(answer, 'payer-ip-limit')
    await expectProblem(ask(`/payments?key=${keys[at]}`), 'payment-not-found')
  }
})

test('a limit that is off, and limits of one’s own', async () => {
  const off = await startBehindProxy({ taiwan: { ipLimits: 'off' }, sandbox: { ipLimits: 'off' } })
  for (let at = 0; at < 12; at += 1) expect((await off.payFrom('203.0.113.1')).status).toBe(201)
  const two = await startBehindProxy({ taiwan: { ipLimits: { payments: 2, successes: 1 } } })
  expect((await two.payFrom('203.0.113.1')).status).toBe(201)
  expect((await two.payFrom('203.0.113.1')).status).toBe(201)
  await expectProblem(two.payFrom('203.0.113.1'), 'payer-ip-limit')
})

test.each([
  [
    'the nearest hop that is no proxy of ours',
    '198.51.100.7, 203.0.113.9, 10.1.2.3',
    '203.0.113.9',
  ],
  ['what a stranger wrote is left of it', '1.1.1.1, 203.0.113.9', '203.0.113.9'],
  ['IPv4 in IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
  ['IPv6', '2001:db8::1', '2001:db8::1'],
  ['blanks', ' 203.0.113.9 ', '203.0.113.9'],
])('the address behind proxies: %s', async (_, header, expected) => {
  const { payFrom, sandbox } = await startBehindProxy()
  expect((await payFrom(header)).status).toBe(201)
  expect(lastOrder(sandbox).fields.ipAddress).toBe(expected)
})

test.each(['unknown', '203.0.113.999', '"203.0.113.9"', '203.0.113.9=x'])(
  'an address that is none, %s, is not sent to anybody',
  async (header) => {
    const { payFrom, sandbox } = await startBehindProxy()
    await expectProblem(payFrom(header), 'channel-not-offered')
    expect(sandbox.calls('checkout')).toBe(0)
  },
)

test('without trusted proxies nobody’s word is taken', async () => {
  const { payFrom, sandbox } = await startBehindProxy({ trustedProxies: [] })
  expect((await payFrom('203.0.113.1')).status).toBe(201)
  expect(lastOrder(sandbox).fields.ipAddress).toBe('127.0.0.1')
})

test('no address is kept as it is', async () => {
  const { payFrom, logged, ask, until } = await startBehindProxy()
  const { id } = (await (await payFrom('203.0.113.1')).json()) as { id: string }
  const payment = await until(id, () => true)
  await ask(`/payments/${id}/return`)
  expect(JSON.stringify([payment, logged])).not.toContain('203.0.113')
})

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '169.254.1.1',
  '::1',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '100.64.0.1',
  '0.0.0.0',
])('live, the private address %s is no payer’s', async (ip) => {
  const { pay, offer, sent } = await startLive(ip)
  expect((await offer('A-1')).channels).toEqual([])
  await expectProblem(pay(), 'channel-not-offered')
  expect(sent).toEqual([])
})

test.each(['203.0.114.1', '2606:4700::1111'])('live, %s pays', async (ip) => {
  const { pay, offer, sent } = await startLive(ip)
  const { channels, ...rest } = await offer('A-1')
  expect(channels).not.toEqual([])
  expect(rest).not.toHaveProperty('test')
  const response = await pay()
  expect(response.status).toBe(201)
  const payment = (await response.json()) as object
  expect(payment).toMatchObject({ next: { url: 'https://cashier.example/1' } })
  expect(payment).not.toHaveProperty('test')
  expect(sent).toHaveLength(1)
})

/** In live mode, which speaks to nobody without TLS: so a provider that never leaves here. */
async function startLive(ip: string) {
  const sent: string[] = []
  const http: HttpClient = {
    send: async ({ url, body }) => {
      sent.push(url)
      const { tradeNo } = JSON.parse(body) as { tradeNo: string }
      const data = {
        tradeNo,
        platFormTradeNo: 'p1',
        status: '0015',
        paymentUrl: 'https://cashier.example/1',
      }
      return { status: 200, body: JSON.stringify({ code: '0000', data }) }
    },
    close: async () => {},
  }
  const harness = await start({
    mode: 'live',
    publicUrl: 'https://pay.shop.example/pay',
    taiwan: { baseUrl: 'https://api.vexora.example/taiwan' },
    clientIp: () => ip,
    http,
  })
  return { ...harness, sent }
}

test('who is overtaken by their own repeated request hears the same of the limit', async () => {
  let offset = 0
  const store = sqlite(':memory:', { now: () => Date.now() + offset })
  let letOn = () => {}
  const overtaken = new Promise<void>((resolve) => {
    letOn = resolve
  })
  let calls = 0
  const { pay, orders } = await start({
    taiwan: { ipLimits: { payments: 1, successes: 1 } },
    store: {
      ...passedOn(store),
      async write(statements) {
        if (statements[0]?.sql.includes("'submitting'") && calls++ === 0) await overtaken
        return store.write(statements)
      },
    },
  })
  const key = { 'idempotency-key': newKey() }
  const first = pay({}, key)
  await expect.poll(() => calls).toBe(1)
  orders.set('B', order('B'))
  expect((await pay({ order: 'B' })).status).toBe(201)
  // The row of the first is nobody's any more.
  offset = 31_000
  await expectProblem(pay({}, key), 'payer-ip-limit')
  letOn()
  await expectProblem(first, 'payer-ip-limit')
})
