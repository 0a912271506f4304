import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { sign } from '../../demo/sandbox/vexora/signature.js'
import type { Payment } from '../../src/contract/payment.js'
import { type Cluster, made, newKey, press, startCluster, tradeNosOf } from './cluster.js'
import type { Program } from './program.js'

const MANY = 60
const newFile = () => `sqlite:${join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')}`

const kinds: [string, () => Promise<Cluster>][] = [
  ['three programs on Postgres', () => startCluster({ size: 3, ipLimits: '10/3' })],
  [
    'one program on SQLite',
    () => startCluster({ size: 1, ipLimits: '10/3', databaseUrl: newFile() }),
  ],
]

describe.each(kinds)('%s', (_, start) => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await start()
  })

  /** The programs take turns. */
  const at = (index: number) => cluster.programs[index % cluster.programs.length] as Program
  const pressMany = (purchase: (index: number) => Parameters<typeof press>[1]) =>
    Promise.all(Array.from({ length: MANY }, (_, index) => press(at(index), purchase(index))))

  test(`${MANY} presses with one key are one payment, one call and one slot`, async () => {
    const { sandbox } = cluster
    const key = newKey()
    const before = sandbox.calls('checkout')
    const answers = await pressMany(() => ({ order: 'K', key, ip: '203.0.113.10' }))
    const statuses = answers.map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(MANY - 1).fill(200), 201])
    const payments = (await Promise.all(answers.map((each) => each.json()))) as Payment[]
    const [{ now: _, ...payment }] = payments as [Payment]
    for (const each of payments) expect(each).toMatchObject(payment)
    expect(payment.status).toBe('requires_action')
    expect(sandbox.calls('checkout') - before).toBe(1)
    // One of the ten of its day is used.
    const more = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        press(at(index), { order: `K-${index}`, ip: '203.0.113.10' }),
      ),
    )
    expect(more.filter(({ status }) => status === 201)).toHaveLength(9)
  })

  test(`${MANY} presses from one address are exactly ten payments`, async () => {
    const { sandbox } = cluster
    const before = sandbox.calls('checkout')
    const answers = await pressMany((index) => ({ order: `A-${index}`, ip: '203.0.113.20' }))
    const count = (status: number) => answers.filter((each) => each.status === status).length
    expect([count(201), count(429)]).toEqual([10, MANY - 10])
    expect(sandbox.calls('checkout') - before).toBe(10)
    expect(sandbox.orders().filter(({ fields }) => fields.remark?.startsWith('A-'))).toHaveLength(
      10,
    )
    for (const answer of answers.filter(({ status }) => status === 429)) {
      expect(await answer.json()).toMatchObject({ code: 'payer-ip-limit', limit: 'payments' })
    }
  })

  test('two successes of an order at one moment are a first one and a duplicate', async () => {
    const { sandbox, shop } = cluster
    const notify = (program: Program, tradeNo: string) => {
      const message = { tradeNo, amount: '300', status: '0000' }
      const body = { ...message, sign: sign(message, sandbox.vexoraTaiwan.appSecret) }
      return fetch(`${program.url}/notifications/vexora-taiwan`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    }
    const orders = Array.from({ length: 15 }, (_, index) => `D-${index}`)
    for (const [index, order] of orders.entries()) {
      const ip = `198.51.100.${index}`
      await made(at(0), { order, ip })
      await made(at(1), { order, ip })
    }
    const told = await Promise.all(
      orders.flatMap((order) =>
        tradeNosOf(sandbox, order).map((tradeNo, index) => notify(at(index + 1), tradeNo)),
      ),
    )
    expect(told.map(({ status }) => status)).toEqual(Array(2 * orders.length).fill(200))
    const eventsOf = (order: string) =>
      shop.heard.filter(({ data }) => data.payment.order === order).map(({ type }) => type)
    for (const order of orders) {
      await expect
        .poll(() => eventsOf(order).sort())
        .toEqual(['payment.duplicate', 'payment.succeeded'])
    }
    const payments = (await cluster.payments()).filter((each) => orders.includes(each.order))
    for (const order of orders) {
      const ends = payments.filter((each) => each.order === order)
      expect(ends.map(({ status }) => status)).toEqual(['succeeded', 'succeeded'])
      expect(ends.map(({ reason }) => reason ?? 'first').sort()).toEqual(['duplicate', 'first'])
    }
  })
})
