import * as z from 'zod'
import { moneySchema } from '../../contract/money.js'

/** What the shop says of an order, by callback or in a token. */
export const orderSchema = z.object({
  /** The shop's own id: 1 to 64 of `[A-Za-z0-9._-]`. */
  id: z.string().regex(/^[A-Za-z0-9._-]{1,64}$/),
  /** What it costs, in major units. */
  amount: moneySchema,
  description: z.string().max(500).nullish(),
  /** The shop's id of the payer, where a provider wants one. */
  userId: z.string().max(64).nullish(),
  /** Payer fields that the shop knows already: they are not asked, and win. */
  payer: z.record(z.string(), z.union([z.string(), z.array(z.string())])).nullish(),
  /** Nothing is left to pay. */
  paid: z.boolean().nullish(),
})

export type Order = z.input<typeof orderSchema>

/**
 * Finds an order by the reference on the page. `null`: there is none, or it is closed.
 *
 * @param request the button's request, for what the shop may want to see of it.
 */
export type FindOrder = (ref: string, request: Request) => Promise<Order | null> | Order | null

/** A token's own facts, which a callback's order has not. */
export interface OrderToken {
  order: Order
  /** Whole seconds since the epoch. */
  issuedAt: number
  expired: boolean
}
