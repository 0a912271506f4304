import { expect, test } from 'vitest'
import { type Database, sqlite } from '../../src/proxy/index.js'
import { API_KEY, lastOrder, NO_IP_LIMITS, start } from '../proxy/harness.js'
import { order } from '../proxy/requests.js'
import { passedOn } from '../proxy/wrapped-store.js'

/** What a store was asked. Each write is one commit. */
interface Asked {
  reads: number
  commits: number
  statements: number
}

/** Whatever else happens meanwhile only adds to it, so the least of several is what a request asks. */
const TIMES = 5

/** The proxy on a store that counts, and what one piece of its work asks of it. */
async function counting() {
  const database = sqlite(':memory:')
  const asked: Asked = { reads: 0, commits: 0, statements: 0 }
  const store: Database = {
    ...passedOn(database),
    read(...query) {
      asked.reads += 1
      return database.read(...query)
    },
    write(statements) {
      asked.commits += 1
      asked.statements += statements.length
      return database.write(statements)
    },
  }
  const proxy = await start({ ...NO_IP_LIMITS, store })
  for (let number = 1; number <= TIMES; number += 1) {
    proxy.orders.set(`C-${number}`, order(`C-${number}`))
  }
  const leastOf = async (prepare: (number: number) => Promise<() => Promise<unknown>>) => {
    const all: Asked[] = []
    for (let number = 1; number <= TIMES; number += 1) {
      const work = await prepare(number)
      const before = { ...asked }
      await work()
      all.push({
        reads: asked.reads - before.reads,
        commits: asked.commits - before.commits,
        statements: asked.statements - before.statements,
      })
    }
    const least = (what: keyof Asked) => Math.min(...all.map((each) => each[what]))
    return { reads: least('reads'), commits: least('commits'), statements: least('statements') }
  }
  return { ...proxy, leastOf }
}

function expectAtMost(asked: Asked, most: Asked): void {
  for (const what of ['reads', 'commits', 'statements'] as const) {
    expect(asked[what], what).toBeLessThanOrEqual(most[what])
  }
}

test('a checkout commits before its call and after it, and calls its provider once', async () => {
  const { leastOf, made, sandbox } = await counting()
  const asked = await leastOf(async (number) => () => made({ order: `C-${number}` }))
  expectAtMost(asked, { reads: 3, commits: 3, statements: 6 })
  expect(asked.commits).toBeGreaterThanOrEqual(2)
  expect(sandbox.calls('checkout')).toBe(TIMES)
  expect(sandbox.calls('query')).toBe(0)
})

test('a notification that settles a payment is one read and one commit', async () => {
  const { leastOf, made, notify, sandbox } = await counting()
  const asked = await leastOf(async (number) => {
    await made({ order: `C-${number}` })
    const { tradeNo, providerReference } = lastOrder(sandbox)
    const paid = {
      tradeNo,
      platFormTradeNo: providerReference,
      amount: '300',
      status: '0000',
      timestamp: String(Date.now()),
    }
    return async () => expect((await notify(paid)).status).toBe(200)
  })
  expectAtMost(asked, { reads: 1, commits: 1, statements: 5 })
  expect(asked.commits).toBe(1)
})

test('who watches a payment costs one read each time, and never a call', async () => {
  const { leastOf, made, watch, sandbox } = await counting()
  const { id } = await made({ order: 'C-1' })
  const asked = await leastOf(async () => () => watch(id))
  expectAtMost(asked, { reads: 1, commits: 0, statements: 0 })
  expect(asked.reads).toBe(1)
  expect(sandbox.calls('query')).toBe(0)
})

test('an offer and the shop’s list are one read each', async () => {
  const { leastOf, offer, ask } = await counting()
  expectAtMost(await leastOf(async (number) => () => offer(`C-${number}`)), {
    reads: 1,
    commits: 0,
    statements: 0,
  })
  const headers = { authorization: `Bearer ${API_KEY}` }
  expectAtMost(await leastOf(async () => () => ask('/payments', { headers })), {
    reads: 1,
    commits: 0,
    statements: 0,
  })
})
