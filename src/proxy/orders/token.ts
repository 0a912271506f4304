import * as z from 'zod'
import { signCompact, verifyCompact } from './jws.js'
import { type Order, type OrderToken, orderSchema } from './order.js'

const TYPE = 'pay-order+jwt'
const AUDIENCE = 'pay-button'
/** Seconds. */
const LONGEST = 24 * 60 * 60
const SKEW = 60

/** Of any reference to an order; a token is the longest kind. */
export const LONGEST_REFERENCE = 2048

const claimsSchema = z.object({
  aud: z.union([z.literal(AUDIENCE), z.array(z.string()).refine((all) => all.includes(AUDIENCE))]),
  iat: z.number(),
  exp: z.number(),
  nbf: z.number().optional(),
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
  const iat = Math.floor(Date.now() / 1000)
  const exp = iat + Math.min(expiresIn, LONGEST)
  return signCompact(TYPE, { order, aud: AUDIENCE, iat, exp }, secret)
}

/**
 * Verifies a token against each secret in turn; algorithm, type and audience are ours, never the
 * token's. One that is over is told from one that is not valid: a repeated request may still name
 * it.
 *
 * @param now milliseconds since the epoch.
 * @returns `undefined` for whatever is not a valid token.
 */
export function readOrderToken(
  token: string,
  secrets: readonly string[],
  now = Date.now(),
): OrderToken | undefined {
  if (token.length > LONGEST_REFERENCE) return undefined
  for (const secret of secrets) {
    const claims = verifyCompact(token, TYPE, secret)
    if (claims !== undefined) return readClaims(claims, now / 1000)
  }
  return undefined
}

/** @param now seconds since the epoch. */
function readClaims(said: unknown, now: number): OrderToken | undefined {
  const claims = claimsSchema.safeParse(said)
  if (!claims.success) return undefined
  const { iat, exp, nbf = iat, order } = claims.data
  const isFromTheFuture = Math.max(iat, nbf) > now + SKEW
  if (isFromTheFuture || exp <= iat || exp - iat > LONGEST) return undefined
  // RFC 7519 lets a time have decimals, and Postgres keeps none.
  return { order, issuedAt: Math.floor(iat), expired: exp <= now - SKEW }
}
