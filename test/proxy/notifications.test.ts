import { expect, test } from 'vitest'
import { sign } from '../../demo/sandbox/vexora/signature.js'
import { expectProblem } from './expect-problem.js'
import { type Harness, type HarnessOptions, lastOrder, signed, start } from './harness.js'
import { heldHttp } from './held-http.js'
import { openStore } from './store.js'
import { breakable } from './wrapped-store.js'

/** One payment that waits for its payer, and what Vexora would say of it. */
async function waiting(options?: HarnessOptions) {
  const harness = await start(options)
  const payment = await harness.made()
  const { tradeNo, providerReference: platFormTradeNo } = lastOrder(harness.sandbox)
  const words = (status: string, more: Record<string, string> = {}) =>
    without({ platFormTradeNo, tradeNo, amount: '300', status, message: 'Any = word', ...more })
  const sandboxQueries = () => harness.sandbox.calls('query')
  return { ...harness, id: payment.id, version: payment.version, words, sandboxQueries }
}

/** An empty text leaves a field out. */
const without = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))

/** Vexora's one acknowledgement, to the letter. */
async function expectTaken(answer: Response | Promise<Response>): Promise<void> {
  const response = await answer
  expect([response.status, await response.text()]).toEqual([200, 'OK'])
  expect(response.headers.get('content-type')).toMatch(/^text\/plain\b/)
}

async function expectUnmoved({ watch, id, version }: Awaited<ReturnType<typeof waiting>>) {
  expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
}

test('a success is taken, told to the shop, and taken again without effect', async () => {
  const { notify, words, watch, id, events } = await waiting()
  await expectTaken(notify(words('0000')))
  const paid = await watch(id)
  expect(paid).toMatchObject({ status: 'succeeded', next: null })
  expect(paid).not.toHaveProperty('reason')
  await expectTaken(notify(words('0000')))
  await Promise.all(Array.from({ length: 20 }, () => expectTaken(notify(words('0000')))))
  expect((await watch(id)).version).toBe(paid.version)
  await expect.poll(() => events).toHaveLength(1)
})

test.each<[string, Record<string, string>]>([
  ['0015', {}],
  ['00029', {}],
  ['0001', { amount: '100' }],
])('what comes after a success, such as %s, moves nothing', async (status, more) => {
  const { notify, words, watch, id, events } = await waiting()
  await expectTaken(notify(words('0000')))
  const paid = await watch(id)
  await expectTaken(notify(words(status, more)))
  expect(await watch(id)).toMatchObject({ status: 'succeeded', version: paid.version })
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.succeeded'])
})

test('a refusal ends a payment, and money that comes after it is late and counts', async () => {
  const { notify, words, watch, id, events } = await waiting()
  await expectTaken(notify(words('00029')))
  expect(await watch(id)).toMatchObject({ status: 'failed', reason: 'refused', next: null })
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.failed'])
  await expectTaken(notify(words('0000')))
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  await expect
    .poll(() => events.map(({ type }) => type))
    .toEqual(['payment.failed', 'payment.succeeded'])
  expect(events[1]?.data).toMatchObject({ late: true })
})

test('money is late after a refusal, though a part of it came before', async () => {
  const { notify, words, events } = await waiting()
  await expectTaken(notify(words('00029')))
  await expect.poll(() => events).toHaveLength(1)
  await expectTaken(notify(words('0001', { amount: '100' })))
  await expect.poll(() => events).toHaveLength(2)
  await expectTaken(notify(words('0000')))
  await expect
    .poll(() => events.map(({ type, data }) => [type, data.late]))
    .toEqual([
      ['payment.failed', undefined],
      ['payment.needs_review', true],
      ['payment.succeeded', true],
    ])
})

test('a notification that overtakes the answer to the create call is applied', async () => {
  const calls = heldHttp('after')
  const { pay, sandbox, events } = await start({ http: calls.http })
  const answer = pay()
  await expect.poll(calls.held).toBe(1)
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  expect(lastOrder(sandbox).notifications).toMatchObject([{ acknowledged: true }])
  calls.release()
  const response = await answer
  expect(response.status).toBe(201)
  expect(await response.json()).toMatchObject({ status: 'succeeded', next: null })
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.succeeded'])
})

test('words that nobody documented are taken and move nothing', async () => {
  const harness = await waiting()
  for (const status of ['0002', '0029', 'SUCCESS', '00000']) {
    await expectTaken(harness.notify(harness.words(status)))
  }
  await expectUnmoved(harness)
})

test.each<[string, Record<string, string>]>([
  ['by somebody else', { sign: '0'.repeat(32) }],
  ['by nobody', { sign: '' }],
  ['in capitals', { sign: 'CAPITALS' }],
])('a notification signed %s has no effect but a query', async (_, { sign: forged = '' }) => {
  const harness = await waiting()
  const { notify, words, sandbox, clock, sandboxQueries } = harness
  clock.offset += 3_000
  const fields = words('0000')
  const right = sign(fields, sandbox.vexoraTaiwan.appSecret)
  const given = forged === 'CAPITALS' ? right.toUpperCase() : forged
  await expectRefused(notify(JSON.stringify(without({ ...fields, sign: given }))))
  await expectUnmoved(harness)
  await expect.poll(sandboxQueries).toBe(1)
})

