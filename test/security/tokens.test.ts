import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { signOrder } from '../../src/proxy/index.js'
import { expectProblem } from '../proxy/expect-problem.js'
import { API_KEY, SECRET, start } from '../proxy/harness.js'
import { newKey, order } from '../proxy/requests.js'

const ORDER_SECRET = 'the-secret-of-the-order-tokens-0123456789'
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

const now = () => Math.floor(Date.now() / 1000)
const encode = (text: string) => Buffer.from(text).toString('base64url')
const json = (value: object) => encode(JSON.stringify(value))
const hmac = (text: string, secret: string) =>
  createHmac('sha256', secret).update(text).digest('base64url')

const HEADER = { alg: 'HS256', typ: 'pay-order+jwt' }
const claims = (more: object = {}) => ({
  aud: 'pay-button',
  iat: now(),
  exp: now() + 3600,
  order: order('A-7'),
  ...more,
})

/** A token whose every part is the forger's, signed as a forger can. */
function forge(header: object, payload = json(claims()), secret = ORDER_SECRET): string {
  const text = `${json(header)}.${payload}`
  return `${text}.${hmac(text, secret)}`
}

const good = () => forge(HEADER)
const parts = (token: string) => token.split('.') as [string, string, string]

/** Base64url whose last character says more bits than a byte has: another text, the same bytes. */
function sameBytesInOtherWords(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(signature.at(-1) ?? 'A')
  return signature.slice(0, -1) + alphabet[last ^ 1]
}

const jwk = publicKey.export({ format: 'jwk' })
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()

test.each<[string, () => string]>([
  ...['none', 'None', 'NONE', 'nOnE', ''].map((alg): [string, () => string] => [
    `the algorithm ${alg || 'of no name'}`,
    () => `${json({ ...HEADER, alg })}.${json(claims())}.`,
  ]),
  [
    'RS256 of a key of its own',
    () => {
      const text = `${json({ ...HEADER, alg: 'RS256', jwk })}.${json(claims())}`
      return `${text}.${signBytes('RSA-SHA256', Buffer.from(text), privateKey).toString('base64url')}`
    },
  ],
  ['HS256 with a public key for a secret', () => forge(HEADER, json(claims()), pem)],
  [
    'its key in the header',
    () => forge({ ...HEADER, jwk: { kty: 'oct', k: 'AA' } }, undefined, '\0'),
  ],
  [
    'the address of its keys',
    () => forge({ ...HEADER, jku: 'https://evil.example/k' }, undefined, 'x'),
  ],
  ['the path of its key', () => forge({ ...HEADER, kid: '../../../dev/null' }, undefined, '\0')],
  ['an empty secret', () => forge(HEADER, undefined, '')],
  ['the secret of our own hashes', () => forge(HEADER, undefined, SECRET)],
  ['the API key for a secret', () => forge(HEADER, undefined, API_KEY)],
  ['a critical header', () => forge({ ...HEADER, crit: ['exp'], exp: 1 })],
  ['an unencoded payload', () => forge({ ...HEADER, crit: ['b64'], b64: false })],
  ['a token inside of it', () => forge({ ...HEADER, cty: 'JWT' }, encode(good()))],
  ['five parts', () => `${good()}.x.y`],
  ['four parts', () => `${good()}.`],
  ['an empty header', () => good().replace(/^[^.]+/, '')],
  ['a header that is a list', () => `${json([])}.${parts(good()).slice(1).join('.')}`],
  ['a claim that is no JSON', () => forge(HEADER, encode('{"aud":"pay-button",'))],
  ['a payload that is a list', () => forge(HEADER, json([claims()]))],
  ['a signature with padding', () => `${good()}=`],
  ['white space at its end', () => `${good()}%20`],
  ['a signature that is cut', () => good().slice(0, -4)],
  ['a type of another token', () => forge({ ...HEADER, typ: 'at+jwt' })],
  ['an audience that only holds ours', () => forge(HEADER, json(claims({ aud: 'pay-button2' })))],
  ['a time beyond all numbers', () => forge(HEADER, json(claims({ exp: 1e308 })))],
  [
    'an order by inheritance',
    () => forge(HEADER, json(claims({ order: { ['__proto__']: order('A-7') } }))),
  ],
])('%s makes no token', async (_, token) => {
  const { ask, pay, sandbox } = await start({ orders: { secret: ORDER_SECRET } })
  await expectProblem(ask(`/orders/${token()}`), 'order-token-invalid')
  await expectProblem(pay({ order: decodeURIComponent(token()) }), 'order-token-invalid')
  expect(sandbox.calls('checkout')).toBe(0)
})

test('of a claim that is told twice the last one counts, for the check and for the use', async () => {
  const { ask, offer } = await start({ orders: { secret: ORDER_SECRET } })
  const twice = (first: object, last: object) =>
    forge(
      HEADER,
      encode(
        `{"order":${JSON.stringify(first)},${JSON.stringify(claims({ order: last })).slice(1)}`,
      ),
    )
  expect(await offer(twice(order('A-7', '1'), order('A-7', '300')))).toMatchObject({
    amount: { value: '300' },
  })
  await expectProblem(ask(`/orders/${twice(order('A-7'), order('A 7'))}`), 'order-token-invalid')
})

test('a signature in other words is the same token: nothing it says can differ', async () => {
  const { made } = await start({ orders: { secret: ORDER_SECRET } })
  const key = { 'idempotency-key': newKey() }
  const token = good()
  const { id } = await made({ order: token }, key)
  const alike = token.replace(/[^.]+$/, sameBytesInOtherWords)
  expect(alike).not.toBe(token)
  expect(await made({ order: alike }, key)).toMatchObject({ id })
})

test('one kind of secret opens no other door', async () => {
  const { ask, made } = await start({ orders: { secret: ORDER_SECRET } })
  const token = await signOrder(order('A-7'), ORDER_SECRET)
  const { id } = await made({ order: token })
  const keys = [token, parts(token)[2], ORDER_SECRET, SECRET, id, `${API_KEY} `.repeat(2), '']
  for (const key of keys) {
    const headers = { authorization: `Bearer ${key}` }
    await expectProblem(ask('/payments', { headers }), 'unauthorized')
  }
  for (const authorization of [API_KEY, `Basic ${API_KEY}`, `Bearer${API_KEY}`, 'Bearer null']) {
    await expectProblem(ask('/payments', { headers: { authorization } }), 'unauthorized')
  }
  await expectProblem(ask(`/payments?api_key=${API_KEY}`), 'unauthorized')
  const known = await ask('/payments', { headers: { authorization: `Bearer ${API_KEY}` } })
  expect(known.status).toBe(200)
})
