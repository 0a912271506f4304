import type { Context } from 'hono'
import type * as z from 'zod'
import { Refusal } from './answer.js'
import { sign } from './signature.js'

export interface Credentials {
  apiKey: string
  apiSecret: string
}

/**
 * Reads a call and verifies it over its raw body.
 *
 * @throws {Refusal} that names the first faulty field, and never its value.
 */
export async function readRequest<T>(
  c: Context,
  schema: z.ZodType<T>,
  { apiKey, apiSecret }: Credentials,
): Promise<T> {
  if (c.req.header('x-api-key') !== apiKey) {
    throw new Refusal('unknownKey', 'header x-api-key: not one of ours')
  }
  const body = await c.req.text()
  if (c.req.header('x-signature') !== sign(body, apiSecret)) {
    throw new Refusal('badSignature', 'header x-signature: does not fit the body and the secret')
  }
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('Content-Type') ?? '')) {
    throw new Refusal('badField', 'Content-Type: must be application/json')
  }
  const { data, error } = schema.safeParse(parse(body))
  if (!data) throw new Refusal('badField', sentence(error?.issues[0]))
  return data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sentence(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') return `${issue.keys[0]}: not a field of this call`
  return `${String(issue?.path[0] ?? 'body')}: ${issue?.message}`
}