test('a forged success brings the query that finds the truth', async () => {
  const { notify, words, sandbox, clock, until, id } = await waiting()
  clock.offset += 3_000
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve', { notify: false })
  await expectRefused(notify(JSON.stringify({ ...words('00029'), sign: 'x' })))
  await until(id, ({ status }) => status === 'succeeded')
})

test('forged notifications cause at most one query in two seconds', async () => {
  const { notify, words, clock, sweep, sandboxQueries } = await waiting()
  clock.freeze()
  clock.offset += 3_000
  for (let at = 0; at < 10; at += 1) {
    await expectRefused(notify(JSON.stringify({ ...words('0000'), sign: 'x' })))
    await sweep()
  }
  expect(sandboxQueries()).toBe(1)
})

test('a number that is not ours is not found, and nobody else’s is touched', async () => {
  const harness = await waiting()
  const { notify, words } = harness
  await expectStatus(notify(words('0000', { tradeNo: 'another00001' })), 404)
  await expectStatus(notify(words('0000', { tradeNo: '' })), 400)
  await expectUnmoved(harness)
})

test('a provider that nobody configured is not found', async () => {
  const { ask, sandbox, words } = await waiting()
  const init = { method: 'POST', body: signed(words('0000'), sandbox) }
  await expectStatus(ask('/notifications/nobody', init), 404)
})

test.each([
  ['nothing', ''],
  ['a form', 'tradeNo=1&status=0000'],
  ['HTML', '<html>'],
  ['a cut object', '{"tradeNo": "1"'],
])('%s is unreadable', async (_, body) => {
  const harness = await waiting()
  await expectStatus(harness.notify(body), 400)
  await expectUnmoved(harness)
})

test('megabytes are not read', async () => {
  const { notify, words } = await waiting()
  await expectStatus(notify(words('0000', { message: 'x'.repeat(2_000_000) })), 413)
})

test.each<[string, (text: string) => string]>([
  ['a repeated key', (text) => text.replace('{', '{"amount":"1",')],
  ['a repeated key in disguise', (text) => text.replace('{', '{"\\u0061mount":"1",')],
  ['an object in it', (text) => text.replace('{', '{"data":{"a":"1"},')],
  ['a list in it', (text) => text.replace('{', '{"data":["1"],')],
  ['a list around it', (text) => `[${text}]`],
  ['a text around it', (text) => JSON.stringify(text)],
])('a notification with %s is refused like a bad signature', async (_, spoil) => {
  const harness = await waiting()
  const { notify, words, sandbox } = harness
  await expectRefused(notify(spoil(signed(words('0000'), sandbox))))
  await expectUnmoved(harness)
})

test.each([
  ...'notifyUrl returnUrl email firstname lastname mobile ipAddress postcode address'.split(' '),
  ...'bankNumber userId currency'.split(' '),
])('a notification with the field %s of a create request is refused', async (name) => {
  const harness = await waiting()
  await expectRefused(harness.notify(harness.words('0000', { [name]: 'x' })))
  await expectUnmoved(harness)
})

test('an equals sign is refused in every value but the message', async () => {
  const harness = await waiting()
  const { notify, words } = harness
  for (const name of ['amount', 'status', 'platFormTradeNo', 'remark', 'channelCode']) {
    await expectRefused(notify(words('0000', { [name]: 'a=b' })))
  }
  await expectRefused(notify(words('0000', { 'a=b': 'c' })))
  await expectUnmoved(harness)
  await expectTaken(notify(words('0000', { message: 'a=b' })))
})

// Vexora joins pairs without a separator, so the text that our own create request was signed over
// can be cut into other fields with the same signature (design §6.10).
test('our own signed request, cut in other ways, is no notification', async () => {
  const harness = await waiting()
  const { notify, sandbox } = harness
  const { sign: signature = '', ...fields } = lastOrder(sandbox).fields
  const { appSecret } = sandbox.vexoraTaiwan
  const { amount, timestamp, tradeNo, wayCode, ...between } = fields as Record<string, string>
  const middle = Object.entries(between)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('')
  const cuts: Record<string, string>[] = [
    fields,
    { amount: `${amount}${middle}timestamp=${timestamp}`, tradeNo, wayCode },
    { amount, [`${middle}timestamp`]: timestamp, tradeNo, wayCode },
    {
      amount,
      message: '',
      [`${middle}timestamp`]: timestamp,
      tradeNo: `${tradeNo}wayCode=${wayCode}`,
    },
  ] as Record<string, string>[]
  for (const cut of cuts) {
    expect(sign(cut, appSecret)).toBe(signature)
    await expectRefused(notify(JSON.stringify({ ...cut, sign: signature })))
  }
  await expectUnmoved(harness)
})

