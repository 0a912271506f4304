import type { Context } from 'hono'
import * as z from 'zod'
import { Refusal } from './answer.js'
import { sign } from './signature.js'

/** A call whose sender is known: flat, signed, in time. */
export interface SignedRequest {
  merchantNo: string
  fields: Record<string, string>
}

export interface RequestRules {
  /** App secrets by merchant number. */
  secrets: ReadonlyMap<string, string>
  /** How far a timestamp may be from our clock, in milliseconds. */
  timestampWindow: number
  now: () => number
}

const JSON_STRING = /"(?:[^"\\]|\\.)*"/g

const flatSchema = z.record(z.string(), z.string())

/**
 * Reads and verifies a call.
 *
 * @throws {Refusal}
 */
export async function readRequest(c: Context, rules: RequestRules): Promise<SignedRequest> {
  const merchantNo = c.req.header('merchantNo') ?? ''
  const appSecret = rules.secrets.get(merchantNo)
  if (appSecret === undefined) {
    throw new Refusal('unknownMerchant', 'header merchantNo: not a merchant of ours')
  }
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new Refusal('unreadable', 'Content-Type: must be application/json')
  }
  const fields = parseFlat(await c.req.text())
  if (fields.sign !== sign(fields, appSecret)) {
    throw new Refusal('badSignature', 'sign: does not fit the fields and the secret')
  }
  checkTimestamp(fields.timestamp ?? '', rules)
  return { merchantNo, fields }
}

function parseFlat(text: string): Record<string, string> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new Refusal('unreadable', 'body: not JSON')
  }
  const { data: fields, error } = flatSchema.safeParse(parsed)
  if (!fields) {
    const key = error.issues[0]?.path[0]
    throw new Refusal(
      'unreadable',
      key === undefined ? 'body: must be an object' : `${String(key)}: must be a string`,
    )
  }
  // In a flat object of strings every key and every value is one string of the text.
  if ((text.match(JSON_STRING)?.length ?? 0) !== 2 * Object.keys(fields).length) {
    throw new Refusal('unreadable', 'body: a key stands in it twice')
  }
  return fields
}

function checkTimestamp(timestamp: string, { now, timestampWindow }: RequestRules): void {
  if (!/^\d{13}$/.test(timestamp)) {
    throw new Refusal('badField', 'timestamp: must be 13 digits, milliseconds since the epoch')
  }
  if (Math.abs(now() - Number(timestamp)) > timestampWindow) {
    throw new Refusal('staleTimestamp', 'timestamp: too far from the time here')
  }
}
