import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import { postgres } from '../../src/proxy/store/postgres.js'
import { startPostgres } from '../postgres-server.js'
import { proxyEnvironment } from './environment.js'
import { IS_LONG, tell } from './form.js'
import { runKilled } from './killed-run.js'
import { post, purchase } from './payer.js'
import { startProxies } from './proxies.js'
import { startShop } from './shop.js'
import { until } from './until.js'

const HOUR = 3_600_000
const ORDER_SECRET = randomBytes(32).toString('hex')

// Much of a run is waiting for leases and retries, so all wait together.
test.concurrent('proxies on Postgres whose clocks are an hour off, either way', async (context) => {
  const server = await startPostgres({ isDurable: false })
  context.onTestFinished(() => server.remove())
  const run = await runKilled({
    payments: IS_LONG ? 300 : 12,
    proxies: 3,
    databaseUrl: await server.createDatabase(),
    clocks: [HOUR, -HOUR, 0],
  })
  tell(context, { ...run })
  expect(run).toMatchObject({ lost: [], doubled: [], invented: [], resent: [], expired: [] })
  expect(run).toMatchObject({
    unverified: 0,
    unlisted: [],
    surprises: [],
    moneyTold: run.moneyPaid,
  })
  expect(run.paid).toBeGreaterThan(run.payments / 3)
}, 1_800_000)

test.concurrent('a lease ends by the database’s clock, not by that of who looks', async (context) => {
  const server = await startPostgres({ isDurable: false })
  const databaseUrl = await server.createDatabase()
  const sandbox = await startSandbox({ port: 0 })
  const db = postgres(databaseUrl)
  const proxies = await startProxies(
    2,
    proxyEnvironment({ databaseUrl, orderSecret: ORDER_SECRET, sandbox }),
    [0, HOUR],
  )
  context.onTestFinished(async () => {
    await proxies.stop()
    await db.close()
    await sandbox.close()
    await server.remove()
  })
  const [right = '', ahead = ''] = proxies.urls
  sandbox.fault({ endpoint: 'checkout', kind: 'delay', ms: 5_000 })
  const answer = post(right, purchase(0), 'a-key', ORDER_SECRET)
  expect(await until(10_000, async () => sandbox.calls('checkout') === 1)).toBe(true)
  // The other one has looked at what is over several times.
  await new Promise((resolve) => setTimeout(resolve, 3_000))
  const seen = await fetch(`${ahead}/payments?key=a-key`)
  expect(await seen.json()).toMatchObject({ status: 'processing', version: 1 })
  expect(await db.read('SELECT status, query_at FROM payments')).toEqual([
    { status: 'submitting', query_at: null },
  ])
  expect(await (await answer).json()).toMatchObject({ status: 'requires_action', version: 2 })
}, 120_000)

test.concurrent.for([
  ['ahead of', HOUR],
  ['behind', -HOUR],
] as const)(
  'a proxy on SQLite an hour %s everybody else',
  { timeout: 120_000 },
  async ([, clock], context) => {
    const folder = mkdtempSync(join(tmpdir(), 'pay-clock-'))
    const sandbox = await startSandbox({
      port: 0,
      timestampWindow: 2 * HOUR,
      paycools: { codeLifetime: 3 * HOUR },
    })
    const shop = await startShop()
    shop.recover()
    const env = proxyEnvironment({
      databaseUrl: `sqlite:${join(folder, 'pay.db')}`,
      orderSecret: ORDER_SECRET,
      sandbox,
      shop,
    })
    let proxies = await startProxies(1, env, [clock])
    context.onTestFinished(async () => {
      await proxies.stop()
      await shop.stop()
      await sandbox.close()
      rmSync(folder, { recursive: true })
    })
    const url = proxies.urls[0] ?? ''

    // Signed by a shop whose clock is right: within a minute or not at all.
    const elsewhere = await post(url, purchase(100), 'elsewhere', ORDER_SECRET)
    expect([elsewhere.status, await codeOf(elsewhere)]).toEqual(
      clock < 0 ? [400, 'order-token-invalid'] : [201, undefined],
    )

    const made = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((index) => buy(url, index, clock)))
    expect(made.map(({ status }) => status)).toEqual(Array(8).fill('requires_action'))
    const orders = ordersOf(sandbox, made)
    // Half of the notifications are lost: queries find those.
    await Promise.all(
      orders.map(({ tradeNo }, index) =>
        sandbox.settle(tradeNo, 'approve', { notify: index % 2 === 0 }),
      ),
    )
    for (const { id } of made) expect(await succeeds(url, id)).toBe(true)

    // What is signed an hour off no shop believes.
    expect(await until(20_000, async () => shop.unverified() > 0)).toBe(true)
    expect(shop.events()).toEqual([])
    // The clock is set right, and the program started again. Whoever was not told yet is told now.
    await proxies.stop()
    proxies = await startProxies(1, env)
    const told = () =>
      shop
        .events()
        .flatMap(({ data }) => data.payment.id)
        .sort()
    await until(20_000, async () => told().length >= made.length)
    expect(told()).toEqual(made.map(({ id }) => id).sort())
    expect(shop.events().map(({ type }) => type)).toEqual(Array(8).fill('payment.succeeded'))
    const after = proxies.urls[0] ?? ''
    for (const { id } of made) expect(await succeeds(after, id)).toBe(true)
  },
)

/** A payment at each provider in turn, of an order signed by the same clock as the proxy's. */
async function buy(url: string, index: number, clock: number): Promise<Payment> {
  const { order, amount, channel, payer, ip } = purchase(index)
  const issuedAt = Math.floor((Date.now() + clock) / 1_000)
  const token = await new SignJWT({ order: { id: order, amount, description: order } })
    .setProtectedHeader({ alg: 'HS256', typ: 'pay-order+jwt' })
    .setAudience('pay-button')
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + 3_600)
    .sign(new TextEncoder().encode(ORDER_SECRET))
  const response = await fetch(`${url}/payments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': `key-${index}`,
      'x-forwarded-for': ip,
    },
    body: JSON.stringify({ order: token, channel, amount, payer, presentation: 'popup' }),
  })
  return (await response.json()) as Payment
}

function ordersOf(sandbox: Sandbox, payments: readonly Payment[]) {
  const wanted = new Set(payments.map(({ order }) => order))
  return sandbox
    .orders()
    .filter(({ fields }) => wanted.has(fields.remark ?? fields.description ?? ''))
}

async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { code?: string }).code
}

/** By watching alone, which asks nobody. */
function succeeds(url: string, id: string): Promise<boolean> {
  return until(20_000, async () => {
    const response = await fetch(`${url}/payments/${id}?wait=1&version=1`)
    return ((await response.json()) as Payment).status === 'succeeded'
  })
}
