import type { Handle } from './http/handle.js'
import { json } from './http/json.js'
import { ProblemError, problem } from './http/problem.js'
import { openResources, shopResources } from './http/resource.js'
import { Routes } from './http/routes.js'
import { errorName } from './log.js'
import { document } from './openapi/document.generated.js'
import { receiveNotification } from './routes/notifications.js'
import { operatorRoutes } from './routes/operator.js'
import { orderRoutes } from './routes/orders.js'
import { paymentRoutes } from './routes/payments.js'
import { receiveReturn } from './routes/return.js'
import { type Assets, keptChunkRoute, scriptRoutes } from './routes/scripts.js'
import type { Services } from './services.js'

/** The whole of the HTTP contract, under the path of the public URL. */
export function createApp(services: Services, assets: Assets): Handle {
  const { settings, log } = services
  const base = new URL(settings.publicUrl).pathname.replace(/\/$/, '')
  const routes = new Routes()
  const open = openResources({ routes, base, log })
  const shop = shopResources({ routes, base, log }, settings.origins)

  orderRoutes(shop, services)
  paymentRoutes(shop, services)
  operatorRoutes(shop, services)
  const back = receiveReturn(services)
  open('/payments/:id/return', { GET: back, POST: back })
  const notified = receiveNotification(services)
  open('/notifications/:provider', { POST: notified })
  // Unsigned callbacks, whose method and form nobody documents: only their address counts.
  open('/notifications/:provider/:address', { GET: notified, POST: notified })
  scriptRoutes(open, assets)
  open('/healthz', {
    GET: async () => {
      await services.store.check()
      return json({ status: 'ok' })
    },
  })
  open('/readyz', {
    GET: async () => {
      await services.ready()
      return json({ status: 'ready' })
    },
  })
  const api = json({ ...document, servers: [{ url: settings.publicUrl }] })
  open('/openapi.json', { GET: () => api })

  // A pattern beside names that it matches too: it would cost every path the fastest router.
  const others = new Routes()
  keptChunkRoute(openResources({ routes: others, base, log }), services.findKeptChunk)

  const notFound = problem(new ProblemError('not-found'))
  return (request) => {
    try {
      const { path } = request
      return routes.answer(request, path) ?? others.answer(request, path) ?? notFound
    } catch (error) {
      log.error({ error: errorName(error) }, 'request failed')
      return problem(new ProblemError('internal'))
    }
  }
}
