import { beforeEach, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/index.js'
import { OrderBook } from '../order-book.js'
import { playgroundRoutes } from './routes.js'
import type { Stage } from './stage.js'

/** What the sandbox has been told and still has to do. */
let waiting: Fault[]
let book: OrderBook

beforeEach(() => {
  waiting = []
  book = new OrderBook()
})

const stage: Stage = {
  url: 'http://127.0.0.1:1',
  counterUrl: 'http://127.0.0.1:1/counter',
  settle: async () => undefined,
  onOrder: () => () => undefined,
  fault(fault) {
    waiting.push(fault)
    return () => {
      waiting = waiting.filter((other) => other !== fault)
    }
  },
}

function post(path: string, body: object, { type = 'application/json', hasSandbox = true } = {}) {
  const settings = {
    payUrl: 'https://pay.shop.example/pay',
    signOrder: async () => 'token',
    webhookSecret: '',
    sandboxed: true,
  }
  const sandbox = hasSandbox ? stage : undefined
  const routes = playgroundRoutes(settings, { sandbox, signEndedOrder: () => 'ended' }, book)
  const headers = { 'content-type': type }
  return routes.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
}

it('tells the sandbox what the provider of the currency can do, and nothing else', async () => {
  const answers = await Promise.all([
    post('/direction', { currency: 'IDR', answer: 'slow', notification: 'twice' }),
    post('/direction', { currency: 'IDR', payer: 'part', answer: 'link' }),
    post('/direction', { currency: 'HKD', answer: 'constructor', notification: 'forged' }),
    post('/direction', { currency: 'EUR', answer: 'slow' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 204])
  expect(waiting).toEqual([
    { endpoint: 'code', kind: 'delay', ms: 6_000 },
    { endpoint: 'notification', kind: 'duplicate' },
  ])
})

it('takes no direction from a form of another site, nor where there is no sandbox', async () => {
  const direction = { currency: 'TWD', answer: 'slow' }
  const answers = [
    await post('/direction', direction, { type: 'text/plain' }),
    await post('/direction', direction, { hasSandbox: false }),
    await post('/direction', { ...direction, answer: 'x'.repeat(21) }),
    await post('/direction', { ...direction, more: 'x'.repeat(4_000) }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 413])
  expect(waiting).toEqual([])
})

it.each([
  ['0.50', 'USD', 201, '0.50'],
  ['300', 'EUR', 201, '300'],
  ['1.234', 'TWD', 400, undefined],
  ['-1', 'TWD', 400, undefined],
  ['1', 'XXX', 400, undefined],
])('places an order of %s %s: %i', async (amount, currency, status, value) => {
  const answer = await post('/orders', { amount, currency, kind: 'open' })
  expect(answer.status).toBe(status)
  if (value === undefined) return
  const { id } = await answer.json()
  expect(book.find(id)?.price).toEqual({ value, currency })
})
