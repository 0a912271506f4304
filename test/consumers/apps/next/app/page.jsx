import { PayButton } from 'pay-button/react'
import { Shop } from './shop.jsx'

/** A server component: without listeners the button needs no component of the page's own. */
export default async function Page({ searchParams }) {
  const { endpoint, order, bare } = await searchParams
  return bare ? (
    <PayButton endpoint={endpoint} order={order} lang="en" className="pay" />
  ) : (
    <Shop endpoint={endpoint} order={order} />
  )
}
