import * as z from 'zod'
import { Refusal } from './answer.js'

/** What every area's checkout says of an order, checked. */
export interface Checkout {
  tradeNo: string
  amount: string
  currency: string
  notifyUrl: string
  returnUrl: string
  /** What the cashier shows of it besides. */
  details: readonly (readonly [label: string, value: string])[]
}

export const text = z
  .string()
  .max(256, 'at most 256 characters')
  // The documents ask for the payer's actual data; blanks around it would be signed too.
  .refine((value) => value === value.trim(), 'no blanks around it')

const webAddress = z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' })

/** The fields that the areas' tables have in common. */
export const common = {
  sign: z.string(),
  timestamp: z.string(),
  /** Length and alphabet as on Vexora's pages of other areas; these two do not say. */
  tradeNo: z.string().regex(/^[A-Za-z0-9_]{1,32}$/, 'up to 32 letters, digits and underscores'),
  email: z.email({ pattern: z.regexes.html5Email, error: 'must be an e-mail address' }),
  notifyUrl: webAddress,
  returnUrl: webAddress,
  remark: text.optional(),
}

/**
 * Checks the fields of a checkout. An empty text counts as absent, as it does for the signature.
 *
 * @throws {Refusal} that names the first faulty field, and never its value.
 */
export function parseFields<T>(schema: z.ZodType<T>, fields: Record<string, string>): T {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
  const { data, error } = schema.safeParse(filled)
  if (!data) throw new Refusal('badField', sentence(error?.issues[0], filled))
  return data
}

function sentence(issue: z.core.$ZodIssue | undefined, filled: Record<string, string>): string {
  if (issue?.code === 'unrecognized_keys') return `${issue.keys[0]}: not a field of this call`
  const name = String(issue?.path[0] ?? 'body')
  return Object.hasOwn(filled, name) ? `${name}: ${issue?.message}` : `${name}: required`
}
