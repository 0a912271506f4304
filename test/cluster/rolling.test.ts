import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { assets } from '../../src/proxy/dist/proxy/scripts/assets.generated.js'
import { migrationsFor } from '../../src/proxy/store/schema.js'
import { makeAnotherRelease, nameInAnother } from '../another-release.js'
import { type Cluster, made, newKey, press, startCluster, tradeNosOf, wait } from './cluster.js'
import type { Program } from './program.js'

const STEPS = migrationsFor('postgres')

const settleAll = async ({ sandbox }: Cluster, order: string) => {
  for (const tradeNo of tradeNosOf(sandbox, order)) await sandbox.settle(tradeNo, 'approve')
}

test('programs that start at the same moment on an empty database make its tables once', async () => {
  const { programs, sql } = await startCluster({ size: 4 })
  expect(programs).toHaveLength(4)
  const versions = await sql('SELECT version FROM schema_version ORDER BY version')
  expect(versions.map(({ version }) => version)).toEqual(STEPS.map((_, index) => index + 1))
})

test('an older version works beside a newer one, whose steps add to its tables', async () => {
  const cluster = await startCluster({ size: 2 })
  const [older, other] = cluster.programs as [Program, Program]
  const before = await made(older, { order: 'V-1' })
  const waits = wait(other, before)
  // What a later version may do to the tables while this one works.
  await cluster.sql('ALTER TABLE payments ADD COLUMN later TEXT')
  await cluster.sql(`ALTER TABLE ip_days ADD COLUMN later BIGINT NOT NULL DEFAULT 0`)
  await cluster.sql('CREATE TABLE later (id TEXT PRIMARY KEY)')
  await cluster.sql('INSERT INTO schema_version (version) VALUES ($1)', [STEPS.length + 1])
  await settleAll(cluster, 'V-1')
  expect(await waits).toMatchObject({ status: 'succeeded' })
  await made(older, { order: 'V-2' })
  // And it starts there, as it does when a new version is taken back.
  const again = await cluster.join()
  const payment = await made(again, { order: 'V-3' })
  await settleAll(cluster, 'V-2')
  await settleAll(cluster, 'V-3')
  await expect.poll(async () => (await wait(older, payment, 1)).status).toBe('succeeded')
  await expect.poll(() => cluster.shop.heard).toHaveLength(3)
})

test('while an update rolls out, a page of either release finds its chunks at both', async () => {
  const another = makeAnotherRelease()
  const cluster = await startCluster({ size: 1 })
  await cluster.join({}, another.program)
  const ours = Object.keys(assets).filter((name) => /-[\w-]{8}\.js$/.test(name))
  const names = [...ours, ...ours.map(nameInAnother)]
  expect(new Set(names).size).toBe(2 * ours.length)
  for (const name of names) {
    const [one, other] = await Promise.all(
      cluster.programs.map(({ url }) => fetch(`${url}/${name}`)),
    )
    expect([one?.status, other?.status]).toEqual([200, 200])
    expect(await one?.text()).toBe(await other?.text())
  }
  for (const { url } of cluster.programs) {
    const { status, headers } = await fetch(`${url}/checkout-00000000.js`)
    expect([status, headers.get('cache-control')]).toEqual([404, 'no-store'])
  }
  another.remove()
})

test('what a killed program left in flight is taken over, and nothing is sent twice', async () => {
  const cluster = await startCluster({ size: 2, env: { PAY_QUERY_SCHEDULE: '1s' } })
  const [older, newer] = cluster.programs as [Program, Program]
  const { sandbox, gate, shop, sql } = cluster
  // One call arrived, and its answer did not; one webhook was under way.
  gate.slowness = 1_500
  const lost = press(older, { order: 'T-1' }).catch(() => undefined)
  // The row says so before the call has left.
  await expect.poll(() => gate.mostAtOnce('checkout')).toBe(1)
  expect(await sql(`SELECT 1 FROM payments WHERE status = 'submitting'`)).toHaveLength(1)
  await older.kill('SIGKILL')
  await lost
  gate.slowness = 0
  await expect.poll(() => tradeNosOf(sandbox, 'T-1')).toHaveLength(1)
  await settleAll(cluster, 'T-1')
  // Thirty seconds, by the database's clock.
  await sql('UPDATE payments SET lease_until = lease_until - 30000')
  await expect.poll(() => shop.heard.map(({ type }) => type)).toEqual(['payment.succeeded'])
  expect(sandbox.calls('checkout')).toBe(1)
  expect(await made(newer, { order: 'T-2' })).toMatchObject({ status: 'requires_action' })
})

test('a stop of one of three under load loses nothing', async () => {
  const cluster = await startCluster({ size: 3 })
  const [leaving, ...staying] = cluster.programs as [Program, Program, Program]
  const { gate, sandbox, shop, payments } = cluster
  const parked = await made(leaving, { order: 'P-1' })
  const waits = wait(leaving, parked)
  gate.slowness = 300
  shop.slowness = 100
  const orders = Array.from({ length: 60 }, (_, index) => `G-${index}`)
  const again: string[] = []
  const buying = orders.map(async (order, index) => {
    await pause(index * 25)
    const key = newKey()
    const target = [leaving, ...staying][index % 3] as Program
    const answer = await press(target, { order, key }).catch(async (error) => {
      if (target !== leaving) throw error
      // It was on its way to a door that closes, and goes to another one under the same key. Had
      // it arrived, there would be a payment of it, and an answer.
      const taken = await fetch(`${staying[0]?.url}/payments?key=${key}`)
      expect(taken.status, 'taken and not answered').toBe(404)
      again.push(order)
      return press(staying[0] as Program, { order, key })
    })
    expect([200, 201]).toContain(answer.status)
    await settleAll(cluster, order)
  })
  await pause(700)
  const toldAt = performance.now()
  expect(await leaving.kill('SIGTERM')).toBe(0)
  const took = Math.round(performance.now() - toldAt)
  expect(await waits).toMatchObject({ id: parked.id, status: 'requires_action' })
  await Promise.all(buying)
  // Those that were pressed before it was told to stop are answered by it, stragglers aside.
  const answered = orders.filter((order, index) => index % 3 === 0 && !again.includes(order))
  expect(answered).not.toEqual([])
  console.log(`a stop under load took ${took} ms; ${again.length} requests went to another one`)

  await expect
    .poll(async () => (await payments()).filter(({ status }) => status === 'succeeded').length)
    .toBe(orders.length)
  await expect
    .poll(() => new Set(shop.heard.map(({ data }) => data.payment.order)).size)
    .toBe(orders.length)
  expect(sandbox.calls('checkout')).toBe(orders.length + 1)
  expect(leaving.said()).not.toMatch(/Unhandled|Uncaught|\n {4}at /)
})
