/**
 * Has the shop's server make the order of what the cart holds. It makes one for the same content
 * however often it is asked, so that nothing is ordered twice.
 *
 * @param {object} cart
 * @returns {Promise<string>} the order's token
 */
export async function placeOrder(cart) {
  const response = await fetch('/embeds/orders', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(cart),
  })
  if (!response.ok) throw new Error(`no order: ${response.status}`)
  return (await response.json()).token
}
