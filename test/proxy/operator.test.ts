import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import type { PaymentEvent, RecordEntry } from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { API_KEY, type HarnessOptions, lastOrder, start } from './harness.js'
import { heldHttp } from './held-http.js'
import { newKey, order, SHOP } from './requests.js'

const SECOND = 1_000
const HOUR = 3600 * SECOND
const BEARER = { authorization: `Bearer ${API_KEY}` }
const NOTE = 'Seen in the back office, L. Chen'

async function opened(options: HarnessOptions = {}) {
  const harness = await start(options)
  const { ask, notify, sandbox } = harness
  const post = (path: string, body?: unknown, headers: Record<string, string> = BEARER) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const resolve = async (id: string, status: 'succeeded' | 'failed', note = NOTE) => {
    const response = await post(`/payments/${id}/resolve`, { status, note })
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    return (await response.json()) as Payment
  }
  const record = async (id: string) => {
    const response = await ask(`/payments/${id}/record`, { headers: BEARER })
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    return ((await response.json()) as { record: RecordEntry[] }).record
  }
  /** `source status reason`, without what was there from the start. */
  const told = async (id: string) =>
    (await record(id))
      .slice(1)
      .map(({ source, status, reason }) => [source, status, reason].filter(Boolean).join(' '))
  /** A notification of the last order at the sandbox, or of another. */
  const report = (fields: Record<string, string>, tradeNo = lastOrder(sandbox).tradeNo) =>
    notify({ tradeNo, ...fields })
  return { ...harness, post, resolve, record, told, report }
}

const paid = { status: '0000', amount: '300' }
const types = (events: readonly PaymentEvent[]) => events.map(({ type }) => type)

/** Payments as they stand when an operator comes to look. */
const stands: Record<string, (operated: Awaited<ReturnType<typeof opened>>) => Promise<Payment>> = {
  requires_action: ({ made }) => made(),
  unknown: ({ made, sandbox }) => {
    sandbox.fault({ endpoint: 'checkout', kind: 'empty' })
    return made()
  },
  expired: async ({ made, travel, watch }) => {
    const { id } = await made()
    await travel(25 * HOUR)
    return watch(id)
  },
  failed: async ({ made, report, watch }) => {
    const { id } = await made()
    await report({ status: '00029' })
    return watch(id)
  },
  'needs_review partial': async ({ made, report, watch }) => {
    const { id } = await made()
    await report({ status: '0001', amount: '100' })
    return watch(id)
  },
  'needs_review amount-mismatch': async ({ made, report, watch }) => {
    const { id } = await made()
    await report({ status: '0000', amount: '100' })
    return watch(id)
  },
  succeeded: async ({ made, report, watch }) => {
    const { id } = await made()
    await report(paid)
    return watch(id)
  },
}
const standing = (status: string) => stands[status] ?? (() => Promise.reject(new Error(status)))

test.each(Object.keys(stands).filter((status) => status !== 'succeeded'))(
  '%s is resolved as succeeded, and the shop is told',
  async (status) => {
    const operated = await opened()
    const { resolve, events, sweep, record, offer } = operated
    const before = await standing(status)(operated)
    expect([before.status, before.reason].filter(Boolean).join(' ')).toBe(
      status === 'unknown' ? 'processing' : status === 'failed' ? 'failed refused' : status,
    )
    await sweep()
    events.length = 0
    const after = await resolve(before.id, 'succeeded')
    expect(after).toMatchObject({ status: 'succeeded', version: before.version + 1, next: null })
    expect(after).not.toHaveProperty('reason')
    expect(after).not.toHaveProperty('received')
    await sweep()
    expect(events).toMatchObject([
      {
        id: `${before.id}.${after.version}`,
        type: 'payment.succeeded',
        data: { payment: { id: before.id } },
      },
    ])
    expect(events[0]?.data.late).toBe(['expired', 'failed'].includes(status) ? true : undefined)
    expect((await record(before.id)).at(-1)).toMatchObject({
      version: after.version,
      source: 'operator',
      status: 'succeeded',
      note: NOTE,
      was: { status: status.split(' ')[0] },
    })
    expect(await offer('A-1')).toMatchObject({ paid: true, channels: [] })
  },
)

