import { isIP } from 'node:net'
import * as z from 'zod'
import { Refusal } from './answer.js'
import { common, parseFields, text } from './fields.js'

/** The wayCodes of each channelCode and their labels, which may be empty. */
export type Ways = Readonly<Record<ChannelCode, Readonly<Record<string, string>>>>
export type ChannelCode = (typeof CHANNEL_CODES)[number]

const CHANNEL_CODES = ['NET_BANKING', 'STORE', 'EWALLET'] as const

const forAll = {
  ...common,
  amount: z.string().regex(/^[1-9]\d{0,11}$/, 'must be a whole number of TWD, above zero'),
  mobile: z.string().regex(/^0\d{9}$/, 'must be 10 digits from 0, without country code'),
  firstname: text,
  lastname: text,
  wayCode: z.string(),
  ipAddress: z.string().refine((value) => isIP(value) !== 0, 'must be an IP address'),
}

const forStore = { postcode: text, address: text }
const forBank = {
  bankNumber: z
    .string()
    .regex(/^\d{3}-\d{6,16}(,\d{3}-\d{6,16})*$/, 'must be 808-0358988888888, joined by commas'),
}

const optional = <Shape extends z.ZodRawShape>(shape: Shape) => z.object(shape).partial().shape

/** The documents' table: which fields a channel requires; the others' are known and optional. */
const taiwanSchema = z.discriminatedUnion(
  'channelCode',
  [
    z.strictObject({
      ...forAll,
      ...optional(forStore),
      ...forBank,
      channelCode: z.literal('NET_BANKING'),
    }),
    z.strictObject({
      ...forAll,
      ...forStore,
      ...optional(forBank),
      channelCode: z.literal('STORE'),
    }),
    z.strictObject({
      ...forAll,
      ...optional(forStore),
      ...optional(forBank),
      channelCode: z.literal('EWALLET'),
    }),
  ],
  `must be one of ${CHANNEL_CODES.join(', ')}`,
)

export type TaiwanFields = z.infer<typeof taiwanSchema>

/** @throws {Refusal} */
export function parseTaiwan(fields: Record<string, string>, ways: Ways): TaiwanFields {
  const data = parseFields<TaiwanFields>(taiwanSchema, fields)
  if (!Object.hasOwn(ways[data.channelCode], data.wayCode)) {
    throw new Refusal('badField', `wayCode: not a way of ${data.channelCode}`)
  }
  return data
}
