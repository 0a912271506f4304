import { parse } from 'lossless-json'
import type * as z from 'zod'
import type { ProviderAnswer } from './provider.js'

/** JSON with its numbers as their own text; `undefined` for what is not JSON. */
export function readJson(text: string): unknown {
  try {
    return parse(text, null, { parseNumber: (digits) => digits })
  } catch {
    return undefined
  }
}

/** An answer of the shape that `schema` describes, or `undefined`: then nothing is known. */
export function readAnswer<T>(answer: ProviderAnswer, schema: z.ZodType<T>): T | undefined {
  return answer.status === 200 ? schema.safeParse(readJson(answer.body)).data : undefined
}
