import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { jwtVerify, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { readOrderToken, signOrder } from './token.js'

/*
 * Held against jose, which shares no code with ours: what one signs the other reads, and of
 * whatever else comes both say the same.
 */

const SECRET = 'the-secret-of-the-order-tokens-0123456789'
const OTHER = 'the-secret-of-somebody-else-0123456789012'
const NOW = 1_790_000_000
const ORDER = { id: 'A-7', amount: { value: '300', currency: 'TWD' } }

const key = (secret: string) => new TextEncoder().encode(secret)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function forge(header: unknown, claims: unknown, secret = SECRET, digest = 'sha256'): string {
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${createHmac(digest, secret).update(signed).digest('base64url')}`
}

/** What jose says of a token, and of a good one the rules that are the shop's and not of RFC 7519. */
async function verdictOfJose(token: string): Promise<'good' | 'over' | 'none'> {
  const claims = await jwtVerify(token, key(SECRET), {
    algorithms: ['HS256'],
    typ: 'pay-order+jwt',
    audience: 'pay-button',
    requiredClaims: ['iat', 'exp'],
    clockTolerance: 60,
    currentDate: new Date(NOW * 1000),
  }).then(
    ({ payload }) => ({ ...payload, over: false }),
    (error) => (error.code === 'ERR_JWT_EXPIRED' ? { ...error.payload, over: true } : undefined),
  )
  if (!claims) return 'none'
  const { iat, exp, over } = claims as { iat: number; exp: number; over: boolean }
  if (iat > NOW + 60 || exp <= iat || exp - iat > 86_400) return 'none'
  return over ? 'over' : 'good'
}

function verdict(token: string): 'good' | 'over' | 'none' {
  const read = readOrderToken(token, [SECRET], NOW * 1000)
  if (!read) return 'none'
  return read.expired ? 'over' : 'good'
}

/** Expects the same verdict of every token; how often each was given. */
async function compare(tokens: fc.Arbitrary<string>, runs: { numRuns: number; seed: number }) {
  const seen = { good: 0, over: 0, none: 0 }
  const isSame = fc.asyncProperty(tokens, async (token) => {
    const said = await verdictOfJose(token)
    seen[said] += 1
    expect(verdict(token)).toBe(said)
  })
  await fc.assert(isSame, runs)
  return seen
}

const around = (...times: number[]) =>
  fc.oneof(...times.map((time) => fc.integer({ min: time - 2, max: time + 2 })))
const good = { aud: 'pay-button', iat: NOW, exp: NOW + 600, order: ORDER }
/** Good ones, some of which are another's or left out. */
const claimsOf = fc
  .record(
    {
      aud: fc.constantFrom<unknown>(
        'pay-button2',
        '',
        ['pay-button'],
        ['another', 'pay-button'],
        ['another'],
        [],
        7,
        null,
        undefined,
      ),
      iat: fc.oneof(
        around(NOW, NOW + 60, NOW - 3_600, NOW - 86_400),
        fc.constantFrom<unknown>('1', null, undefined, 1.5),
      ),
      exp: fc.oneof(
        around(NOW, NOW - 60, NOW + 60, NOW + 86_400),
        fc.constantFrom<unknown>(String(NOW + 60), null, undefined, 1e308),
      ),
      nbf: fc.oneof(around(NOW, NOW + 60), fc.constantFrom<unknown>('soon', null)),
    },
    { requiredKeys: [] },
  )
  .map((others) => ({ ...good, ...others }))
const header = { alg: 'HS256', typ: 'pay-order+jwt' }
/** jose also knows what a critical `b64` means (RFC 7797); to us it is one that nobody knows. */
const headerOf = fc
  .record(
    {
      alg: fc.constantFrom<unknown>('hs256', 'HS512', 'none', '', 256, null, undefined),
      typ: fc.constantFrom<unknown>(
        'PAY-ORDER+JWT',
        'application/pay-order+jwt',
        'application/application/pay-order+jwt',
        'JWT',
        '',
        7,
        undefined,
      ),
      crit: fc.constantFrom<unknown>(['exp'], [], 'exp', null, undefined),
      b64: fc.boolean(),
      kid: fc.string(),
    },
    { requiredKeys: [] },
  )
  .map((others) => ({ ...header, ...others }))

describe('an order token', () => {
  it('that we sign is read by jose', async () => {
    const token = await signOrder(ORDER, SECRET, 600)
    const { payload, protectedHeader } = await jwtVerify(token, key(SECRET))
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'pay-order+jwt' })
    expect(payload).toEqual({
      aud: 'pay-button',
      iat: expect.any(Number),
      exp: Number(payload.iat) + 600,
      order: ORDER,
    })
    await expect(jwtVerify(token, key(OTHER))).rejects.toThrow('signature verification failed')
  })

  it('that jose signs is read by us', async () => {
    const token = await new SignJWT({ order: ORDER })
      .setProtectedHeader({ alg: 'HS256', typ: 'pay-order+jwt' })
      .setAudience(['another', 'pay-button'])
      .setIssuedAt(NOW)
      .setExpirationTime(NOW + 600)
      .sign(key(SECRET))
    const read = { order: ORDER, issuedAt: NOW, expired: false }
    expect(readOrderToken(token, [OTHER, SECRET], NOW * 1000)).toEqual(read)
    expect(readOrderToken(token, [OTHER], NOW * 1000)).toBeUndefined()
  })

  it('was issued in a whole second, whatever its clock has of one', () => {
    const token = forge(header, { ...good, iat: NOW + 0.75, exp: NOW + 600.5 })
    expect(readOrderToken(token, [SECRET], NOW * 1000)?.issuedAt).toBe(NOW)
  })

  it('with any claims is the same to both', { timeout: 120_000 }, async () => {
    const seen = await compare(
      claimsOf.map((claims) => forge(header, claims)),
      { numRuns: 4_000, seed: 1 },
    )
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5)
  })

  it('with any header is the same to both', { timeout: 120_000 }, async () => {
    const seen = await compare(
      headerOf.map((other) => forge(other, good)),
      { numRuns: 2_000, seed: 2 },
    )
    expect(seen.good).toBeGreaterThan(20)
    expect(seen.none).toBeGreaterThan(20)
  })

  it('with one character changed anywhere is the same to both', async () => {
    const token = forge(header, good)
    for (let place = 0; place < token.length; place += 1) {
      const letter = token[place] === 'A' ? 'B' : 'A'
      const changed = `${token.slice(0, place)}${letter}${token.slice(place + 1)}`
      expect(verdict(changed)).toBe(await verdictOfJose(changed))
    }
  })
})
