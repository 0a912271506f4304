import { expect, test } from 'vitest'
import type { ProblemCode } from '../../src/contract/problem.js'
import { expectProblem } from './expect-problem.js'
import { API_KEY, start } from './harness.js'
import { BANK_PAYER, create, newKey, order, SHOP, STORE } from './requests.js'

const TWD = (value: string) => ({ amount: { value, currency: 'TWD' } })

test.each<[string, string, RequestInit, ProblemCode]>([
  ['a path that nobody serves', '/nothing', {}, 'not-found'],
  ['the root', '/', {}, 'not-found'],
  ['an order without a reference', '/orders/', {}, 'not-found'],
  ['a payment that is not there', '/payments/pay_unknown', {}, 'payment-not-found'],
  ['a key of no payment', `/payments?key=${newKey()}`, {}, 'payment-not-found'],
  ['a reference too long', `/orders/${'x'.repeat(2_049)}`, {}, 'order-not-found'],
  ['an order that is not there', '/orders/A-404', {}, 'order-not-found'],
  [
    'a foreign origin',
    '/orders/A-1',
    { headers: { origin: 'https://evil.example' } },
    'origin-not-allowed',
  ],
  [
    'the shop as http',
    '/orders/A-1',
    { headers: { origin: 'http://shop.example' } },
    'origin-not-allowed',
  ],
  [
    'a port of the shop',
    '/orders/A-1',
    { headers: { origin: `${SHOP}:8443` } },
    'origin-not-allowed',
  ],
  [
    'a subdomain of the shop',
    '/orders/A-1',
    { headers: { origin: 'https://a.shop.example' } },
    'origin-not-allowed',
  ],
  ['a list without key', '/payments?order=A-1', {}, 'unauthorized'],
])('%s', async (_, path, init, code) => {
  const { ask } = await start()
  await expectProblem(ask(path, init), code)
})

test('a path outside of its own is not found', async () => {
  const { url } = await start()
  await expectProblem(fetch(new URL('/orders/A-1', url)), 'not-found')
  await expectProblem(fetch(`${url}ment/orders/A-1`), 'not-found')
})

test.each([
  ['DELETE', '/payments/pay_1', ['GET']],
  ['PUT', '/payments', ['GET', 'POST']],
  ['POST', '/orders/A-1', ['GET']],
  ['PATCH', '/payments/pay_1/return', ['GET', 'POST']],
  ['GET', '/notifications/vexora-taiwan', ['POST']],
  ['POST', '/healthz', ['GET']],
])('the method %s of %s is told what is allowed', async (method, path, allowed) => {
  const { ask } = await start()
  const response = await ask(path, { method })
  const allow = response.headers.get('allow')?.split(/, */) ?? []
  expect(allow).toEqual(expect.arrayContaining(allowed))
  expect(allow).not.toContain(method)
  await expectProblem(response, 'method-not-allowed')
})

test.each<[string, Record<string, string>]>([
  ['of a foreign origin', { origin: 'https://evil.example' }],
  ['of a frame without origin', { origin: 'null' }],
  ['with the shop beside another', { origin: `${SHOP}, https://evil.example` }],
])('a payment %s is refused', async (_, headers) => {
  const { pay, sandbox } = await start()
  await expectProblem(pay({}, headers), 'origin-not-allowed')
  expect(sandbox.calls('checkout')).toBe(0)
})

test('a payment from another site whose browser hides the origin is refused', async () => {
  const { ask } = await start()
  const { origin: _, ...headers } = create().headers as Record<string, string>
  const init = { ...create(), headers: { ...headers, 'sec-fetch-site': 'cross-site' } }
  await expectProblem(ask('/payments', init), 'origin-not-allowed')
  const sameSite = { ...init, headers: { ...headers, 'sec-fetch-site': 'same-origin' } }
  expect((await ask('/payments', sameSite)).status).toBe(201)
})

test('a server without origin may pay and read', async () => {
  const { ask } = await start()
  const { origin: _, ...headers } = create().headers as Record<string, string>
  expect((await ask('/payments', { ...create(), headers })).status).toBe(201)
  expect((await ask('/orders/A-1')).status).toBe(200)
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'text/json',
])('a body of the type %s', async (type) => {
  const { pay } = await start()
  await expectProblem(pay({}, { 'content-type': type }), 'body-invalid', 415)
})

test('a body of no type', async () => {
  const { ask } = await start()
  const { 'content-type': _, ...headers } = create().headers as Record<string, string>
  const body = new TextEncoder().encode(String(create().body))
  await expectProblem(ask('/payments', { method: 'POST', headers, body }), 'body-invalid', 415)
})

test('a type with a charset is JSON all the same', async () => {
  const { pay } = await start()
  expect((await pay({}, { 'content-type': 'Application/JSON; charset=utf-8' })).status).toBe(201)
})

