import type { Context } from 'hono'
import { returnPage } from '../http/return-page.js'
import { errorName } from '../log.js'
import type { Services } from '../services.js'

/**
 * `GET|POST /payments/{id}/return`: where the provider sends the payer back to. It wakes the
 * button's wait and brings a query forward; it moves no status, since anybody can open it.
 */
export async function receiveReturn(context: Context, services: Services): Promise<Response> {
  const { store, queries, log } = services
  const id = context.req.param('id') ?? ''
  const language = context.req.header('accept-language')
  try {
    const payment = await store.byId(id)
    if (!payment) return returnPage(404, language)
    await store.returned(id)
    queries.kick()
    const shop = payment.returnTo === null ? undefined : new URL(payment.returnTo)
    shop?.searchParams.set('payment', id)
    return returnPage(200, language, shop?.href)
  } catch (error) {
    // The payer is not kept from going on: the button asks again by itself.
    log.error({ route: 'return', error: errorName(error) }, 'request failed')
    return returnPage(503, language)
  }
}
