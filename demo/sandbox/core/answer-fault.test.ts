import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Fault, type Sandbox, startSandbox } from '../index.js'
import { call, checkout, checkoutFields, query } from '../test-merchant.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, ipLimits: 'off' })
})
afterAll(() => sandbox.close())

/** Answers one checkout under `fault`. */
async function faulty(fault: Fault): Promise<{ response: Response; taken: boolean }> {
  const lift = sandbox.fault(fault)
  const before = sandbox.orders().length
  try {
    const response = await call(sandbox, 'checkout', checkoutFields())
    return { response, taken: sandbox.orders().length === before + 1 }
  } finally {
    lift()
  }
}

test('an HTML page instead of JSON', async () => {
  const { response, taken } = await faulty({ endpoint: 'checkout', kind: 'html' })
  expect(response.status).toBe(200)
  expect(response.headers.get('Content-Type')).toContain('text/html')
  expect(await response.text()).toContain('<h1>')
  expect(taken).toBe(true)
})

test('nothing', async () => {
  const { response } = await faulty({ endpoint: 'checkout', kind: 'empty' })
  expect([response.status, await response.text()]).toEqual([200, ''])
})

test.each([
  [true, true],
  [false, false],
])('an HTTP status, with taken: %j', async (wanted, happened) => {
  const { response, taken } = await faulty({
    endpoint: 'checkout',
    kind: 'http-status',
    status: 500,
    taken: wanted,
  })
  expect(response.status).toBe(500)
  expect(taken).toBe(happened)
})

test('a redirect', async () => {
  const { response } = await faulty({
    endpoint: 'checkout',
    kind: 'redirect',
    location: 'https://elsewhere.example/',
  })
  expect(response.status).toBe(302)
  expect(response.headers.get('Location')).toBe('https://elsewhere.example/')
})

test.each([true, false])('a connection reset, with taken: %j', async (taken) => {
  const before = sandbox.orders().length
  const calls = sandbox.calls('checkout')
  sandbox.fault({ endpoint: 'checkout', kind: 'reset', taken })
  await expect(call(sandbox, 'checkout', checkoutFields())).rejects.toMatchObject({
    cause: { code: 'ECONNRESET' },
  })
  expect(sandbox.orders()).toHaveLength(before + (taken ? 1 : 0))
  expect(sandbox.calls('checkout')).toBe(calls + 1)
})

test('a late answer to an order already taken', async () => {
  const start = Date.now()
  const { response } = await faulty({ endpoint: 'checkout', kind: 'delay', ms: 60 })
  expect(Date.now() - start).toBeGreaterThanOrEqual(58)
  expect(await response.json()).toMatchObject({ code: '0000' })
})

test('a huge answer, which is still JSON', async () => {
  const { response } = await faulty({ endpoint: 'checkout', kind: 'huge', bytes: 1_000_000 })
  const text = await response.text()
  expect(text.length).toBeGreaterThan(1_000_000)
  expect(JSON.parse(text)).toMatchObject({ code: '0000' })
})

test('any other text', async () => {
  const { response } = await faulty({
    endpoint: 'checkout',
    kind: 'text',
    edit: (text) => text.slice(0, -1),
  })
  expect(await response.text()).toMatch(/^\{"msg":"success".*[^}]\}$/)
})

test('a code of choice, and no order', async () => {
  const { response, taken } = await faulty({ endpoint: 'checkout', kind: 'code', code: '5000' })
  expect(await response.json()).toMatchObject({ code: '5000', success: false, data: null })
  expect(taken).toBe(false)
})

test('a code of choice, although the order was taken', async () => {
  const { taken } = await faulty({ endpoint: 'checkout', kind: 'code', code: '9999', taken: true })
  expect(taken).toBe(true)
})

test('another status', async () => {
  const { response } = await faulty({ endpoint: 'checkout', kind: 'status', status: '00029' })
  expect(await response.json()).toMatchObject({ code: '0000', data: { status: '00029' } })
})

test('another link', async () => {
  const { response } = await faulty({
    endpoint: 'checkout',
    kind: 'link',
    url: 'javascript:alert(1)',
  })
  expect(await response.json()).toMatchObject({ data: { paymentUrl: 'javascript:alert(1)' } })
})

test('the link under its other name', async () => {
  const { response } = await faulty({ endpoint: 'checkout', kind: 'payment-link' })
  const { data } = (await response.json()) as { data: Record<string, string> }
  expect(data.paymentLink).toMatch(/\/vexora\/cashier\?data=/)
  expect(data).not.toHaveProperty('paymentUrl')
})

test('strings where the example has a number and a boolean', async () => {
  const { response } = await faulty({ endpoint: 'checkout', kind: 'strings' })
  expect(await response.json()).toMatchObject({
    success: 'true',
    timestamp: expect.stringMatching(/^\d{13}$/),
  })
})

test('strikes once, unless told how often', async () => {
  sandbox.fault({ endpoint: 'query', kind: 'code', code: '8000', times: 2 })
  const codes = [await query(sandbox, 'x'), await query(sandbox, 'x'), await query(sandbox, 'x')]
  expect(codes.map(({ code }) => code)).toEqual(['8000', '8000', '9008'])
})

test('strikes only its own endpoint, in the order given, until lifted', async () => {
  const lift = sandbox.fault({ endpoint: 'query', kind: 'code', code: '1', times: Infinity })
  sandbox.fault({ endpoint: 'query', kind: 'code', code: '2' })
  expect((await checkout(sandbox)).code).toBe('0000')
  expect((await query(sandbox, 'x')).code).toBe('1')
  expect((await query(sandbox, 'x')).code).toBe('1')
  lift()
  expect((await query(sandbox, 'x')).code).toBe('2')
  expect((await query(sandbox, 'x')).code).toBe('9008')
})
