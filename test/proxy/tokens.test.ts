import { createHmac } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import type { Order } from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { start } from './harness.js'
import { newKey, order } from './requests.js'

const SECRET = 'the-secret-of-the-order-tokens-0123456789'
const OLD_SECRET = 'the-secret-that-was-before-it-0123456789'
const MINUTE = 60
const HOUR = 60 * MINUTE

const now = () => Math.floor(Date.now() / 1000)
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

interface Forgery {
  header?: object
  claims?: object
  secret?: string
  digest?: string
}

/** An order token by hand: RFC 7515 §7.1, so that nothing of ours vouches for itself. */
function token(of: Order, { header, claims, secret = SECRET, digest = 'sha256' }: Forgery = {}) {
  const text = [
    base64url({ alg: 'HS256', typ: 'pay-order+jwt', ...header }),
    base64url({ aud: 'pay-button', iat: now(), exp: now() + HOUR, order: of, ...claims }),
  ].join('.')
  return `${text}.${createHmac(digest, secret).update(text).digest('base64url')}`
}

const startWithTokens = (secret: string | string[] = SECRET) => start({ orders: { secret } })

test('an order is what its token says', async () => {
  const { offer, made } = await startWithTokens()
  const ref = token(order('A-7', '450', { userId: 'u1' }))
  expect(await offer(ref)).toMatchObject({
    order: 'A-7',
    amount: { value: '450', currency: 'TWD' },
    description: 'Tea',
    paid: false,
  })
  const payment = await made({ order: ref, amount: { value: '450', currency: 'TWD' } })
  expect(payment).toMatchObject({ order: 'A-7', status: 'requires_action' })
})

test('tokens of a secret that is going out are still good', async () => {
  const { offer } = await startWithTokens([SECRET, OLD_SECRET])
  for (const secret of [SECRET, OLD_SECRET]) {
    expect(await offer(token(order('A-7'), { secret }))).toMatchObject({ order: 'A-7' })
  }
})

test('a token may name its second with decimals, as some clocks do', async () => {
  const { made } = await startWithTokens()
  const claims = { iat: now() - 0.25, exp: now() + HOUR - 0.5 }
  const body = { order: token(order('A-7'), { claims }) }
  expect(await made(body)).toMatchObject({ order: 'A-7', status: 'requires_action' })
})

test('clocks may differ by a minute', async () => {
  const { offer } = await startWithTokens()
  const claims = { iat: now() - HOUR, exp: now() - MINUTE / 2 }
  expect(await offer(token(order('A-7'), { claims }))).toMatchObject({ order: 'A-7' })
  const early = { iat: now() + MINUTE / 2, exp: now() + HOUR }
  expect(await offer(token(order('A-7'), { claims: early }))).toMatchObject({ order: 'A-7' })
})

test.each<[string, () => string]>([
  ['a plain reference', () => 'A-1'],
  ['a token without signature', () => token(order('A-7')).replace(/[^.]+$/, '')],
  ['a token cut in two', () => token(order('A-7')).split('.').slice(0, 2).join('.')],
  ['another secret', () => token(order('A-7'), { secret: OLD_SECRET })],
  ['another payload', () => changed(token(order('A-7', '300')), { order: order('A-7', '1') })],
  ['another audience', () => token(order('A-7'), { claims: { aud: 'another' } })],
  ['no audience', () => token(order('A-7'), { claims: { aud: undefined } })],
  ['another type', () => token(order('A-7'), { header: { typ: 'JWT' } })],
  ['no type', () => token(order('A-7'), { header: { typ: undefined } })],
  ['no algorithm at all', () => unsigned()],
  ['the algorithm none with a signature', () => token(order('A-7'), { header: { alg: 'none' } })],
  ['another algorithm', () => token(order('A-7'), { header: { alg: 'HS512' }, digest: 'sha512' })],
  ['another algorithm than it says', () => token(order('A-7'), { digest: 'sha512' })],
  ['a critical header nobody knows', () => token(order('A-7'), { header: { crit: ['x'], x: 1 } })],
  ['no end', () => token(order('A-7'), { claims: { exp: undefined } })],
  ['no beginning', () => token(order('A-7'), { claims: { iat: undefined } })],
  ['more than a day', () => token(order('A-7'), { claims: { exp: now() + 24 * HOUR + 1 } })],
  [
    'an end before its beginning',
    () => token(order('A-7'), { claims: { iat: now(), exp: now() - 1 } }),
  ],
  ['a beginning in the future', () => token(order('A-7'), { claims: { iat: now() + 2 * MINUTE } })],
  ['times that are texts', () => token(order('A-7'), { claims: { exp: String(now() + HOUR) } })],
  ['no order', () => token(order('A-7'), { claims: { order: undefined } })],
  ['an order without id', () => token({ ...order('A-7'), id: '' })],
  ['an order whose id is no id', () => token(order('A 7'))],
  ['an order whose id is too long', () => token(order('x'.repeat(65)))],
  [
    'an amount that is a float',
    () => token(JSON.parse('{"id":"A","amount":{"value":3,"currency":"TWD"}}')),
  ],
  ['an amount of nothing', () => token(order('A-7', '0'))],
])('%s is no valid token', async (_, forge) => {
  const { ask, pay } = await startWithTokens()
  const forged = forge()
  await expectProblem(ask(`/orders/${forged}`), 'order-token-invalid')
  await expectProblem(pay({ order: forged }), 'order-token-invalid')
})

