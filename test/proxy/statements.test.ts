import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import {
  createPayProxy,
  type Database,
  type PayProxyOptions,
  signOrder,
  type VexoraTaiwanOptions,
  vexora,
} from '../../src/proxy/index.js'
import { API_KEY, lastOrder, SECRET, signed } from './harness.js'
import { closeAfterTest, createClock } from './lifecycle.js'
import { create, order, SHOP } from './requests.js'
import { openStore } from './store.js'
import { passedOn } from './wrapped-store.js'

interface Asked {
  reads: number
  commits: number
  statements: number
}

interface Counted {
  ipLimits?: VexoraTaiwanOptions['ipLimits'] | undefined
  orders?: PayProxyOptions['orders']
}

/** A proxy that tells what one request asks of its database; what runs beside it is not counted. */
async function counted({ ipLimits, orders = (ref) => order(ref) }: Counted = {}) {
  const request = new AsyncLocalStorage<Asked>()
  const count = (name: keyof Asked, more = 1) => {
    const asked = request.getStore()
    if (asked) asked[name] += more
  }
  const database = await openStore(createClock())
  const store: Database = {
    ...passedOn(database),
    read: (...query) => {
      count('reads')
      return database.read(...query)
    },
    first: (...query) => {
      count('reads')
      return database.first(...query)
    },
    write: (statements) => {
      count('commits')
      count('statements', statements.length)
      return database.write(statements)
    },
  }
  const sandbox = await startSandbox({ port: 0 })
  const pay = createPayProxy({
    mode: 'test',
    publicUrl: 'http://127.0.0.1:1/pay',
    origins: [SHOP],
    secret: SECRET,
    apiKey: API_KEY,
    orders,
    providers: [vexora.taiwan({ ...sandbox.vexoraTaiwan, ...(ipLimits ? { ipLimits } : {}) })],
    store,
    clientIp: () => '203.0.113.9',
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
  closeAfterTest(async () => {
    await pay.close()
    await sandbox.close()
  })
  /** The answer, and all that was asked before it was given. */
  const ask = async (path: string, init?: RequestInit) => {
    const asked: Asked = { reads: 0, commits: 0, statements: 0 }
    const response = await request.run(asked, () =>
      pay.fetch(new Request(`http://127.0.0.1:1/pay${path}`, init)),
    )
    return { asked: { ...asked }, response }
  }
  await ask('/readyz')
  const sweep = async () => {
    const asked: Asked = { reads: 0, commits: 0, statements: 0 }
    await request.run(asked, () => pay.sweep())
    return asked
  }
  return { ask, sandbox, sweep, database }
}

/** The provider's word that the payment it was asked for last is made. */
function success(sandbox: Sandbox): RequestInit {
  const { tradeNo, providerReference } = lastOrder(sandbox)
  const words = { tradeNo, platFormTradeNo: providerReference, amount: '300', status: '0000' }
  const headers = { 'content-type': 'application/json' }
  return { method: 'POST', headers, body: signed(words, sandbox) }
}

test.each([
  { ipLimits: 'off' as const, made: 5, settled: 4 },
  { ipLimits: undefined, made: 6, settled: 5 },
])('what a payment costs with limits $ipLimits', async ({ ipLimits, made, settled }) => {
  const { ask, sandbox } = await counted({ ipLimits })
  const creation = await ask('/payments', create())
  expect(creation.response.status).toBe(201)
  expect(creation.asked).toEqual({ reads: 1, commits: 3, statements: made })
  expect([sandbox.calls('checkout'), sandbox.calls('query')]).toEqual([1, 0])

  const { id, version } = (await creation.response.json()) as Payment
  expect((await ask(`/payments/${id}`)).asked).toEqual({ reads: 1, commits: 0, statements: 0 })
  const watched = await ask(`/payments/${id}?wait=1&version=${version - 1}`)
  expect(watched.asked).toEqual({ reads: 1, commits: 0, statements: 0 })

  const notification = await ask('/notifications/vexora-taiwan', success(sandbox))
  expect(notification.response.status).toBe(200)
  expect(notification.asked).toEqual({ reads: 1, commits: 1, statements: settled })
  expect(sandbox.calls('checkout')).toBe(1)
})

test('a payment of an order token costs no look', async () => {
  const secret = 'the-secret-of-the-shops-orders-0123456789'
  const { ask } = await counted({ ipLimits: 'off', orders: { secret } })
  for (const _ of ['the first', 'another one of the order']) {
    const creation = await ask(
      '/payments',
      create({ order: await signOrder(order('A-1'), secret) }),
    )
    expect(creation.response.status).toBe(201)
    expect(creation.asked).toEqual({ reads: 0, commits: 3, statements: 5 })
  }
})

test('a shop that wants to hear of nothing is owed nothing', async () => {
  const { ask, sandbox, sweep, database } = await counted()
  await ask('/payments', create())
  const before = await sweep()
  const notification = await ask('/notifications/vexora-taiwan', success(sandbox))
  expect(notification.response.status).toBe(200)
  await sweep()
  const [row] = await database.read(
    'SELECT debt_version, debt_at, debt_lease_until FROM payments WHERE debt_type IS NOT NULL',
  )
  expect(row).toEqual({ debt_version: null, debt_at: null, debt_lease_until: null })
  expect(await sweep()).toEqual(before)
})

test('an offer and the shop’s list are one read each', async () => {
  const { ask } = await counted()
  const once = { reads: 1, commits: 0, statements: 0 }
  expect((await ask('/orders/A-1')).asked).toEqual(once)
  const headers = { authorization: `Bearer ${API_KEY}` }
  const list = await ask('/payments', { headers })
  expect(list.response.status).toBe(200)
  expect(list.asked).toEqual(once)
})