test('our own signed query is no notification', async () => {
  const harness = await waiting()
  const { notify, words, sandbox } = harness
  const { tradeNo = '' } = words('0015')
  const query = { timestamp: '1728613488294', tradeNo }
  expect((await notify(signed(query, sandbox))).status).not.toBe(500)
  await expectUnmoved(harness)
})

test.each(['300', '300.0000', '300.00', '300.0'])(
  'the amount %s as a number is verified in the text that it came in',
  async (amount) => {
    const { notify, words, sandbox, watch, id } = await waiting()
    const text = signed(words('0000', { amount }), sandbox)
    const asNumber = text.replace(`"amount":"${amount}"`, `"amount":${amount}`)
    expect(asNumber).not.toBe(text)
    await expectTaken(notify(asNumber))
    expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  },
)

test('fields that Vexora may add one day are verified with the rest', async () => {
  const { notify, words, watch, id } = await waiting()
  await expectTaken(notify(words('0000', { successTime: '2026-11-21 08:00:00', utr: '1' })))
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
})

test.each([
  ['100', { received: { value: '100', currency: 'TWD' } }],
  ['300', { received: { value: '300', currency: 'TWD' } }],
])('a part of %s is looked at by a person, until the whole has come', async (amount, received) => {
  const { notify, words, watch, id, events, offer } = await waiting()
  await expectTaken(notify(words('0001', { amount })))
  const partial = { status: 'needs_review', reason: 'partial', ...received, next: null }
  expect(await watch(id)).toMatchObject(partial)
  expect((await offer('A-1')).channels).toEqual([])
  await expect.poll(() => events).toHaveLength(1)
  await expectTaken(notify(words('0000')))
  const paid = await watch(id)
  expect(paid).toMatchObject({ status: 'succeeded' })
  expect(paid).not.toHaveProperty('reason')
  await expect
    .poll(() => events.map(({ type }) => type))
    .toEqual(['payment.needs_review', 'payment.succeeded'])
})

test.each<[string, Record<string, string>, string]>([
  ['less than the whole', { amount: '299' }, 'amount-mismatch'],
  ['a little less', { amount: '299.99' }, 'amount-mismatch'],
  ['more than the whole', { amount: '301' }, 'amount-mismatch'],
  ['a hundredth part', { amount: '3' }, 'amount-mismatch'],
  ['no amount', { amount: '' }, 'amount-missing'],
  ['another number of Vexora', { platFormTradeNo: 'another0000001' }, 'number-mismatch'],
])('a success with %s is looked at by a person', async (_, more, reason) => {
  const { notify, words, watch, id, events, offer } = await waiting()
  await expectTaken(notify(words('0000', more)))
  expect(await watch(id)).toMatchObject({ status: 'needs_review', reason, next: null })
  await expect.poll(() => events.map(({ type }) => type)).toEqual(['payment.needs_review'])
  expect((await offer('A-1')).channels).toEqual([])
  await expectTaken(notify(words('0000', more)))
  // Facts that differ are for a person; only a missing one can be made good.
  await expectTaken(notify(words('0000')))
  const isMadeGood = reason === 'amount-missing'
  expect((await watch(id)).status).toBe(isMadeGood ? 'succeeded' : 'needs_review')
})

test.each([
  ['an amount in words', 'three hundred'],
  ['an amount in exponents', '3e2'],
  ['an amount below nothing', '-300'],
  ['an amount of a thousandth more', '300.001'],
  ['an amount with a comma', '300,00'],
])('a success with %s is no success', async (_, amount) => {
  const { notify, words, watch, id } = await waiting()
  await notify(words('0000', { amount }))
  expect((await watch(id)).status).toBe('needs_review')
})

test('what was received beside the whole is told', async () => {
  const { notify, words, watch, id } = await waiting()
  await expectTaken(notify(words('0000', { amount: '250.50' })))
  expect(await watch(id)).toMatchObject({ received: { value: '250.50', currency: 'TWD' } })
})

test('while the store is down nothing is acknowledged, and the retry is applied', async () => {
  const failing = breakable(await openStore(Date))
  const { notify, words, watch, id, ask } = await waiting({ store: failing })
  failing.isBroken = true
  await expectStatus(notify(words('0000')), 503)
  await expectProblem(ask('/orders/A-1'), 'store-unavailable')
  await expectProblem(ask('/healthz'), 'store-unavailable')
  await expectProblem(ask('/readyz'), 'store-unavailable')
  failing.isBroken = false
  await expectTaken(notify(words('0000')))
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
})

/** Never the acknowledgement, so that the provider comes again where it was right. */
async function expectStatus(answer: ReturnType<Harness['notify']>, status: number) {
  const response = await answer
  expect([response.status, await response.text()]).not.toEqual([status, 'OK'])
  expect(response.status).toBe(status)
}

const expectRefused = (answer: ReturnType<Harness['notify']>) => expectStatus(answer, 401)
