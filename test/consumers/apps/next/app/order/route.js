/** Stands for the shop's own server, which the test plays. */
export async function GET() {
  return fetch(process.env.SHOP_ORDER_URL, { cache: 'no-store' })
}
