import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { type Cluster, made, startCluster, tradeNosOf, wait } from './cluster.js'
import type { Program } from './program.js'

let cluster: Cluster
let first: Program
let third: Program
beforeAll(async () => {
  cluster = await startCluster({ size: 3 })
  ;[first, , third] = cluster.programs as [Program, Program, Program]
})

const tradeNoOf = (order: string) => tradeNosOf(cluster.sandbox, order)[0] ?? ''

test('made at one, notified at another, awaited at a third: woken at once', async () => {
  const { sandbox, shop } = cluster
  const latencies: number[] = []
  for (let round = 0; round < 10; round += 1) {
    const payment = await made(first, { order: `W-${round}` })
    const waits = wait(third, payment)
    await pause(100)
    const started = performance.now()
    await sandbox.settle(tradeNoOf(`W-${round}`), 'approve')
    expect(await waits).toMatchObject({ id: payment.id, status: 'succeeded' })
    latencies.push(Math.round(performance.now() - started))
  }
  console.log(`woken at a third process, ms after the notification: ${latencies.join(' ')}`)
  // The poll behind would take five seconds.
  expect(Math.max(...latencies)).toBeLessThan(4_000)
  await expect.poll(() => shop.heard.length).toBe(10)
})

test('a change of which nobody was told wakes who waits all the same', async () => {
  const payment = await made(first, { order: 'L-1' })
  const waits = wait(third, payment)
  await pause(100)
  await cluster.sql('UPDATE payments SET version = version + 1 WHERE id = $1', [payment.id])
  expect(await waits).toMatchObject({ version: payment.version + 1 })
})

test('who listens no more listens again', async () => {
  await cluster.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%'`)
  await cluster.sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()`)
  await expect
    .poll(async () => {
      const payment = await made(first, { order: `N-${Math.random()}` }).catch(() => undefined)
      if (!payment) return Number.POSITIVE_INFINITY
      const waits = wait(third, payment)
      await pause(50)
      const started = performance.now()
      await cluster.sandbox.settle(tradeNoOf(payment.order), 'approve')
      await waits
      return performance.now() - started
    })
    .toBeLessThan(2_000)
})

test('three that sweep ask the provider once at a time for each payment', async () => {
  const { gate, sandbox, sql, payments } = cluster
  const orders = Array.from({ length: 12 }, (_, index) => `Q-${index}`)
  for (const order of orders) await made(first, { order })
  gate.slowness = 1_500
  const before = sandbox.calls('query')
  const isDue = `UPDATE payments SET query_at = 0 WHERE order_id LIKE 'Q-%' AND rank < 90`
  // Due again and again while the first query is still under way: only its claim stands between.
  for (let turn = 0; turn < 6; turn += 1) {
    await sql(isDue)
    await pause(500)
  }
  // Each was asked about at least once, or nothing was tried here.
  await expect.poll(() => sandbox.calls('query') - before).toBeGreaterThanOrEqual(orders.length)
  gate.slowness = 0
  for (const order of orders) await sandbox.settle(tradeNoOf(order), 'approve', { notify: false })
  await sql(isDue)
  await expect
    .poll(async () => (await payments()).filter((each) => each.status === 'succeeded').length)
    .toBeGreaterThanOrEqual(10 + orders.length)
  expect(gate.mostAtOnce('queryPayInResult')).toBe(1)
})

test('three that owe the shop an event tell it one at a time, under one id', async () => {
  const { shop, sandbox } = cluster
  const heard = () => shop.heard.filter(({ data }) => data.payment.order.startsWith('S-'))
  shop.refusals = 2
  shop.slowness = 400
  const orders = Array.from({ length: 6 }, (_, index) => `S-${index}`)
  for (const order of orders) {
    await made(first, { order })
    await sandbox.settle(tradeNoOf(order), 'approve')
  }
  await expect.poll(() => heard().length).toBe(3 * orders.length)
  await pause(1_500)
  expect(heard()).toHaveLength(3 * orders.length)
  expect(new Set(heard().map(({ id }) => id)).size).toBe(orders.length)
  expect(shop.mostAtOnce()).toBe(1)
})
