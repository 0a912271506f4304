import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import { type Order, type OrderToken, orderSchema } from './order.js'

const TYPE = 'pay-order+jwt'
const AUDIENCE = 'pay-button'
/** Seconds. */
const LONGEST = 24 * 60 * 60
const SKEW = 60

/** Of any reference to an order; a token is the longest kind. */
export const LONGEST_REFERENCE = 2048

/** RFC 7515 §7.1; a library's Base64 may also take padding and white space. */
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/

const claimsSchema = z.object({
  iat: z.number(),
  exp: z.number(),
  order: orderSchema.omit({ paid: true }),
})

/**
 * An order token: compact JWS, HS256. The page can read it, so it holds no secret; it cannot
 * change it.
 *
 * @param secret 32 bytes or more, shared with the proxy (`PAY_ORDER_SECRET`).
 * @param expiresIn seconds, 24 hours at most.
 */
export async function signOrder(
  order: Order,
  secret: string,
  expiresIn = LONGEST,
): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1000)
  return new SignJWT({ order })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + Math.min(expiresIn, LONGEST))
    .sign(keyOf(secret))
}

/**
 * Verifies a token against each secret in turn; algorithm, type and audience are ours, never the
 * token's. One that is over is told from one that is not valid: a repeated request may still name
 * it.
 *
 * @param now milliseconds since the epoch.
 * @returns `undefined` for whatever is not a valid token.
 */
export async function readOrderToken(
  token: string,
  secrets: readonly string[],
  now = Date.now(),
): Promise<OrderToken | undefined> {
  if (token.length > LONGEST_REFERENCE || !COMPACT.test(token)) return undefined
  for (const secret of secrets) {
    const verified = await verifyWith(token, secret, now)
    if (verified) return readClaims(verified, now)
  }
  return undefined
}

interface Verified {
  payload: JWTPayload
  expired: boolean
}

async function verifyWith(
  token: string,
  secret: string,
  now: number,
): Promise<Verified | undefined> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: ['HS256'],
      typ: TYPE,
      audience: AUDIENCE,
      requiredClaims: ['iat', 'exp'],
      clockTolerance: SKEW,
      currentDate: new Date(now),
    })
    return { payload, expired: false }
  } catch (error) {
    // Thrown last of all checks, so that everything else about the token was right.
    if (error instanceof errors.JWTExpired) return { payload: error.payload, expired: true }
    return undefined
  }
}

function readClaims({ payload, expired }: Verified, now: number): OrderToken | undefined {
  const claims = claimsSchema.safeParse(payload)
  if (!claims.success) return undefined
  const { iat, exp, order } = claims.data
  const isFromTheFuture = iat > now / 1000 + SKEW
  if (isFromTheFuture || exp <= iat || exp - iat > LONGEST) return undefined
  return { order, issuedAt: iat, expired }
}

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret)
}
