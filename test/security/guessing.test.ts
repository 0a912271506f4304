import { expect, test } from 'vitest'
import { newPaymentId, newTradeNo } from '../../src/proxy/payments/numbers.js'
import { expectProblem } from '../proxy/expect-problem.js'
import { API_KEY, start } from '../proxy/harness.js'
import { newKey } from '../proxy/requests.js'

/** What tells two answers apart, but for the time. */
async function look(answer: Promise<Response>): Promise<unknown> {
  const response = await answer
  const headers = [...response.headers].filter(([name]) => name !== 'date')
  return [response.status, headers, await response.text()]
}

test('ten thousand payments of one moment have ids that tell nothing of each other', () => {
  const now = Date.now()
  const ids = Array.from({ length: 10_000 }, () => newPaymentId(now))
  const random = ids.map((id) => id.slice(-32))
  expect(new Set(random).size).toBe(ids.length)
  for (const part of random) expect(part).toMatch(/^[0-9a-f]{32}$/)
  // Each of the 128 bits is set in about half of them: six deviations are 300 of 10,000.
  for (let bit = 0n; bit < 128n; bit += 1n) {
    const set = random.filter((part) => (BigInt(`0x${part}`) >> bit) & 1n).length
    expect(Math.abs(set - 5_000)).toBeLessThan(300)
  }
  expect(new Set(Array.from({ length: 10_000 }, () => newTradeNo(now))).size).toBe(10_000)
})

test('a payment that is not there, and one that is near another, look alike', async () => {
  const { ask, made } = await start()
  const { id } = await made()
  const near = id.slice(0, -1) + (id.endsWith('0') ? '1' : '0')
  const never = await look(ask('/payments/pay_never'))
  for (const guess of [near, id.toUpperCase(), id.slice(0, -1), `${id}0`, `${id}%20`, `%00${id}`]) {
    expect(await look(ask(`/payments/${guess}`))).toEqual(never)
    expect(await look(ask(`/payments/${guess}?wait=1&version=1`))).toEqual(never)
  }
  const noReturn = await look(ask('/payments/pay_never/return'))
  expect(await look(ask(`/payments/${near}/return`))).toEqual(noReturn)
})

test('a key that was never used looks like one that is near another', async () => {
  const { ask, made } = await start()
  const key = newKey()
  await made({}, { 'idempotency-key': key })
  const never = await look(ask(`/payments?key=${newKey()}`))
  expect(await look(ask(`/payments?key=${key.slice(0, -1)}`))).toEqual(never)
  expect(await look(ask(`/payments?key=${key}%20`))).toEqual(never)
})

test('the shop’s routes tell a stranger nothing of what is there', async () => {
  const { ask, made } = await start()
  const { id } = await made()
  const wrong = { authorization: `Bearer ${API_KEY.slice(0, -1)}!` }
  for (const path of ['resolve', 'record']) {
    const method = path === 'resolve' ? 'POST' : 'GET'
    const init = { method, headers: { ...wrong, 'content-type': 'application/json' } }
    const body = method === 'POST' ? { body: '{"status":"succeeded","note":"x"}' } : {}
    await expectProblem(ask(`/payments/${id}/${path}`, { ...init, ...body }), 'unauthorized')
    const there = await look(ask(`/payments/${id}/${path}`, { ...init, ...body }))
    const never = await look(ask(`/payments/pay_never/${path}`, { ...init, ...body }))
    expect(there).toEqual(never)
  }
})