test.each(Object.keys(stands).filter((status) => status !== 'failed'))(
  '%s is resolved as failed, and its order may be paid again',
  async (status) => {
    const operated = await opened()
    const { resolve, events, sweep, record, offer, made } = operated
    const before = await standing(status)(operated)
    await sweep()
    events.length = 0
    const after = await resolve(before.id, 'failed')
    expect(after).toMatchObject({ status: 'failed', version: before.version + 1, next: null })
    expect(after).not.toHaveProperty('reason')
    expect(after).not.toHaveProperty('received')
    await sweep()
    expect(events).toMatchObject([
      {
        id: `${before.id}.${after.version}`,
        type: 'payment.failed',
        data: { payment: { id: before.id } },
      },
    ])
    expect((await record(before.id)).at(-1)).toMatchObject({
      source: 'operator',
      status: 'failed',
      note: NOTE,
    })
    expect(await offer('A-1')).toMatchObject({ paid: false })
    expect(await made()).toMatchObject({ status: 'requires_action' })
  },
)

test.each(['succeeded', 'failed'] as const)('what is %s already stays as it is', async (status) => {
  const operated = await opened()
  const { resolve, events, sweep, told } = operated
  const before = await standing(status)(operated)
  await sweep()
  events.length = 0
  const changes = await told(before.id)
  for (const note of ['once', 'twice']) {
    expect(await resolve(before.id, status, note)).toMatchObject({ version: before.version })
  }
  await sweep()
  expect([events, await told(before.id)]).toEqual([[], changes])
})

test('the same word twice, at once and later, counts once', async () => {
  const operated = await opened()
  const { resolve, events, sweep, told } = operated
  const { id, version } = await standing('needs_review amount-mismatch')(operated)
  await sweep()
  events.length = 0
  const answers = await Promise.all([1, 2, 3].map(() => resolve(id, 'succeeded')))
  expect(answers.map((answer) => answer.version)).toEqual([1, 1, 1].map((more) => version + more))
  await resolve(id, 'succeeded')
  await sweep()
  expect(types(events)).toEqual(['payment.succeeded'])
  expect(await told(id)).toEqual([
    'create-answer requires_action',
    'notification needs_review amount-mismatch',
    'operator succeeded',
  ])
})

test('a second success of an order is a duplicate, also on an operator’s word', async () => {
  const { made, report, resolve, events, sweep } = await opened()
  const first = await made()
  const second = await made()
  await report(paid)
  // Two payments' words reach the shop in any order: the first one has, before the second is.
  await expect.poll(() => types(events)).toEqual(['payment.succeeded'])
  expect(await resolve(first.id, 'succeeded')).toMatchObject({
    status: 'succeeded',
    reason: 'duplicate',
  })
  await sweep()
  expect(events.map(({ type, data }) => [type, data.payment.id])).toEqual([
    ['payment.succeeded', second.id],
    ['payment.duplicate', first.id],
  ])
})

test('a success on an operator’s word tells the open siblings, who wake', async () => {
  const { made, resolve, watch, told } = await opened()
  const open = await made()
  const other = await made()
  const waits = watch(open.id, open.version)
  await resolve(other.id, 'succeeded')
  expect(await waits).toMatchObject({ status: 'requires_action', reason: 'order-paid', next: null })
  expect(await told(open.id)).toEqual([
    'create-answer requires_action',
    'operator requires_action order-paid',
  ])
})

test('who waits is woken', async () => {
  const { made, resolve, watch } = await opened()
  const { id, version } = await made()
  const waits = watch(id, version)
  await resolve(id, 'succeeded')
  expect(await waits).toMatchObject({ status: 'succeeded', version: version + 1 })
})

test('a success that was taken back is not brought back by the same report', async () => {
  const operated = await opened()
  const { resolve, report, watch, events, sweep, travel, told } = operated
  const { id } = await standing('succeeded')(operated)
  await sweep()
  const { version } = await resolve(id, 'failed')
  expect((await report(paid)).status).toBe(200)
  // Nor by the provider's own books, which say so too.
  await operated.sandbox.settle(lastOrder(operated.sandbox).tradeNo, 'approve')
  await travel(HOUR)
  await sweep()
  expect(await watch(id)).toMatchObject({ status: 'failed', version })
  expect(types(events)).toEqual(['payment.succeeded', 'payment.failed'])
  expect(await told(id)).toEqual([
    'create-answer requires_action',
    'notification succeeded',
    'operator failed',
  ])
})

