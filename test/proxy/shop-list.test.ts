import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { expectProblem } from './expect-problem.js'
import { API_KEY, type Harness, lastOrder, NO_IP_LIMITS, start } from './harness.js'
import { order, SHOP } from './requests.js'

interface Page {
  payments: Payment[]
  next?: string
}

async function list({ ask }: Pick<Harness, 'ask'>, query = ''): Promise<Page> {
  const response = await ask(`/payments${query}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  })
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  return (await response.json()) as Page
}

test('a shop without payments has an empty list', async () => {
  expect(await list(await start())).toEqual({ payments: [] })
})

test('the newest payment comes first, as everybody sees it', async () => {
  const harness = await start()
  const first = await harness.made()
  const second = await harness.made()
  const { payments } = await list(harness)
  expect(payments.map(({ id }) => id)).toEqual([second.id, first.id])
  const { now: _, ...payment } = second
  expect(payments[0]).toMatchObject(payment)
  expect(JSON.stringify(payments)).not.toMatch(/小明|0912345678|payer@example|0358988888888/)
})

test('by order, by status, and by both', async () => {
  const harness = await start()
  const { made, orders, sandbox } = harness
  orders.set('A-2', order('A-2'))
  const waiting = await made()
  const paid = await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  const other = await made({ order: 'A-2' })
  const ids = async (query: string) => (await list(harness, query)).payments.map(({ id }) => id)
  expect(await ids('?order=A-1')).toEqual([paid.id, waiting.id])
  expect(await ids('?order=A-2')).toEqual([other.id])
  expect(await ids('?order=A-3')).toEqual([])
  expect(await ids('?status=succeeded')).toEqual([paid.id])
  expect(await ids('?status=requires_action&order=A-1')).toEqual([waiting.id])
  expect(await ids('?status=requires_action')).toEqual([other.id, waiting.id])
})

test('processing is whatever reads so to the button', async () => {
  const harness = await start()
  harness.sandbox.fault({ endpoint: 'checkout', kind: 'empty' })
  const { id } = await harness.made()
  const { payments } = await list(harness, '?status=processing')
  expect(payments).toMatchObject([{ id, status: 'processing' }])
})

test('a long list comes by the hundred, each payment once', async () => {
  const harness = await start(NO_IP_LIMITS)
  const made: string[] = []
  for (let at = 0; at < 205; at += 1) {
    harness.orders.set(`B-${at}`, order(`B-${at}`))
    made.push((await harness.made({ order: `B-${at}` })).id)
  }
  const pages: string[][] = []
  let next: string | undefined = ''
  while (next !== undefined) {
    const page: Page = await list(harness, next === '' ? '' : `?cursor=${encodeURIComponent(next)}`)
    pages.push(page.payments.map(({ id }) => id))
    next = page.next
  }
  expect(pages.map(({ length }) => length)).toEqual([100, 100, 5])
  expect(pages.flat()).toEqual(made.reverse())
})

test('a page of exactly a hundred is the last one', async () => {
  const harness = await start(NO_IP_LIMITS)
  for (let at = 0; at < 100; at += 1) {
    harness.orders.set(`B-${at}`, order(`B-${at}`))
    await harness.made({ order: `B-${at}` })
  }
  const page = await list(harness)
  expect(page.payments).toHaveLength(100)
  expect(page).not.toHaveProperty('next')
})

test.each<[string, Record<string, string>]>([
  ['no key', {}],
  ['a wrong key', { authorization: 'Bearer wrong' }],
  ['a key that is almost right', { authorization: `Bearer ${API_KEY}x` }],
  ['a beginning of the key', { authorization: `Bearer ${API_KEY.slice(0, -1)}` }],
  ['an empty key', { authorization: 'Bearer ' }],
  ['another scheme', { authorization: `Basic ${API_KEY}` }],
  ['the key as a page', { origin: SHOP }],
])('%s', async (_, headers) => {
  const { ask } = await start()
  await expectProblem(ask('/payments?order=A-1', { headers }), 'unauthorized')
})

test('a shop without key has no list', async () => {
  const { ask } = await start({ apiKey: null })
  await expectProblem(ask('/payments', { headers: { authorization: 'Bearer ' } }), 'unauthorized')
})

test('keys that are going out are still good', async () => {
  const keys = ['a-new-api-key-of-32-bytes-or-more-012345', API_KEY]
  expect(await list(await start({ apiKey: keys }))).toEqual({ payments: [] })
})

test.each(['?status=paid', '?status=submitting', `?order=${'x'.repeat(100)}`])(
  'a filter that means nothing, %s, is told so',
  async (query) => {
    const { ask } = await start()
    const headers = { authorization: `Bearer ${API_KEY}` }
    await expectProblem(ask(`/payments${query}`, { headers }), 'body-invalid')
  },
)