test.each<[string, Record<string, unknown> | string]>([
  ['nothing', ''],
  ['not JSON', '{"order": "A-1"'],
  ['a text', '"A-1"'],
  ['null', 'null'],
  ['a list', '[]'],
  ['deeply nested', `${'['.repeat(8_000)}${']'.repeat(8_000)}`],
  ['a payer deeply nested', `{"payer": ${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`],
  ['a member that nobody knows', { currency: 'TWD' }],
  ['no order', { order: undefined }],
  ['an order that is a number', { order: 1 }],
  ['an order too long', { order: 'x'.repeat(2_049) }],
  ['no channel', { channel: undefined }],
  ['no amount', { amount: undefined }],
  ['an amount that is a float', { amount: { value: 300, currency: 'TWD' } }],
  ['an amount of nothing', TWD('0')],
  ['an amount below nothing', TWD('-300')],
  ['an amount in exponents', TWD('3e2')],
  ['an amount of three decimals', TWD('300.000')],
  ['an amount of many digits', TWD('1234567890123')],
  ['a currency in small letters', { amount: { value: '300', currency: 'twd' } }],
  ['no payer', { payer: undefined }],
  ['a payer that is a list', { payer: [] }],
  ['a payer of numbers', { payer: { ...BANK_PAYER, mobile: 912345678 } }],
  ['no presentation', { presentation: undefined }],
  ['a presentation that nobody knows', { presentation: 'iframe' }],
  ['a return to a foreign origin', { returnTo: 'https://evil.example/' }],
  ['a return to a look-alike', { returnTo: `${SHOP}.evil.example/` }],
  ['a return to a user of the shop', { returnTo: 'https://shop.example@evil.example/' }],
  ['a return to a path', { returnTo: '/thanks' }],
  ['a return to a script', { returnTo: 'javascript:alert(1)' }],
])('a body with %s', async (_, body) => {
  const { ask, sandbox } = await start()
  await expectProblem(ask('/payments', create(body)), 'body-invalid')
  expect(sandbox.calls('checkout')).toBe(0)
})

test('a body that is too large, told by its length or not', async () => {
  const { ask, sandbox } = await start()
  const tooLarge = ' '.repeat(16 * 1024 + 1)
  await expectProblem(ask('/payments', create(tooLarge)), 'body-too-large')
  const chunked = new Blob([tooLarge]).stream()
  const init = { ...create(), body: chunked, duplex: 'half' } as RequestInit
  await expectProblem(ask('/payments', init), 'body-too-large')
  expect(sandbox.calls('checkout')).toBe(0)
})

test('a body as large as may be', async () => {
  const { ask } = await start()
  const body = String(create().body)
  const padding = ' '.repeat(16 * 1000 - new TextEncoder().encode(body).length)
  expect((await ask('/payments', create(body + padding))).status).toBe(201)
})

test.each([
  ['empty', ''],
  ['malformed', 'a key'],
  ['too long', 'x'.repeat(65)],
  ['repeated', 'one, two'],
  ['of other letters', 'caf\u00e9'],
])('an idempotency key that is %s', async (_, key) => {
  const { pay } = await start()
  await expectProblem(pay({}, { 'idempotency-key': key }), 'idempotency-key-missing')
})

test('an idempotency key that is missing', async () => {
  const { ask } = await start()
  const { 'idempotency-key': _, ...headers } = create().headers as Record<string, string>
  await expectProblem(ask('/payments', { ...create(), headers }), 'idempotency-key-missing')
})

test('another amount on the screen than in the order', async () => {
  const { pay } = await start()
  await expectProblem(pay(TWD('299')), 'amount-changed')
  await expectProblem(pay({ amount: { value: '300', currency: 'USD' } }), 'amount-changed')
})

test('the same amount in other words', async () => {
  const { pay } = await start()
  expect((await pay(TWD('300.00'))).status).toBe(201)
  expect((await pay(TWD('300.0'))).status).toBe(201)
})

test.each([
  ['of no provider', { channel: 'nobody:NET_BANKING' }],
  ['that nobody knows', { channel: 'vexora-taiwan:CASH' }],
  ['of the provider alone', { channel: 'vexora-taiwan' }],
  ['of an object', { channel: '__proto__' }],
  ['with a way of another', { way: '711' }],
  ['with a way that nobody knows', { way: 'constructor' }],
])('a channel %s is not offered', async (_, body) => {
  const { pay } = await start()
  await expectProblem(pay(body), 'channel-not-offered')
})

test('a channel with several ways wants one of them', async () => {
  const ways = {
    STORE: [
      { code: '711', label: '7-ELEVEN' },
      { code: 'FAMI', label: 'FamilyMart' },
    ],
  }
  const { pay } = await start({ taiwan: { ways } })
  const { bankAccounts: _, ...person } = BANK_PAYER
  const body = { channel: STORE, payer: { ...person, postcode: '110', address: 'Xinyi Road 7' } }
  await expectProblem(pay(body), 'channel-not-offered')
  expect((await pay({ ...body, way: '711' })).status).toBe(201)
})

