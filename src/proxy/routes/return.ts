import { returnPage } from '../http/return-page.js'
import type { Handler } from '../http/routes.js'
import { errorName } from '../log.js'
import type { Services } from '../services.js'

/**
 * `GET|POST /payments/{id}/return`: where the provider sends the payer back to. It wakes the
 * button's wait and brings a query forward; it moves no status, since anybody can open it.
 */
export function receiveReturn(services: Services): Handler {
  return async (request, { id = '' }) => {
    const language = request.header('accept-language')
    try {
      const payment = await services.store.byId(id)
      if (!payment) return returnPage(404, language)
      await note(id, services)
      const shop = payment.returnTo === null ? undefined : new URL(payment.returnTo)
      shop?.searchParams.set('payment', id)
      return returnPage(200, language, shop?.href)
    } catch (error) {
      fail(error, services)
      return returnPage(503, language)
    }
  }
}

/** The payer goes on also where it can't be written down: the button asks again by itself. */
async function note(id: string, services: Services): Promise<void> {
  try {
    await services.store.returned(id)
    services.queries.kick()
  } catch (error) {
    fail(error, services)
  }
}

function fail(error: unknown, { log }: Services): void {
  log.error({ route: 'return', error: errorName(error) }, 'request failed')
}
