import { PRODUCTS, type Product } from '../products.js'

/** The tea of these pages: nothing is asked of its payer, so that one press pays it. */
export const TEA: Product = the('ripe-puer')

function the(id: string): Product {
  const product = PRODUCTS.find((each) => each.id === id)
  if (!product) throw new Error(`the shop has no ${id}`)
  return product
}
