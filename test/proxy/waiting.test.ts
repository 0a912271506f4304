import { expect, test, vi } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { expectProblem } from './expect-problem.js'
import { lastOrder, start } from './harness.js'
import { holdTimers } from './lifecycle.js'

/** Milliseconds; enough for a wait to be parked and too little for it to be over. */
const PARKED = 100

async function waiting() {
  const harness = await start()
  const { id, version } = await harness.made()
  const { sandbox, ask } = harness
  const wait = async (query: string) => {
    const began = performance.now()
    const response = await ask(`/payments/${id}?${query}`)
    const payment = (await response.json()) as Payment
    return { response, payment, took: performance.now() - began }
  }
  const approve = () => sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  return { ...harness, id, version, wait, approve }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('another version than the one that is known is told at once', async () => {
  const { wait, version } = await waiting()
  for (const known of [version - 1, version + 1, 0]) {
    const { payment, took } = await wait(`wait=5&version=${known}`)
    expect(payment).toMatchObject({ status: 'requires_action', version })
    expect(took).toBeLessThan(1_000)
  }
})

test('a wait without a version, or of no time, is a plain read', async () => {
  const { wait, version } = await waiting()
  for (const query of ['wait=5', `wait=0&version=${version}`, 'version=1']) {
    expect((await wait(query)).took).toBeLessThan(1_000)
  }
})

test('a change is told as it happens', async () => {
  const { wait, version, approve } = await waiting()
  const waited = wait(`wait=10&version=${version}`)
  await pause(PARKED)
  const settled = performance.now()
  await approve()
  const { response, payment } = await waited
  expect(performance.now() - settled).toBeLessThan(1_000)
  expect(response.status).toBe(200)
  expect(payment).toMatchObject({ status: 'succeeded' })
  expect(payment.version).toBeGreaterThan(version)
})

test('no change is told when the time is over', async () => {
  const { wait, version } = await waiting()
  const { response, payment, took } = await wait(`wait=1&version=${version}`)
  expect(response.status).toBe(200)
  expect(payment).toMatchObject({ status: 'requires_action', version })
  expect(took).toBeGreaterThan(950)
  expect(took).toBeLessThan(3_000)
})

/** Long enough for a store on another process to answer, though timers stand still. */
async function settleDown(): Promise<void> {
  for (const end = performance.now() + 500; performance.now() < end; ) {
    await new Promise(setImmediate)
  }
}

test('nobody waits longer than twenty-five seconds', async () => {
  const { wait, version } = await waiting()
  holdTimers()
  let isOver = false
  const waited = wait(`wait=600&version=${version}`).finally(() => {
    isOver = true
  })
  await settleDown()
  vi.advanceTimersByTime(24_000)
  await settleDown()
  expect(isOver).toBe(false)
  vi.advanceTimersByTime(1_000)
  expect((await waited).payment).toMatchObject({ status: 'requires_action', version })
})

test('a payment that has succeeded keeps nobody waiting', async () => {
  const { wait, approve, until, id } = await waiting()
  await approve()
  const { version } = await until(id, ({ status }) => status === 'succeeded')
  expect((await wait(`wait=5&version=${version}`)).took).toBeLessThan(1_000)
})

test('the payer’s return wakes the wait, once, and moves no status', async () => {
  const { wait, version, ask, watch, id } = await waiting()
  const waited = wait(`wait=10&version=${version}`)
  await pause(PARKED)
  await ask(`/payments/${id}/return`)
  const { payment } = await waited
  expect(payment).toMatchObject({
    status: 'requires_action',
    version: version + 1,
    returnedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/),
  })
  await ask(`/payments/${id}/return`)
  expect(await watch(id)).toMatchObject({
    version: version + 1,
    returnedAt: payment.returnedAt,
  })
})

test('of too many waits some are told to come again, and no read is refused', async () => {
  const { wait, version, approve } = await waiting()
  const turnedAway: Response[] = []
  const waits = Array.from({ length: 60 }, async () => {
    const answer = await wait(`wait=10&version=${version}`)
    if (answer.response.headers.has('retry-after')) turnedAway.push(answer.response)
    return answer
  })
  await expect.poll(() => turnedAway.length).toBeGreaterThan(0)
  expect((await wait('')).response.status).toBe(200)
  await approve()
  const answers = await Promise.all(waits)
  expect(turnedAway.length).toBeLessThan(60)
  for (const { response, payment } of answers) {
    expect(response.status).toBe(200)
    if (turnedAway.includes(response)) {
      expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    } else expect(payment.status).toBe('succeeded')
  }
})

test('who hangs up frees the place', async () => {
  const { ask, wait, id, version } = await waiting()
  for (let round = 0; round < 3; round += 1) {
    const hangUp = new AbortController()
    const waits = Array.from({ length: 20 }, () =>
      ask(`/payments/${id}?wait=20&version=${version}`, { signal: hangUp.signal }),
    )
    await pause(PARKED)
    hangUp.abort()
    await Promise.allSettled(waits)
    await pause(PARKED)
  }
  // Another version is told at once, but where there is no place left, with the hint.
  const { response } = await wait('wait=5&version=0')
  expect(response.headers.has('retry-after')).toBe(false)
})

test('a wait for a payment that is not there ends at once', async () => {
  const { ask } = await start()
  await expectProblem(ask('/payments/pay_1?wait=5&version=1'), 'payment-not-found')
})

test('a wait for what no payment is called takes no other answer with it', async () => {
  const { ask, read, id } = await waiting()
  const asked = ['%00', id, 'pay_%00', id].map((each) => ask(`/payments/${each}?wait=1&version=0`))
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([404, 200, 404, 200])
  expect(await read(id)).toMatchObject({ id })
})

test('a stop answers whoever waits', async () => {
  const { wait, version, close } = await waiting()
  const waited = wait(`wait=20&version=${version}`)
  await pause(PARKED)
  const began = performance.now()
  await close()
  expect(performance.now() - began).toBeLessThan(3_000)
  expect((await waited).payment).toMatchObject({ status: 'requires_action' })
})