test('a success that only an operator saw, and took back, is lifted when money comes', async () => {
  const { made, resolve, report, watch, events, sweep } = await opened()
  const { id } = await made()
  await resolve(id, 'succeeded')
  await sweep()
  await resolve(id, 'failed')
  await sweep()
  await report(paid)
  await sweep()
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  expect(events.map(({ type, data }) => [type, data.late])).toEqual([
    ['payment.succeeded', undefined],
    ['payment.failed', undefined],
    ['payment.succeeded', true],
  ])
})

test.each(['succeeded', 'failed'] as const)(
  'a review that was resolved as %s is not opened by the same facts, but by others',
  async (status) => {
    const operated = await opened()
    const { resolve, report, watch } = operated
    const { id } = await standing('needs_review amount-mismatch')(operated)
    await resolve(id, status)
    await report({ status: '0000', amount: '100' })
    expect(await watch(id)).toMatchObject({ status })
    await report({ status: '0000', amount: '200' })
    expect(await watch(id)).toMatchObject({
      status: 'needs_review',
      reason: 'amount-mismatch',
      received: { value: '200' },
    })
  },
)

test('the whole money after a review that failed is a success, late', async () => {
  const operated = await opened()
  const { resolve, report, watch, events, sweep } = operated
  const { id } = await standing('needs_review partial')(operated)
  await resolve(id, 'failed')
  await report({ status: '0001', amount: '100' })
  expect(await watch(id)).toMatchObject({ status: 'failed' })
  await report(paid)
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
  await sweep()
  expect(events.at(-1)).toMatchObject({ type: 'payment.succeeded', data: { late: true } })
})

test('a duplicate becomes its order’s success once the first one was taken back', async () => {
  const { made, report, resolve, events, sweep, watch, offer } = await opened()
  const first = await made()
  const second = await made()
  await report(paid)
  await resolve(first.id, 'succeeded')
  await resolve(second.id, 'failed')
  expect(await offer('A-1')).toMatchObject({ paid: true })
  const settled = await resolve(first.id, 'succeeded')
  expect(settled).toMatchObject({ status: 'succeeded' })
  expect(settled).not.toHaveProperty('reason')
  await sweep()
  // The three events may be on their way together, in any order.
  const told = { id: `${first.id}.${settled.version}`, type: 'payment.succeeded' }
  await expect.poll(() => events).toContainEqual(expect.objectContaining(told))
  expect(await watch(second.id)).toMatchObject({ status: 'failed' })
})

test('a review of a success keeps its order, and resolves to the first success it was', async () => {
  const operated = await opened()
  const { report, resolve, watch } = operated
  const { id } = await standing('succeeded')(operated)
  await report({ status: '0000', amount: '301' })
  expect(await watch(id)).toMatchObject({ status: 'needs_review' })
  const settled = await resolve(id, 'succeeded')
  expect(settled).toMatchObject({ status: 'succeeded' })
  expect(settled).not.toHaveProperty('reason')
})

test('a success counts once for its payer’s address, however often it is taken back', async () => {
  const { made, orders, resolve, pay } = await opened()
  const { id } = await made()
  for (const status of ['succeeded', 'failed', 'succeeded'] as const) await resolve(id, status)
  for (const at of [2, 3]) {
    orders.set(`A-${at}`, order(`A-${at}`))
    await resolve((await made({ order: `A-${at}` })).id, 'succeeded')
  }
  orders.set('A-4', order('A-4'))
  expect(await expectProblem(pay({ order: 'A-4' }), 'payer-ip-limit')).toMatchObject({
    limit: 'successes',
  })
})

test('a payment whose call is in flight keeps an operator’s word, and is asked about', async () => {
  const calls = heldHttp('after')
  const { made, resolve, ask, watch, sandbox, travel } = await opened({ http: calls.http })
  const key = newKey()
  const making = made({}, { 'idempotency-key': key })
  await expect.poll(() => calls.held()).toBe(1)
  const { id } = (await (await ask(`/payments?key=${key}`)).json()) as Payment
  await resolve(id, 'failed')
  calls.release()
  expect(await making).toMatchObject({ id, status: 'failed', next: null })
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve', { notify: false })
  await travel(2 * SECOND)
  expect(await watch(id)).toMatchObject({ status: 'succeeded' })
})

