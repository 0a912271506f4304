import { isIP } from 'node:net'
import * as z from 'zod'
import { Refusal } from './answer.js'

/** The wayCodes of each channelCode and their labels, which may be empty. */
export type Ways = Readonly<Record<ChannelCode, Readonly<Record<string, string>>>>
export type ChannelCode = (typeof CHANNEL_CODES)[number]

const CHANNEL_CODES = ['NET_BANKING', 'STORE', 'EWALLET'] as const

const text = z
  .string()
  .max(256, 'at most 256 characters')
  // The documents ask for the payer's actual data; blanks around it would be signed too.
  .refine((value) => value === value.trim(), 'no blanks around it')

const webAddress = z.url({ protocol: /^https?$/, error: 'must be an absolute http or https URL' })

const common = {
  sign: z.string(),
  timestamp: z.string(),
  /** Length and alphabet as on Vexora's pages of other areas; Taiwan's does not say. */
  tradeNo: z.string().regex(/^[A-Za-z0-9_]{1,32}$/, 'up to 32 letters, digits and underscores'),
  amount: z.string().regex(/^[1-9]\d{0,11}$/, 'must be a whole number of TWD, above zero'),
  mobile: z.string().regex(/^0\d{9}$/, 'must be 10 digits from 0, without country code'),
  firstname: text,
  lastname: text,
  email: z.email({ pattern: z.regexes.html5Email, error: 'must be an e-mail address' }),
  wayCode: z.string(),
  ipAddress: z.string().refine((value) => isIP(value) !== 0, 'must be an IP address'),
  notifyUrl: webAddress,
  returnUrl: webAddress,
  remark: text.optional(),
}

const forStore = { postcode: text, address: text }
const forBank = {
  bankNumber: z
    .string()
    .regex(/^\d{3}-\d{6,16}(,\d{3}-\d{6,16})*$/, 'must be 808-0358988888888, joined by commas'),
}

const optional = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).partial().shape

/** The documents' table: which fields a channel requires; the others' are known and optional. */
const checkoutSchema = z.discriminatedUnion(
  'channelCode',
  [
    z.strictObject({
      ...common,
      ...optional(forStore),
      ...forBank,
      channelCode: z.literal('NET_BANKING'),
    }),
    z.strictObject({
      ...common,
      ...forStore,
      ...optional(forBank),
      channelCode: z.literal('STORE'),
    }),
    z.strictObject({
      ...common,
      ...optional(forStore),
      ...optional(forBank),
      channelCode: z.literal('EWALLET'),
    }),
  ],
  `must be one of ${CHANNEL_CODES.join(', ')}`,
)

export type CheckoutFields = z.infer<typeof checkoutSchema>

/**
 * Checks the fields of a checkout. An empty text counts as absent, as it does for the signature.
 *
 * @throws {Refusal} that names the first faulty field, and never its value.
 */
export function parseCheckout(fields: Record<string, string>, ways: Ways): CheckoutFields {
  const filled = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
  const { data, error } = checkoutSchema.safeParse(filled)
  if (!data) throw new Refusal('badField', sentence(error.issues[0], filled))
  if (!Object.hasOwn(ways[data.channelCode], data.wayCode)) {
    throw new Refusal('badField', `wayCode: not a way of ${data.channelCode}`)
  }
  return data
}

function sentence(issue: z.core.$ZodIssue | undefined, filled: Record<string, string>): string {
  if (issue?.code === 'unrecognized_keys') return `${issue.keys[0]}: not a field of this call`
  const name = String(issue?.path[0] ?? 'body')
  return Object.hasOwn(filled, name) ? `${name}: ${issue?.message}` : `${name}: required`
}