test.each<[string, Forgery]>([
  ['over', { claims: { iat: now() - HOUR, exp: now() - 2 * MINUTE } }],
  ['over since days', { claims: { iat: now() - 90 * HOUR, exp: now() - 80 * HOUR } }],
])('a token that is %s is told so', async (_, forgery) => {
  const { ask, pay } = await startWithTokens()
  const ref = token(order('A-7'), forgery)
  await expectProblem(ask(`/orders/${ref}`), 'order-token-expired')
  await expectProblem(pay({ order: ref }), 'order-token-expired')
})

test('a token over and forged is not told that it was good once', async () => {
  const { ask } = await startWithTokens()
  const claims = { iat: now() - HOUR, exp: now() - 2 * MINUTE }
  const ref = token(order('A-7'), { claims, secret: OLD_SECRET })
  await expectProblem(ask(`/orders/${ref}`), 'order-token-invalid')
})

test('a repeated request finds its payment after the token is over', async () => {
  const { made, pay } = await startWithTokens()
  const key = { 'idempotency-key': newKey() }
  const ref = token(order('A-7'))
  const { id } = await made({ order: ref }, key)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * HOUR * 1000 })
  try {
    const again = await pay({ order: ref }, key)
    expect([again.status, await again.json()]).toEqual([200, expect.objectContaining({ id })])
    await expectProblem(pay({ order: ref }), 'order-token-expired')
  } finally {
    vi.useRealTimers()
  }
})

test('another token of the same order is the same request', async () => {
  const { made } = await startWithTokens()
  const key = { 'idempotency-key': newKey() }
  const { id } = await made({ order: token(order('A-7')) }, key)
  const newer = token(order('A-7'), { claims: { iat: now() + 1 } })
  expect(await made({ order: newer }, key)).toMatchObject({ id })
})

test('a token older than the last one paid by does not bring its price back', async () => {
  const { made, pay } = await startWithTokens()
  const cheap = token(order('A-7', '1'), { claims: { iat: now() - MINUTE } })
  const dear = token(order('A-7', '300'), { claims: { iat: now() - MINUTE / 2 } })
  const dearer = token(order('A-7', '400'), { claims: { iat: now() } })
  await made({ order: dear })
  await expectProblem(
    pay({ order: cheap, amount: { value: '1', currency: 'TWD' } }),
    'order-token-expired',
  )
  const olderAlike = token(order('A-7', '300.00'), { claims: { iat: now() - MINUTE } })
  await made({ order: olderAlike })
  await made({ order: dearer, amount: { value: '400', currency: 'TWD' } })
  await expectProblem(pay({ order: dear }), 'order-token-expired')
})

test('a token longer than may be is none', async () => {
  const { ask, pay } = await startWithTokens()
  const long = token(order('A-7', '300', { description: 'x'.repeat(2_000) }))
  expect(long.length).toBeGreaterThan(2_048)
  await expectProblem(ask(`/orders/${long}`), 'order-token-invalid')
  await expectProblem(pay({ order: long }), 'body-invalid')
})

test('where the shop is asked, tokens are not read', async () => {
  const asked: string[] = []
  const { ask } = await start({
    orders: (ref) => {
      asked.push(ref)
      return null
    },
  })
  const ref = token(order('A-7'))
  await expectProblem(ask(`/orders/${ref}`), 'order-not-found')
  expect(asked).toEqual([ref])
})

function changed(ref: string, claims: object): string {
  const [header, payload = '', signature] = ref.split('.')
  const old = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  return [header, base64url({ ...old, ...claims }), signature].join('.')
}

function unsigned(): string {
  return token(order('A-7'), { header: { alg: 'none' } }).replace(/[^.]+$/, '')
}
