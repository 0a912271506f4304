import { expect, test } from 'vitest'
import { expectProblem } from './expect-problem.js'
import { type Harness, NO_IP_LIMITS, start } from './harness.js'
import { heldHttp } from './held-http.js'
import { create, newKey, order } from './requests.js'

const FOREIGN = { origin: 'https://evil.example' }
const NO_KEY = { 'idempotency-key': '' }
const OTHER_AMOUNT = { amount: { value: '299', currency: 'TWD' } }
const NO_CHANNEL = { channel: 'nobody:CASH' }
const NO_PAYER = { payer: {} }

const tooLarge = ' '.repeat(17 * 1024)

// Two faults in one request: the one that stands earlier in the list is told.
test('what is nowhere is told before who may not ask for it', async () => {
  const { ask } = await start()
  await expectProblem(ask('/nothing', { headers: FOREIGN }), 'not-found')
  await expectProblem(ask('/orders/A-1', { method: 'PUT', headers: FOREIGN }), 'method-not-allowed')
})

test('who may not ask is told nothing of the key or the body', async () => {
  const { ask } = await start()
  await expectProblem(ask('/payments', { headers: FOREIGN }), 'origin-not-allowed')
  await expectProblem(ask('/payments', create('{', FOREIGN)), 'origin-not-allowed')
  await expectProblem(ask('/payments', create(tooLarge, FOREIGN)), 'origin-not-allowed')
  await expectProblem(ask('/orders/A-404', { headers: FOREIGN }), 'origin-not-allowed')
})

test('the body is looked at before the key', async () => {
  const { ask } = await start()
  await expectProblem(ask('/payments', create('{', NO_KEY)), 'body-invalid')
  await expectProblem(ask('/payments', create(tooLarge, NO_KEY)), 'body-too-large')
  const text = { ...NO_KEY, 'content-type': 'text/plain' }
  await expectProblem(ask('/payments', create({}, text)), 'body-invalid', 415)
})

test('the key is looked at before the order', async () => {
  const { pay } = await start()
  await expectProblem(pay({ order: 'A-404' }, NO_KEY), 'idempotency-key-missing')
})

test('a repeated key is looked at before the order', async () => {
  const { pay, orders, made } = await start()
  const key = { 'idempotency-key': newKey() }
  const { id } = await made({}, key)
  orders.clear()
  expect(await made({}, key)).toMatchObject({ id })
  await expectProblem(pay({ order: 'A-404' }, key), 'idempotency-key-reused')
})

test('the order is looked at before what is wanted of it', async () => {
  const { pay } = await start()
  const all = { ...OTHER_AMOUNT, ...NO_CHANNEL, ...NO_PAYER }
  await expectProblem(pay({ order: 'A-404', ...all }), 'order-not-found')
  await expectProblem(pay(all), 'amount-changed')
  await expectProblem(pay({ ...NO_CHANNEL, ...NO_PAYER }), 'channel-not-offered')
  await expectProblem(pay({ ...NO_PAYER, way: 'nobody' }), 'channel-not-offered')
  await expectProblem(pay(NO_PAYER), 'payer-fields-invalid')
})

test('that the order is paid or being paid is told before the rest', async () => {
  const calls = heldHttp('before')
  const { pay, orders } = await start({ http: calls.http })
  orders.set('A-2', order('A-2', '300', { paid: true }))
  const all = { ...OTHER_AMOUNT, ...NO_CHANNEL, ...NO_PAYER }
  await expectProblem(pay({ order: 'A-2', ...all }), 'order-paid')
  await expectProblem(pay({ order: 'A-2' }), 'order-paid')
  const first = pay()
  await expect.poll(calls.held).toBe(1)
  await expectProblem(pay(all), 'payment-in-progress')
  orders.set('A-1', order('A-1', '300', { paid: true }))
  await expectProblem(pay(all), 'order-paid')
  calls.release()
  expect((await first).status).toBe(201)
})

test('faults of the payer are told before the limits', async () => {
  const { pay, orders } = await start()
  await spendAddress(orders, pay)
  await expectProblem(pay(NO_PAYER), 'payer-fields-invalid')
  await expectProblem(pay(), 'payer-ip-limit')
})

test('too many payments of the order are told before those of the address', async () => {
  const { pay } = await start({ ...NO_IP_LIMITS, taiwan: {} })
  for (let made = 0; made < 10; made += 1) expect((await pay()).status).toBe(201)
  await expectProblem(pay(), 'too-many-payments')
})

test('a provider that has too many calls in flight makes no row and counts for nobody', async () => {
  const calls = heldHttp('before')
  const { pay, orders } = await start({ ...NO_IP_LIMITS, http: calls.http })
  const unanswered: Promise<Response>[] = []
  const refused: Response[] = []
  for (let at = 0; at < 300 && refused.length === 0; at += 1) {
    orders.set(`B-${at}`, order(`B-${at}`))
    const answer = pay({ order: `B-${at}` })
    unanswered.push(answer)
    void answer.then((response) => response.status === 503 && refused.push(response))
    if (at % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await expect.poll(() => refused.length).toBeGreaterThan(0)
  const key = newKey()
  await expectProblem(pay({}, { 'idempotency-key': key }), 'provider-unavailable')
  await expectProblem(pay(NO_PAYER), 'payer-fields-invalid')
  calls.release()
  await Promise.all(unanswered)
  expect((await pay({}, { 'idempotency-key': key })).status).toBe(201)
})

/** Uses up what one address may do in a day, on other orders. */
async function spendAddress(orders: Harness['orders'], pay: Harness['pay']): Promise<void> {
  for (let at = 0; at < 10; at += 1) {
    orders.set(`B-${at}`, order(`B-${at}`))
    expect((await pay({ order: `B-${at}` })).status).toBe(201)
  }
}
