import * as z from 'zod'
import { toCents } from '../core/amount.js'
import type { Provider } from '../core/provider.js'
import { type AreaOptions, vexoraArea } from './area.js'
import { common, parseFields, text } from './fields.js'

export const CARD_PATH = '/vexora/card'

/** The card page's table, and `tradeNo`, which only its example has. */
const cardSchema = z.strictObject({
  ...common,
  amount: z
    .string()
    .refine((value) => toCents(value) !== undefined, 'must be above zero, up to two decimals'),
  mobile: z.string().regex(/^[1-9]\d{7,14}$/, 'must be digits, with the country code'),
  userId: text,
  currency: z.literal('USD', 'must be USD'),
})

/** Plays Vexora's Visa and Mastercard route in USD. */
export function vexoraCard(options: AreaOptions): Provider {
  return vexoraArea(
    {
      id: 'vexora-card',
      name: 'Card',
      basePath: CARD_PATH,
      prefix: 'VEXORA_CARD',
      settings: { USER_ID: 'sandbox-payer' },
      parse: (fields) => ({
        ...parseFields(cardSchema, fields),
        details: [['Pay by', 'Visa / Mastercard']],
      }),
      answer: { namesTradeNo: false, desc: 'CREATED' },
    },
    options,
  )
}
