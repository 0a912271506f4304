import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PostgresServer, startPostgres } from '../postgres-server.js'
import { type Cluster, made, newKey, press, startCluster, tradeNosOf, wait } from './cluster.js'
import type { Program } from './program.js'

let server: PostgresServer
let cluster: Cluster
let one: Program
let other: Program
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
  cluster = await startCluster({ size: 2, databaseUrl: await server.createDatabase() })
  ;[one, other] = cluster.programs as [Program, Program]
})
afterAll(() => server.remove())

const tradeNoOf = (order: string) => tradeNosOf(cluster.sandbox, order)[0] ?? ''

/** Nothing that nobody caught, and no program that ended. */
function expectSound() {
  for (const program of cluster.programs) {
    expect(program.child.exitCode).toBeNull()
    expect(program.said()).not.toMatch(/Unhandled|Uncaught|\n {4}at /)
  }
}

test('while Postgres is away requests are told so, and all goes on when it is back', async () => {
  const { sandbox, shop } = cluster
  const payment = await made(one, { order: 'O-1' })
  const waits = wait(other, payment).catch(() => undefined)
  await server.stop()
  const key = newKey()
  const started = performance.now()
  const answers = await Promise.all([
    press(one, { order: 'O-2', key }),
    fetch(`${other.url}/payments/${payment.id}`),
    fetch(`${one.url}/healthz`),
  ])
  for (const answer of answers) {
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([
      503,
      expect.closeTo(5, -1),
    ])
    expect(await answer.json()).toMatchObject({ code: 'store-unavailable' })
  }
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(tradeNosOf(sandbox, 'O-2')).toEqual([])
  // The provider is not thanked for what was not written; it comes again.
  await sandbox.settle(tradeNoOf('O-1'), 'approve')
  await waits
  await pause(2_000)
  await server.start()

  // The notification comes again, or the next query does, whichever is first.
  await expect
    .poll(async () => (await wait(other, payment, 1)).status, { timeout: 50_000 })
    .toBe('succeeded')
  expect((await made(one, { order: 'O-2', key })).status).toBe('requires_action')
  expect(tradeNosOf(sandbox, 'O-2')).toHaveLength(1)
  await expect.poll(() => shop.heard.map(({ type }) => type)).toEqual(['payment.succeeded'])
  expectSound()
}, 120_000)

test('after it was away, a change at one wakes who waits at another as before', async () => {
  const payment = await made(one, { order: 'O-3' })
  const waits = wait(other, payment)
  await pause(100)
  const started = performance.now()
  await cluster.sandbox.settle(tradeNoOf('O-3'), 'approve')
  expect(await waits).toMatchObject({ status: 'succeeded' })
  expect(performance.now() - started).toBeLessThan(4_000)
})

test('who presses and pays while connections are killed loses nothing', async () => {
  const { sandbox, shop, sql, payments } = cluster
  const orders = Array.from({ length: 10 }, (_, index) => `C-${index}`)
  const killing = (async () => {
    for (let kill = 0; kill < 8; kill += 1) {
      await pause(400)
      await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`)
    }
  })()
  await Promise.all(
    orders.map(async (order, index) => {
      await pause(index * 250)
      const key = newKey()
      const program = index % 2 === 0 ? one : other
      await expect
        .poll(async () => (await press(program, { order, key })).status, { timeout: 40_000 })
        .toBeLessThan(300)
      for (const tradeNo of tradeNosOf(sandbox, order)) await sandbox.settle(tradeNo, 'approve')
    }),
  )
  await killing
  for (const order of orders) expect(tradeNosOf(sandbox, order).length).toBeLessThanOrEqual(1)
  const paid = orders.filter((order) => tradeNosOf(sandbox, order).length === 1)
  expect(paid.length).toBeGreaterThan(orders.length / 2)
  // What no notification could tell is found by a query.
  await sql(`UPDATE payments SET query_at = 0 WHERE order_id LIKE 'C-%' AND rank BETWEEN 30 AND 89`)
  // Half a minute, by the database's clock: what was held when its connection died is free again.
  await sql(`UPDATE payments SET lease_until = lease_until - 30000,
    query_lease_until = query_lease_until - 30000, debt_lease_until = debt_lease_until - 30000`)
  const succeeded = async () =>
    (await payments()).filter((each) => each.status === 'succeeded').map(({ order }) => order)
  await expect
    .poll(async () => {
      const now = await succeeded()
      return paid.filter((order) => !now.includes(order))
    })
    .toEqual([])
  const told = () =>
    shop.heard
      .filter(({ type }) => type === 'payment.succeeded')
      .map(({ data }) => data.payment.order)
  await expect.poll(() => paid.filter((order) => !told().includes(order))).toEqual([])
  const all = (await succeeded()).filter((order) => order.startsWith('C-'))
  expect(all).toHaveLength(new Set(all).size)
  expectSound()
})

test('a program waits for a Postgres that is not there yet, and says so in one line', async () => {
  await server.stop()
  const joining = cluster.join()
  await pause(2_500)
  await server.start()
  const program = await joining
  expect(program.said()).toContain(
    'pay-button-proxy: the Postgres store fails: ECONNREFUSED; until it works, requests are answered 503\n',
  )
  await made(program, { order: 'J-1' })
})

test.each([
  ['password', { password: 'wrong' }, 'refuses the user or the password'],
  ['database', { pathname: '/nowhere' }, 'has no such database'],
])('a program does not wait where its %s is wrong', async (_, wrong, meaning) => {
  const url = Object.assign(new URL(cluster.databaseUrl), wrong)
  const program = await cluster.launch({ PAY_DATABASE_URL: url.href })
  expect(await program.exited).toBe(1)
  expect(program.said()).toBe(`pay-button-proxy: the Postgres store ${meaning}\n`)
})
