import { json } from '../http/json.js'
import type { Resource } from '../http/resource.js'
import type { Handler } from '../http/routes.js'
import { channelsFor, toOffer } from '../orders/offer.js'
import { canTell } from '../payments/create-payment.js'
import type { Services } from '../services.js'

/** `GET /orders/{ref}` → Offer. */
export function orderRoutes(resource: Resource, services: Services): void {
  const read: Handler = async (request, { ref = '' }) => {
    const { orders, store, providers, settings, log } = services
    const order = await orders.find(await orders.read(ref), request)
    const state = await store.orderState(order.id)
    const paid = order.paid === true || state.paid
    const fitting = channelsFor(order, [...providers.values()])
    const payerIp = services.clientIp(request)
    const offered = fitting.filter((channel) => canTell(channel, payerIp, settings))
    if (offered.length < fitting.length) {
      log.warn(
        { order: order.id, hint: 'PAY_TRUSTED_PROXIES' },
        "channels left out: the payer's address is not a public one",
      )
    } else if (offered.length === 0) {
      log.warn({ order: order.id }, 'no channel can take this order')
    }
    return json(toOffer(order, offered, { paid, locked: state.locked }, settings))
  }
  resource('/orders/:ref', { GET: read })
}