test('the record says what changed, when, from what, and on whose word', async () => {
  const { made, ask, report, resolve, record, clock } = await opened()
  clock.freeze()
  const { id, createdAt } = await made()
  clock.offset += SECOND
  await ask(`/payments/${id}/return`)
  await ask(`/payments/${id}/return`)
  await report({ status: '0001', amount: '100' })
  await report({ status: '0001', amount: '100' })
  clock.offset += SECOND
  await resolve(id, 'succeeded', '  topped up by transfer \u2013 王  ')
  const later = (seconds: number) =>
    new Date(Date.parse(createdAt) + seconds * SECOND).toISOString()
  expect(await record(id)).toEqual([
    { version: 1, at: createdAt, source: 'payer', status: 'created', rank: 10 },
    {
      version: 2,
      at: createdAt,
      source: 'create-answer',
      was: { status: 'created', rank: 10 },
      status: 'requires_action',
      rank: 40,
    },
    {
      version: 3,
      at: later(1),
      source: 'return',
      was: { status: 'requires_action', rank: 40 },
      status: 'requires_action',
      rank: 40,
    },
    {
      version: 4,
      at: later(1),
      source: 'notification',
      was: { status: 'requires_action', rank: 40 },
      status: 'needs_review',
      rank: 80,
      reason: 'partial',
      received: { value: '100', currency: 'TWD' },
    },
    {
      version: 5,
      at: later(2),
      source: 'operator',
      was: { status: 'needs_review', rank: 80, reason: 'partial' },
      status: 'succeeded',
      rank: 90,
      note: 'topped up by transfer \u2013 王',
    },
  ])
})

test('the record names queries, the clock, and a provider that was never reached', async () => {
  const { made, sandbox, travel, told, orders } = await opened()
  const asked = await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'refuse', { notify: false })
  await travel(HOUR)
  expect(await told(asked.id)).toEqual(['create-answer requires_action', 'query failed refused'])
  orders.set('A-2', order('A-2'))
  sandbox.fault({ endpoint: 'checkout', kind: 'empty' })
  const unknown = await made({ order: 'A-2' })
  sandbox.fault({ endpoint: 'query', kind: 'empty' })
  await travel(11 * 60 * SECOND)
  expect((await told(unknown.id)).slice(0, 2)).toEqual([
    'create-answer unknown',
    'clock unknown unknown-outcome',
  ])
})

test.each<[string, unknown]>([
  ['no note', { status: 'failed' }],
  ['an empty note', { status: 'failed', note: '' }],
  ['a blank note', { status: 'failed', note: ' \u3000 ' }],
  ['a note that is too long', { status: 'failed', note: 'x'.repeat(501) }],
  ['a note of two lines', { status: 'failed', note: 'one\ntwo' }],
  ['a note that moves a terminal', { status: 'failed', note: 'one\u001b[2Jtwo' }],
  ['a note that is no text', { status: 'failed', note: 7 }],
  ['no status', { note: NOTE }],
  ['a status that nobody resolves to', { status: 'expired', note: NOTE }],
  ['an unknown member', { status: 'failed', note: NOTE, force: true }],
  ['a list', [{ status: 'failed', note: NOTE }]],
  ['nothing', 'null'],
  ['no JSON', '{'],
])('%s is not taken, and nothing changes', async (_, body) => {
  const { made, post, watch } = await opened()
  const { id, version } = await made()
  const problem = await expectProblem(post(`/payments/${id}/resolve`, body), 'body-invalid')
  expect(JSON.stringify(problem)).not.toMatch(/xxx|two|force/)
  expect(await watch(id)).toMatchObject({ version })
})

test('the longest note is taken', async () => {
  const { made, resolve, record } = await opened()
  const { id } = await made()
  await resolve(id, 'failed', `${'x'.repeat(499)}王`)
  expect((await record(id)).at(-1)?.note).toHaveLength(500)
})

