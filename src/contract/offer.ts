import * as z from 'zod/mini'
import { moneySchema } from './money.js'

/** How a payer's money travels; the button words it. */
export const CHANNEL_KINDS = [
  'bank-transfer',
  'convenience-store',
  'e-wallet',
  'card',
  'virtual-account',
  'payment-link',
] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** What the payer is asked. `name` is ours, the same for every provider. */
export const fieldSchema = z.lazy(() =>
  z.object({
    name: z.string(),
    /** An entry of `payerFormats`; a button that does not know it shows a plain text field. */
    format: z.string(),
    required: z.boolean(),
    /** Characters (code points) after normalising. */
    minLength: z.optional(z.number()),
    maxLength: z.optional(z.number()),
    /** Present where the value is a list. */
    maxItems: z.optional(z.number()),
  }),
)
export type Field = z.infer<typeof fieldSchema>

export const channelSchema = z.lazy(() =>
  z.object({
    /** `provider:CODE`, such as `vexora-taiwan:STORE`. */
    id: z.string(),
    kind: z.string(),
    /** `redirect`: a cashier page. `code`: a number to pay at a counter or by transfer. */
    flow: z.literal(['redirect', 'code']),
    /** A proper noun, shown as it is; kinds are worded by the button. */
    label: z.optional(z.string()),
    /** Who the payer is told takes the money. */
    operator: z.string(),
    fields: z.array(fieldSchema),
    ways: z.optional(z.array(z.object({ code: z.string(), label: z.string() }))),
    /** True where the provider's rules let another device of the payer open the cashier's link. */
    portable: z.optional(z.boolean()),
  }),
)
export type Channel = z.infer<typeof channelSchema>

/** `GET /orders/{ref}`: what an order costs and how it can be paid now. */
export const offerSchema = z.lazy(() =>
  z.object({
    order: z.string(),
    amount: moneySchema,
    description: z.optional(z.string()),
    seller: z.optional(z.string()),
    channels: z.array(channelSchema),
    paid: z.boolean(),
    /** True where `channels` is empty because a payment of the order is under way. */
    locked: z.optional(z.boolean()),
    /** True where no real money moves, so that the payer is told before paying. */
    test: z.optional(z.boolean()),
  }),
)
export type Offer = z.infer<typeof offerSchema>
