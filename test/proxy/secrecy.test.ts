import { expect, test } from 'vitest'
import { signOrder } from '../../src/proxy/index.js'
import { freePort } from '../free-port.js'
import { API_KEY, type Harness, type HarnessOptions, lastOrder, SECRET, start } from './harness.js'
import { newKey, order, STORE } from './requests.js'

const ORDER_SECRET = 'the-secret-of-the-order-tokens-0123456789'

/** Words that stand nowhere else, so that each is found wherever it leaks. */
const PAYER = {
  firstName: 'Xiaomingfirst',
  lastName: 'Wanglast',
  mobile: '0987654321',
  email: 'secret.payer@example.org',
  bankAccounts: ['808-0358912345678'],
}
const STORE_PAYER = {
  firstName: PAYER.firstName,
  lastName: PAYER.lastName,
  mobile: PAYER.mobile,
  email: PAYER.email,
  postcode: '98765',
  address: 'Hidden Road 77',
}
const IP = '203.0.113.77'

/** Everything that nobody may read in an answer or a log, in every form it may have there. */
const SECRETS = [
  ...Object.values({ ...PAYER, ...STORE_PAYER }).flat(),
  '0358912345678',
  '987654321',
  'badmobile',
  'Bad=name',
  'unknownnickname',
  'sandbox-secret-that-everybody-knows',
  SECRET,
  ORDER_SECRET,
  API_KEY,
  IP,
]

interface Trail {
  /** Every answer to a page, the shop or the provider: its headers and its body. */
  answers: string[]
  logged: string[]
  harness: Harness
}

/** A proxy that remembers every word it says. */
async function overheard(options: HarnessOptions = {}): Promise<Trail> {
  const harness = await start({
    trustedProxies: ['127.0.0.1'],
    taiwan: { ipLimits: 'off' },
    sandbox: { ipLimits: 'off' },
    ...options,
  })
  const answers: string[] = []
  const keep = async (answer: Promise<Response>) => {
    const response = await answer
    const body = await response.clone().text()
    answers.push(JSON.stringify([response.status, [...response.headers], body]))
    return response
  }
  const { ask, pay, notify } = harness
  const from = { 'x-forwarded-for': IP }
  return {
    answers,
    logged: harness.logged,
    harness: {
      ...harness,
      ask: (path, init) => keep(ask(path, init)),
      pay: (body, headers) => keep(pay({ payer: PAYER, ...body }, { ...from, ...headers })),
      notify: (message) => keep(notify(message)),
    },
  }
}

function expectSilence({ answers, logged, harness }: Trail, also: readonly string[] = []) {
  const signatures = harness.sandbox
    .orders()
    .flatMap(({ fields, notifications }) => [
      fields.sign ?? 'no signature',
      ...notifications.map(({ body }) => (JSON.parse(body) as { sign: string }).sign),
    ])
  for (const line of [...answers, ...logged]) {
    for (const secret of [...SECRETS, ...signatures, ...also]) {
      expect(line.toLowerCase()).not.toContain(secret.toLowerCase())
    }
  }
}

test('a payment from its beginning to its end tells nobody who paid', async () => {
  const trail = await overheard()
  const { pay, ask, sandbox, sweep, events } = trail.harness
  await ask('/orders/A-1')
  const key = newKey()
  const made = await pay({}, { 'idempotency-key': key })
  const { id } = (await made.json()) as { id: string }
  await ask(`/payments?key=${key}`)
  await ask(`/payments/${id}/return`, { method: 'POST', body: `email=${PAYER.email}` })
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await sweep()
  await ask(`/payments/${id}`)
  await ask('/payments', { headers: { authorization: `Bearer ${API_KEY}` } })
  await expect.poll(() => events).toHaveLength(1)
  expect(trail.answers.length).toBeGreaterThan(5)
  expect(trail.logged.length).toBeGreaterThan(1)
  expectSilence({ ...trail, answers: [...trail.answers, JSON.stringify(events)] })
})

test('requests that are turned away are not quoted', async () => {
  const trail = await overheard()
  const { pay, ask, orders } = trail.harness
  const bodies: Record<string, unknown>[] = [
    { payer: { ...PAYER, mobile: 'badmobile' } },
    { payer: { ...PAYER, firstName: 'Bad=name' } },
    { payer: { ...PAYER, nickname: 'unknownnickname' } },
    { payer: { ...PAYER, bankAccounts: ['808-0358912345678', 'badmobile'] } },
    { payer: { ...PAYER, email: 5 } },
    { [PAYER.email]: 1 },
    { order: PAYER.email },
    { channel: PAYER.email },
    { way: PAYER.email },
    { presentation: PAYER.email },
    { returnTo: `https://evil.example/?email=${PAYER.email}` },
    { amount: { value: PAYER.mobile, currency: 'TWD' } },
  ]
  for (const body of bodies) expect((await pay(body)).status).toBeGreaterThanOrEqual(400)
  const key = { 'idempotency-key': newKey() }
  await pay({}, key)
  await pay({ payer: { ...PAYER, firstName: 'Other' } }, key)
  await pay({}, { 'idempotency-key': PAYER.email })
  await pay({}, { origin: `https://${PAYER.lastName}.example` })
  await ask(`/orders/${encodeURIComponent(PAYER.email)}`)
  await ask(`/${PAYER.email}`)
  await ask(`/payments/${PAYER.email}`)
  await ask(`/payments?email=${PAYER.email}`, { headers: { authorization: `Bearer ${SECRET}` } })
  orders.set('broken', { ...order('broken'), amount: { value: PAYER.email, currency: 'TWD' } })
  await ask('/orders/broken')
  expectSilence(trail)
})

