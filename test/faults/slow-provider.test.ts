import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import { proxyEnvironment } from './environment.js'
import { IS_LONG, percentile, tell } from './form.js'
import { type Purchase, post, purchase } from './payer.js'
import { startProxies } from './proxies.js'
import { until } from './until.js'

const PLACES = 100
const ROUNDS = IS_LONG ? 40 : 12
const TAIWAN = 0
const LINK = 3
const LONGER_THAN_A_CALL = 60_000

test('a provider that hangs with a hundred calls slows nobody else', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'pay-slow-'))
  const sandbox = await startSandbox({ port: 0 })
  const orderSecret = randomBytes(32).toString('hex')
  const proxies = await startProxies(
    1,
    proxyEnvironment({ databaseUrl: `sqlite:${join(folder, 'pay.db')}`, orderSecret, sandbox }),
  )
  onTestFinished(async () => {
    await sandbox.close()
    await proxies.stop()
    rmSync(folder, { recursive: true })
  })
  const url = proxies.urls[0] ?? ''
  let purchases = 0
  const next = (channel: number): Purchase => {
    purchases += 1
    return purchase(purchases * 4 + channel)
  }
  const newKey = () => randomBytes(16).toString('base64url')
  const buy = (bought: Purchase, key = newKey()) => post(url, bought, key, orderSecret)
  const paymentOf = async (response: Promise<Response>) =>
    (await response).json() as Promise<Payment>

  /** Milliseconds: creating, reading, and hearing of a change while waiting. */
  const measure = async (rounds = ROUNDS) => {
    const times = { create: [] as number[], read: [] as number[], hear: [] as number[] }
    for (let round = 0; round < rounds; round += 1) {
      const bought = next(LINK)
      let started = performance.now()
      const payment = await paymentOf(buy(bought))
      times.create.push(performance.now() - started)
      expect(payment.status).toBe('requires_action')
      started = performance.now()
      await fetch(`${url}/payments/${payment.id}`)
      times.read.push(performance.now() - started)
      const waiting = fetch(`${url}/payments/${payment.id}?wait=25&version=${payment.version}`)
      const order = sandbox.orders().find(({ fields }) => fields.description === bought.order)
      // Only a query finds it: its notification moves nothing by itself.
      await sandbox.settle(order?.tradeNo ?? '', 'approve')
      started = performance.now()
      expect((await paymentOf(waiting)).status).toBe('succeeded')
      times.hear.push(performance.now() - started)
    }
    return times
  }

  await measure(3)
  const idle = await measure()
  const lifts = [
    sandbox.fault({
      endpoint: 'checkout',
      kind: 'delay',
      ms: LONGER_THAN_A_CALL,
      times: Number.POSITIVE_INFINITY,
    }),
    sandbox.fault({
      endpoint: 'query',
      kind: 'delay',
      ms: LONGER_THAN_A_CALL,
      times: Number.POSITIVE_INFINITY,
    }),
  ]
  const called = sandbox.calls('checkout')
  const hanging = Array.from({ length: PLACES }, () => buy(next(TAIWAN)))
  expect(await until(20_000, async () => sandbox.calls('checkout') - called === PLACES)).toBe(true)

  const key = newKey()
  const refused = await buy(next(TAIWAN), key)
  expect([refused.status, await refused.json()]).toEqual([
    503,
    expect.objectContaining({ code: 'provider-unavailable' }),
  ])
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await fetch(`${url}/payments?key=${key}`)).status).toBe(404)
  const busy = await measure()
  expect(sandbox.calls('checkout') - called).toBe(PLACES)

  const unanswered: string[] = []
  if (IS_LONG) {
    for (const answer of hanging) {
      const response = await answer
      const { id, status } = (await response.json()) as Payment
      if (response.status !== 202 || status !== 'processing') unanswered.push(id)
    }
  }
  for (const lift of lifts) lift()
  if (IS_LONG) expect((await buy(next(TAIWAN))).status).toBe(201)

  const figures = Object.fromEntries(
    (['create', 'read', 'hear'] as const).flatMap((what) => [
      [`${what} p50 idle/busy ms`, `${percentile(idle[what], 50)}/${percentile(busy[what], 50)}`],
      [`${what} p95 idle/busy ms`, `${percentile(idle[what], 95)}/${percentile(busy[what], 95)}`],
    ]),
  )
  tell(context, { hanging: PLACES, ...figures, unanswered })
  expect(unanswered).toEqual([])
  for (const what of ['create', 'read', 'hear'] as const) {
    const bearable = Math.max(5 * percentile(idle[what], 95), 500)
    expect(percentile(busy[what], 95), what).toBeLessThan(bearable)
  }
}, 180_000)