test('problems come in the order of the contract', async () => {
  const { post, ask } = await opened()
  const good = { status: 'failed', note: NOTE }
  const unknown = '/payments/pay_0/resolve'
  const noKey = { authorization: 'Bearer wrong' }
  await expectProblem(ask(unknown, { headers: BEARER }), 'method-not-allowed')
  await expectProblem(
    post(unknown, good, { ...BEARER, origin: 'https://evil.example' }),
    'origin-not-allowed',
  )
  await expectProblem(post(unknown, '{', noKey), 'unauthorized')
  await expectProblem(
    post(unknown, '{', { ...BEARER, 'content-type': 'text/plain' }),
    'body-invalid',
    415,
  )
  await expectProblem(post(unknown, '{'), 'body-invalid')
  await expectProblem(post(unknown, { ...good, note: 'x'.repeat(20_000) }), 'body-too-large')
  await expectProblem(post(unknown, good), 'payment-not-found')
  for (const path of ['/payments/pay_0/record', '/payments/pay_0/redeliver']) {
    const send = (headers: Record<string, string>) =>
      path.endsWith('record') ? ask(path, { headers }) : post(path, undefined, headers)
    await expectProblem(send({}), 'unauthorized')
    await expectProblem(send(BEARER), 'payment-not-found')
  }
})

test('no page may read what is the operator’s, not even one of the shop', async () => {
  const { made, ask, post } = await opened()
  const { id } = await made()
  const answers = [
    await ask(`/payments/${id}/record`, { headers: { ...BEARER, origin: SHOP } }),
    await post(
      `/payments/${id}/resolve`,
      { status: 'failed', note: NOTE },
      { ...BEARER, origin: SHOP },
    ),
  ]
  for (const { status, headers } of answers) {
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, null])
  }
})

test('a note and a payer never reach the log', async () => {
  const { made, resolve, logged, record } = await opened()
  const { id } = await made()
  await resolve(id, 'failed', 'called 0912345678')
  expect(logged.join()).toContain('payment resolved by an operator')
  expect(logged.join()).not.toContain('0912345678')
  expect(JSON.stringify((await record(id)).slice(0, -1))).not.toMatch(/小明|payer@example/)
})

/** A shop that hears nothing, until three days are over. */
async function unheard() {
  const shop = { hears: false }
  const heard: PaymentEvent[] = []
  const operated = await opened({
    onPayment: (event) => {
      heard.push(event)
      if (!shop.hears) throw new Error('the shop is closed')
    },
  })
  operated.clock.freeze()
  const { id } = await operated.made()
  await operated.report(paid)
  for (let hours = 0; hours < 80; hours += 1) await operated.travel(HOUR)
  const undelivered = async () => {
    const response = await operated.ask('/payments?undelivered=1', { headers: BEARER })
    return ((await response.json()) as { payments: Payment[] }).payments.map((each) => each.id)
  }
  return { ...operated, shop, heard, id, undelivered }
}

test('what the shop did not take in three days is listed, and logged once as an error', async () => {
  const { undelivered, id, made, orders, logged, ask, travel } = await unheard()
  orders.set('A-2', order('A-2'))
  await made({ order: 'A-2' })
  expect(await undelivered()).toEqual([id])
  const errors = () => logged.filter((line) => line.includes('"level":"error"'))
  expect(errors()).toHaveLength(1)
  expect(errors()[0]).toContain('shop could not be told; given up')
  await travel(24 * HOUR)
  expect(errors()).toHaveLength(1)
  await expectProblem(ask('/payments?undelivered=yes', { headers: BEARER }), 'body-invalid')
})

test('it is told once more on an operator’s word, under the same id', async () => {
  const { undelivered, id, heard, shop, post, sweep } = await unheard()
  const tries = heard.length
  expect((await post(`/payments/${id}/redeliver`)).status).toBe(200)
  await sweep()
  expect([heard.length, await undelivered()]).toEqual([tries + 1, [id]])
  shop.hears = true
  await post(`/payments/${id}/redeliver`)
  await sweep()
  expect([heard.length, await undelivered()]).toEqual([tries + 2, []])
  expect(new Set(heard.map((event) => `${event.id} ${event.timestamp}`)).size).toBe(1)
  await post(`/payments/${id}/redeliver`)
  await sweep()
  expect(heard).toHaveLength(tries + 2)
})