test('a provider that carries whole dollars is not offered for fifty cents', async () => {
  const { offer, orders, pay } = await start()
  orders.set('A-2', order('A-2', '300.50'))
  expect((await offer('A-2')).channels).toEqual([])
  expect(await offer('A-2')).not.toHaveProperty('locked')
  await expectProblem(pay({ order: 'A-2', ...TWD('300.50') }), 'channel-not-offered')
})

test('a currency that nobody carries is an order without channels', async () => {
  const { offer, orders } = await start()
  orders.set('A-2', order('A-2', '300', { amount: { value: '300.5', currency: 'XTS' } }))
  expect(await offer('A-2')).toMatchObject({
    amount: { value: '300.50', currency: 'XTS' },
    channels: [],
  })
})

test.each<[string, Record<string, unknown>, Record<string, string>]>([
  [
    'missing',
    {},
    {
      firstName: 'required',
      lastName: 'required',
      mobile: 'required',
      email: 'required',
      bankAccounts: 'required',
    },
  ],
  ['blank', { ...BANK_PAYER, firstName: ' \u3000' }, { firstName: 'required' }],
  ['too long', { ...BANK_PAYER, firstName: '明'.repeat(500) }, { firstName: 'too-long' }],
  [
    'malformed',
    { ...BANK_PAYER, mobile: '12345', email: 'a@b' },
    { mobile: 'format', email: 'format' },
  ],
  [
    'unknown',
    { ...BANK_PAYER, postcode: '110', nickname: 'x' },
    { postcode: 'unknown', nickname: 'unknown' },
  ],
  [
    'of an object',
    { ...BANK_PAYER, constructor: 'x', toString: 'y' },
    { constructor: 'unknown', toString: 'unknown' },
  ],
  [
    'malformed in a list',
    { ...BANK_PAYER, bankAccounts: ['808-0358988888888', '13'] },
    { 'bankAccounts.1': 'format' },
  ],
  [
    'one where a list is asked',
    { ...BANK_PAYER, bankAccounts: '808-0358988888888' },
    { bankAccounts: 'format' },
  ],
  [
    'a list where one is asked',
    { ...BANK_PAYER, email: ['payer@example.com'] },
    { email: 'format' },
  ],
  [
    'too many',
    { ...BANK_PAYER, bankAccounts: Array(6).fill('808-0358988888888') },
    { bankAccounts: 'too-long' },
  ],
  ['with an equals sign', { ...BANK_PAYER, firstName: 'a=b' }, { firstName: 'format' }],
  ['with a control character', { ...BANK_PAYER, lastName: 'a\u0007b' }, { lastName: 'format' }],
  ['of two lines', { ...BANK_PAYER, lastName: 'a\nb' }, { lastName: 'format' }],
])('payer fields: %s', async (_, payer, fields) => {
  const { ask, sandbox } = await start()
  const body = { payer }
  const problem = await expectProblem(ask('/payments', create(body)), 'payer-fields-invalid')
  expect(Object.entries(problem.fields ?? {}).sort()).toEqual(Object.entries(fields).sort())
  expect(sandbox.calls('checkout')).toBe(0)
})

test('what the order carries of the payer is not asked, wins, and is checked', async () => {
  const { made, offer, orders, sandbox } = await start()
  const payer = { email: 'known@example.com', mobile: 'not a number', nickname: 'x' }
  orders.set('A-2', order('A-2', '300', { payer }))
  const fields = (await offer('A-2')).channels[0]?.fields.map(({ name }) => name)
  expect(fields).toContain('mobile')
  expect(fields).not.toContain('email')
  await made({ order: 'A-2', payer: { ...BANK_PAYER, email: 'b=c' } })
  expect(sandbox.orders()[0]?.fields).toMatchObject({
    email: 'known@example.com',
    mobile: '0912345678',
  })
})

test.each(['Basic x', 'Bearer', 'Bearer wrong', `Bearer ${API_KEY}x`, API_KEY])(
  'the shop with the key %j',
  async (authorization) => {
    const { ask } = await start()
    await expectProblem(ask('/payments', { headers: { authorization } }), 'unauthorized')
  },
)

test('a callback of the shop that fails or answers nonsense is our problem, not told', async () => {
  const { ask, logged } = await start({
    orders: (ref) => {
      if (ref === 'throws') throw new Error('the password of the shop is 12345')
      return { id: 'has blanks', amount: { value: '300', currency: 'TWD' } }
    },
  })
  const problem = await expectProblem(ask('/orders/throws'), 'internal')
  await expectProblem(ask('/orders/other'), 'internal')
  expect(JSON.stringify([problem, logged])).not.toContain('password')
})
