import type { Context } from 'hono'
import * as z from 'zod'
import { Refusal } from './answer.js'
import { isSigned, type SignAlgorithm } from './signature.js'

export interface RequestRules {
  appId: string
  /** The merchant's; Base64 of X.509. */
  publicKey: () => string
  algorithm: SignAlgorithm
  /** How far a timestamp may be from our clock, in milliseconds. */
  timestampWindow: number
  now: () => number
}

const envelopeSchema = z.strictObject({ appId: z.string(), param: z.string(), sign: z.string() })

/** Both calls carry it: when it was sent, in milliseconds. */
export const timestamp = z.int('must be a whole number, milliseconds since the epoch')

/**
 * Reads a call and verifies it over the raw text of `param`.
 *
 * @throws {Refusal}
 */
export async function readParam<T extends { timestamp: number }>(
  c: Context,
  schema: z.ZodType<T>,
  rules: RequestRules,
): Promise<T> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new Refusal('parameter', 'Content-Type: must be application/json')
  }
  const { data: envelope } = envelopeSchema.safeParse(parse(await c.req.text()))
  if (!envelope) throw new Refusal('parameter', 'body: must be {appId, param, sign}, all strings')
  if (envelope.appId !== rules.appId) throw new Refusal('appId', 'appId: not one of ours')
  if (!isSigned(envelope.param, envelope.sign, rules.publicKey(), rules.algorithm)) {
    throw new Refusal('signature', 'sign: does not fit param and the merchant’s key')
  }
  const { data: param, error } = schema.safeParse(parse(envelope.param))
  if (!param) throw refusalOf(error?.issues[0])
  checkTimestamp(param.timestamp, rules)
  return param
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Names the first faulty field, and never its value. */
function refusalOf(issue: z.core.$ZodIssue | undefined): Refusal {
  if (issue?.code === 'unrecognized_keys') {
    return new Refusal('parameter', `${issue.keys[0]}: not a field of this call`)
  }
  const name = String(issue?.path[0] ?? 'param')
  const isAboutRange = name === 'amount' && issue?.code.startsWith('too_')
  return new Refusal(isAboutRange ? 'amount' : 'parameter', `${name}: ${issue?.message}`)
}

function checkTimestamp(sent: number, { now, timestampWindow }: RequestRules): void {
  const age = now() - sent
  if (age > timestampWindow) throw new Refusal('timestampExpired', 'timestamp: too old')
  if (age < -timestampWindow) throw new Refusal('timestampWrong', 'timestamp: in the future')
}
