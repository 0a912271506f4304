import { createHmac } from 'node:crypto'
import * as z from 'zod'
import { isSameSignature } from '../constant-time.js'

/** RFC 7515 §7.1; a decoder of Base64 may also take padding and white space. */
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/

/**
 * Signs a compact JWS, HS256 (RFC 7515, RFC 7518 §3.2).
 *
 * By `node:crypto` at once: a library that does it by WebCrypto hands each few bytes to another
 * thread and back, which costs a checkout more than all of its signing. The tests hold it against
 * such a library.
 */
export function signCompact(typ: string, claims: object, secret: string): string {
  const signed = `${encode({ alg: 'HS256', typ })}.${encode(claims)}`
  return `${signed}.${hmac(signed, secret).toString('base64url')}`
}

/**
 * Verifies one. The algorithm and the type are ours, never the token's; of its header nothing else
 * is believed.
 *
 * @param typ a media type without `application/`, in lower case.
 * @returns its claims, whatever they are; `undefined` for whatever else it is.
 */
export function verifyCompact(token: string, typ: string, secret: string): unknown {
  const [, header = '', payload = '', signature = ''] = COMPACT.exec(token) ?? []
  const said = Buffer.from(signature, 'base64url')
  if (!isSameSignature(said, hmac(`${header}.${payload}`, secret))) return undefined
  const head = headerSchema.safeParse(decode(header))
  return head.success && mediaType(head.data.typ) === typ ? decode(payload) : undefined
}

const headerSchema = z.object({
  alg: z.literal('HS256'),
  typ: z.string(),
  /** RFC 7515 §4.1.11: what must be understood, and none of it is. */
  crit: z.undefined().optional(),
})

/** RFC 7515 §4.1.9: in any case, and `application/` may be left out. */
function mediaType(typ: string): string {
  return typ.toLowerCase().replace(/^application\//, '')
}

function hmac(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return undefined
  }
}
