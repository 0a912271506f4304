import * as z from 'zod'
import type { OrderBook, ShopOrder } from '../order-book.js'
import { PRODUCTS, type Product } from '../products.js'
import type { ShopSettings } from '../shop.js'

/** What an order can be like when the button first asks for it. */
export const KINDS = {
  open: 'Not paid yet',
  paid: 'Paid already',
  closed: 'Closed: its token is over',
  unknown: 'Not an order of this shop',
} as const

/** What the playground's orders can be in; nothing here takes the last one. */
export const CURRENCIES = ['TWD', 'USD', 'IDR', 'HKD', 'CNY', 'EUR'] as const

export const orderSchema = z.object({
  currency: z.enum(CURRENCIES),
  amount: z.string().regex(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/),
})

type SignOrder = ShopSettings['signOrder']

export interface Signers {
  signOrder: SignOrder
  /** The token of an order whose page was left open too long. */
  signEndedOrder(order: Parameters<SignOrder>[0]): string
}

/** An order of the tea that is sold in this currency, else of the first, for this amount. */
export function placeOrder(
  book: OrderBook,
  { currency, amount }: z.infer<typeof orderSchema>,
): ShopOrder {
  const [first] = PRODUCTS
  const tea = PRODUCTS.find(({ price }) => price.currency === currency) ?? first
  return book.place({ ...(tea as Product), price: { value: amount, currency } })
}

/** What the button is given as `order`. */
export async function tokenOf(
  { id, price, product }: ShopOrder,
  kind: string | undefined,
  { signOrder, signEndedOrder }: Signers,
): Promise<string> {
  const order = { id, amount: price, description: product.name.en }
  switch (kind) {
    case 'unknown':
      return 'no-such-order'
    case 'closed':
      return signEndedOrder(order)
    default:
      return signOrder(order)
  }
}