test('whatever the provider answers is not quoted', async () => {
  const trail = await overheard()
  const { pay, sandbox, orders, travel } = trail.harness
  const quote = () => `{"code": "9999", "msg": "${PAYER.email} ${PAYER.mobile}", "data": {`
  const faults = [
    { kind: 'html' },
    { kind: 'empty' },
    { kind: 'reset' },
    { kind: 'http-status', status: 500 },
    { kind: 'redirect', location: `https://evil.example/?email=${PAYER.email}` },
    { kind: 'code', code: PAYER.mobile },
    { kind: 'status', status: PAYER.email },
    { kind: 'link', url: `javascript:alert('${PAYER.email}')` },
    { kind: 'text', edit: quote },
    { kind: 'text', edit: () => `${quote()}}}` },
  ] as const
  for (const [at, fault] of faults.entries()) {
    orders.set(`B-${at}`, order(`B-${at}`))
    sandbox.fault({ endpoint: 'checkout', ...fault })
    expect((await pay({ order: `B-${at}` })).status).toBeLessThan(300)
    sandbox.fault({ endpoint: 'query', ...fault })
    await travel(3_600_000)
  }
  orders.set('C', order('C'))
  const store = { order: 'C', channel: STORE, payer: STORE_PAYER }
  expect((await pay(store)).status).toBe(201)
  expectSilence(trail)
})

test('a provider that is down, and a shop that fails, are not quoted', async () => {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const trail = await overheard({
    taiwan: { baseUrl, ipLimits: 'off' },
    onPayment: () => {
      throw new Error(`cannot write to ${PAYER.email}`)
    },
    orders: (ref) => {
      if (ref === 'throws') throw new Error(`no access for ${PAYER.email} with ${SECRET}`)
      return order(ref)
    },
  })
  const { pay, ask, travel } = trail.harness
  expect((await ask('/orders/throws')).status).toBe(500)
  expect((await pay()).status).toBe(201)
  await travel(3_600_000)
  expect(trail.logged.length).toBeGreaterThan(2)
  expectSilence(trail)
})

test('notifications, forged or true, are not quoted', async () => {
  const trail = await overheard()
  const { pay, notify, sandbox } = trail.harness
  await pay()
  const { tradeNo } = lastOrder(sandbox)
  const forged = 'f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0'
  await notify(JSON.stringify({ tradeNo, status: '0000', email: PAYER.email, sign: forged }))
  await notify(JSON.stringify({ tradeNo: PAYER.email, status: '0000', sign: forged }))
  await notify(`{"email": "${PAYER.email}"`)
  await notify({ tradeNo: PAYER.mobile, status: '0000', amount: '300' })
  await notify({ tradeNo, status: PAYER.email, message: PAYER.email })
  await notify({ tradeNo, status: '0000', amount: PAYER.email })
  await notify({ tradeNo, status: '0000', amount: '1', platFormTradeNo: PAYER.email })
  expectSilence(trail, [forged])
})

test('order tokens and paths that hold them are not logged', async () => {
  const trail = await overheard({ orders: { secret: ORDER_SECRET } })
  const { pay, ask, sandbox } = trail.harness
  const token = await signOrder(
    order('A-7', '300', { payer: { email: PAYER.email } }),
    ORDER_SECRET,
  )
  const forged = await signOrder(order('A-8'), SECRET)
  sandbox.fault({ endpoint: 'checkout', kind: 'empty' })
  await ask(`/orders/${token}`)
  await pay({ order: token })
  await ask(`/orders/${forged}`)
  await pay({ order: forged })
  await ask(`/orders/${token}/nothing`)
  await ask(`/orders/${token}`, { method: 'DELETE' })
  expectSilence(trail, [token, ...token.split('.').slice(1), ...forged.split('.').slice(1)])
})

test('the logs of a refused start name the option and not its value', async () => {
  const short = 'a-secret-too-short'
  const failed = await start({ secret: short }).catch((error: Error) => error)
  expect(String(failed)).toContain('secret')
  expect(String(failed)).not.toContain(short)
})
