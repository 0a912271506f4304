import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { createPayProxy, type PaymentEvent, ProblemError, vexora } from '../../src/proxy/index.js'
import { SECRET } from './harness.js'
import { closeAfterTest, createClock } from './lifecycle.js'
import { create, order, SHOP } from './requests.js'
import { openStore } from './store.js'

const HOUR = 3_600_000

/** A proxy without a server, whose provider nobody reaches, for a shop that may hear nothing. */
async function opened() {
  const shop = { hears: true }
  const events: PaymentEvent[] = []
  const clock = createClock()
  const pay = createPayProxy({
    mode: 'test',
    publicUrl: 'http://localhost:8787/pay',
    origins: [SHOP],
    secret: SECRET,
    orders: (ref) => order(ref),
    providers: [
      vexora.taiwan({
        baseUrl: 'http://127.0.0.1:9/',
        merchantNo: '9990000001',
        appSecret: 'app-secret-unseen',
        ipLimits: 'off',
      }),
    ],
    store: await openStore(clock),
    onPayment: (event) => {
      events.push(event)
      if (!shop.hears) throw new Error('closed')
    },
    clientIp: () => '203.0.113.7',
    log: { info() {}, warn() {}, error() {} },
  })
  closeAfterTest(() => pay.close())
  const made = async (ref: string) => {
    const request = new Request('http://localhost:8787/pay/payments', create({ order: ref }))
    return (await (await pay.fetch(request)).json()) as Payment
  }
  return { pay, made, shop, events, clock }
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error: unknown) => (error instanceof ProblemError ? error.code : error),
  )

test('a shop in the same process lists, resolves and reads what it could over HTTP', async () => {
  const { pay, made, events } = await opened()
  const first = await made('A-1')
  const second = await made('A-2')
  expect([first.status, first.reason]).toEqual(['failed', 'unreachable'])
  const ids = async (filter?: Parameters<typeof pay.payments>[0]) =>
    (await pay.payments(filter)).payments.map(({ id }) => id)
  expect(await ids()).toEqual([second.id, first.id])
  expect(await ids({ order: 'A-1', status: 'failed' })).toEqual([first.id])
  expect(await ids({ cursor: second.id })).toEqual([first.id])
  expect(await ids({ undelivered: true })).toEqual([])
  await pay.sweep()

  const settled = await pay.resolve(first.id, { status: 'succeeded', note: 'paid in cash' })
  expect(settled).toMatchObject({ id: first.id, status: 'succeeded' })
  expect((await pay.record(first.id)).map(({ source, status }) => `${source} ${status}`)).toEqual([
    'payer created',
    'create-answer failed',
    'operator succeeded',
  ])
  await pay.sweep()
  expect(events.at(-1)).toMatchObject({ type: 'payment.succeeded', data: { late: true } })
})

test('what cannot be done is a problem with a code', async () => {
  const { pay, made } = await opened()
  const { id } = await made('A-1')
  const good = { status: 'failed', note: 'x' } as const
  expect(await code(pay.resolve('pay_1', good))).toBe('payment-not-found')
  expect(await code(pay.record('pay_1'))).toBe('payment-not-found')
  expect(await code(pay.redeliver('pay_1'))).toBe('payment-not-found')
  expect(await code(pay.resolve(id, { ...good, note: ' ' }))).toBe('body-invalid')
  expect(await code(pay.payments({ status: 'paid' as 'failed' }))).toBe('body-invalid')
  expect(await code(pay.payments({ cursor: '\u0000' }))).toBe('body-invalid')
})

test('what the shop never took is listed and told again', async () => {
  const { pay, made, shop, events, clock } = await opened()
  clock.freeze()
  shop.hears = false
  const { id } = await made('A-1')
  for (let hours = 0; hours < 80; hours += 1) {
    clock.offset += HOUR
    await pay.sweep()
  }
  const undelivered = async () => (await pay.payments({ undelivered: true })).payments
  expect(await undelivered()).toMatchObject([{ id }])
  shop.hears = true
  expect(await pay.redeliver(id)).toMatchObject({ id })
  await pay.sweep()
  expect(await undelivered()).toEqual([])
  expect(new Set(events.map((event) => event.id)).size).toBe(1)
})
