import { mkdtempSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { expect, test, vi } from 'vitest'
import type { PaymentEvent } from '../../src/proxy/index.js'
import { type Harness, type HarnessOptions, lastOrder, start } from './harness.js'
import { closeAfterTest, holdTimers } from './lifecycle.js'

const SECOND = 1_000
const HOUR = 3600 * SECOND
const SECRET = `whsec_${Buffer.from('a secret of a webhook, 32 bytes.').toString('base64')}`

/** A shop that hears events and may refuse them. */
async function shop(options: HarnessOptions = {}) {
  const heard: PaymentEvent[] = []
  const shop = { refuses: false }
  const harness = await start({
    onPayment: async (event) => {
      heard.push(event)
      if (shop.refuses) throw new Error('the shop is closed')
    },
    ...options,
  })
  harness.clock.freeze()
  return { ...harness, heard, shop, settle: settler(harness) }
}

const settler =
  ({ sandbox }: Harness) =>
  (outcome: Parameters<typeof sandbox.settle>[1]) =>
    sandbox.settle(lastOrder(sandbox).tradeNo, outcome)

test('a success is told once, with all that the shop needs', async () => {
  const { made, settle, heard, sweep, travel, watch } = await shop()
  const { id } = await made()
  await sweep()
  expect(heard).toEqual([])
  await settle('approve')
  await sweep()
  const { now: _, ...payment } = await watch(id)
  expect(heard).toEqual([
    {
      id: `${id}.${payment.version}`,
      type: 'payment.succeeded',
      timestamp: payment.updatedAt,
      data: {
        payment: expect.objectContaining({ ...payment, test: true }),
        tradeNo: expect.stringMatching(/^\d{14}/),
        providerReference: expect.any(String),
      },
    },
  ])
  await travel(HOUR)
  expect(heard).toHaveLength(1)
})

test('who does not take an event hears it again, ever more rarely, under one id', async () => {
  const { made, settle, heard, shop: hears, sweep, travel } = await shop()
  hears.refuses = true
  const { id } = await made()
  await settle('approve')
  await expect.poll(() => heard).toHaveLength(1)
  await sweep()
  for (const [index, seconds] of [1, 2, 4, 8, 16].entries()) {
    await travel(seconds * SECOND - 1)
    expect(heard).toHaveLength(index + 1)
    await travel(1)
    expect(heard).toHaveLength(index + 2)
  }
  hears.refuses = false
  await travel(32 * SECOND)
  await travel(10 * HOUR)
  expect(heard).toHaveLength(7)
  expect(new Set(heard.map((event) => event.id))).toEqual(
    new Set([`${id}.${heard[0]?.data.payment.version}`]),
  )
})

test('a retry carries the payment as it now is, under the id of what moved it', async () => {
  const { made, settle, heard, shop: hears, sweep, travel, ask } = await shop()
  hears.refuses = true
  const { id } = await made()
  await settle('approve')
  await expect.poll(() => heard).toHaveLength(1)
  await sweep()
  await ask(`/payments/${id}/return`)
  hears.refuses = false
  await travel(SECOND)
  const [first, second] = heard
  expect(second).toMatchObject({ id: first?.id, type: first?.type, timestamp: first?.timestamp })
  expect(second?.data.payment).toMatchObject({
    version: (first?.data.payment.version ?? 0) + 1,
    returnedAt: expect.any(String),
  })
})

test('after three days of refusals the shop is left alone', async () => {
  const { made, settle, heard, shop: hears, travel } = await shop()
  hears.refuses = true
  await made()
  await settle('approve')
  for (let hours = 0; hours < 70; hours += 1) await travel(HOUR)
  const untilThen = heard.length
  await travel(HOUR)
  expect(heard.length).toBe(untilThen + 1)
  for (let hours = 0; hours < 5; hours += 1) await travel(HOUR)
  const given = heard.length
  for (let hours = 0; hours < 10; hours += 1) await travel(HOUR)
  expect(heard.length).toBe(given)
})

test('a debt that was not paid is replaced by the next one', async () => {
  const { made, notify, heard, shop: hears, sandbox, travel, sweep } = await shop()
  hears.refuses = true
  const { id } = await made()
  const { tradeNo } = lastOrder(sandbox)
  await notify({ tradeNo, status: '00029' })
  await expect.poll(() => heard.length).toBeGreaterThan(0)
  await notify({ tradeNo, status: '0000', amount: '300' })
  hears.refuses = false
  heard.length = 0
  await sweep()
  await travel(HOUR)
  expect(heard.map((event) => [event.type, event.data.late])).toEqual([['payment.succeeded', true]])
  expect(heard[0]?.id).toBe(`${id}.${heard[0]?.data.payment.version}`)
})

test('a payment that moves while the shop listens is told after that as well', async () => {
  const answers: (() => void)[] = []
  const heard: string[] = []
  const { made, notify, sandbox } = await start({
    onPayment: async ({ type }) => {
      heard.push(type)
      await new Promise<void>((resolve) => answers.push(resolve))
    },
  })
  await made()
  const { tradeNo } = lastOrder(sandbox)
  await notify({ tradeNo, status: '0001', amount: '100' })
  await expect.poll(() => heard).toEqual(['payment.needs_review'])
  await notify({ tradeNo, status: '0000', amount: '300' })
  answers[0]?.()
  await expect.poll(() => heard).toEqual(['payment.needs_review', 'payment.succeeded'])
  answers[1]?.()
})

test('a shop that says nothing for ten seconds has not heard', async () => {
  let calls = 0
  const { made, notify, sandbox, clock, sweep } = await start({
    onPayment: () => {
      calls += 1
      return calls === 1 ? new Promise(() => {}) : undefined
    },
  })
  await made()
  await notify({ tradeNo: lastOrder(sandbox).tradeNo, status: '0000', amount: '300' })
  holdTimers()
  const swept = sweep()
  await expect.poll(() => calls).toBe(1)
  vi.advanceTimersByTime(9_900)
  clock.offset += 9_900
  vi.advanceTimersByTime(100)
  await swept
  clock.offset += 2 * SECOND
  await sweep()
  expect(calls).toBe(2)
})

test('what was owed when the proxy stopped is told at once when it starts, under the same id', async () => {
  const database = join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')
  const before = await shop({ database })
  before.shop.refuses = true
  const { id } = await before.made()
  await before.settle('approve')
  await expect.poll(() => before.heard).toHaveLength(1)
  await before.close()
  const { events, sweep } = await start({ database, after: before })
  await sweep()
  await expect.poll(() => events.map((event) => event.id)).toEqual([before.heard[0]?.id])
  expect(events[0]).toMatchObject({ type: 'payment.succeeded', data: { payment: { id } } })
})

test.each<[string, (harness: Harness, settle: ReturnType<typeof settler>) => Promise<unknown>]>([
  ['payment.failed', (_, settle) => settle('refuse')],
  ['payment.needs_review', (_, settle) => settle({ part: '100' })],
  ['payment.expired', ({ travel }) => travel(25 * HOUR)],
])('the shop hears of %s', async (type, happen) => {
  const harness = await shop()
  const { id } = await harness.made()
  await happen(harness, harness.settle)
  await harness.sweep()
  await expect.poll(() => harness.heard.map((event) => event.type)).toEqual([type])
  const [, status] = type.split('.')
  expect(harness.heard[0]?.data.payment).toMatchObject({ id, status })
})

test.each([
  ['refused at once', { endpoint: 'checkout', kind: 'code', code: '9999' }],
  ['with a link that is no cashier', { endpoint: 'checkout', kind: 'link', url: 'javascript:x' }],
] as const)('the shop hears of a payment %s', async (_, fault) => {
  const { made, sandbox, heard } = await shop()
  sandbox.fault(fault)
  await made()
  await expect.poll(() => heard.map((event) => event.type)).toEqual(['payment.failed'])
})

interface Delivery {
  headers: IncomingHttpHeaders
  body: string
}

/** A shop in any language: a server that answers `statuses` in turn, then 204. */
async function webhookServer(statuses: number[] = []) {
  const deliveries: Delivery[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    deliveries.push({ headers: request.headers, body })
    response.writeHead(statuses.shift() ?? 204, { location: '/elsewhere' }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeAfterTest(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return { deliveries, webhook: { url: `http://127.0.0.1:${port}/paid`, secret: SECRET } }
}

/** What a shop's library makes of a delivery; throws where the signature is not right. */
const verified = ({ headers, body }: Delivery) =>
  new Webhook(SECRET).verify(body, headers as Record<string, string>) as Omit<PaymentEvent, 'id'>

test('a webhook is signed by Standard Webhooks, so that any library verifies it', async () => {
  const { deliveries, webhook } = await webhookServer()
  const { made, sandbox, until } = await start({ webhook })
  const { id } = await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  const { version } = await until(id, ({ status }) => status === 'succeeded')
  await expect.poll(() => deliveries).toHaveLength(1)
  const [delivery] = deliveries as [Delivery]
  expect(delivery.headers).toMatchObject({
    'content-type': 'application/json',
    'webhook-id': `${id}.${version}`,
  })
  expect(verified(delivery)).toMatchObject({
    type: 'payment.succeeded',
    data: { payment: { id, order: 'A-1', status: 'succeeded' } },
  })
  expect(() => verified({ ...delivery, body: delivery.body.replace('A-1', 'A-2') })).toThrow()
})

test('what is not 2xx is told again under the same id, and no redirect is followed', async () => {
  const { deliveries, webhook } = await webhookServer([500, 302, 404])
  const { made, sandbox, travel, sweep } = await start({ webhook })
  await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await expect.poll(() => deliveries).toHaveLength(1)
  await sweep()
  for (const seconds of [1, 2, 4]) await travel(seconds * SECOND)
  await travel(HOUR)
  expect(deliveries).toHaveLength(4)
  expect(new Set(deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  for (const delivery of deliveries) {
    expect(verified(delivery)).toMatchObject({ type: 'payment.succeeded' })
  }
})
