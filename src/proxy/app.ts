import { Hono } from 'hono'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { toResponse } from './http/answer.js'
import { json } from './http/json.js'
import { ProblemError, problem } from './http/problem.js'
import { openResources, shopResources } from './http/resource.js'
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
export function createApp(services: Services, assets: Assets): Hono {
  const { settings, log } = services
  const base = new URL(settings.publicUrl).pathname.replace(/\/$/, '')
  const app = new Hono({ router: new RegExpRouter() }).basePath(base || '/')
  const open = openResources(app, log)
  const shop = shopResources(app, log, settings.origins)

  orderRoutes(shop, services)
  paymentRoutes(shop, services)
  operatorRoutes(shop, services)
  const back = (context: Parameters<typeof receiveReturn>[0]) => receiveReturn(context, services)
  open('/payments/:id/return', { GET: back, POST: back })
  const notified = (context: Parameters<typeof receiveNotification>[0]) =>
    receiveNotification(context, services)
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
  const others = new Hono().basePath(base || '/')
  keptChunkRoute(openResources(others, log), services.findKeptChunk)
  app.notFound(({ req, env }) => others.fetch(req.raw, env))
  others.notFound(() => toResponse(problem(new ProblemError('not-found'))))

  for (const each of [app, others]) {
    each.onError((error) => {
      log.error({ error: errorName(error) }, 'request failed')
      return toResponse(problem(new ProblemError('internal')))
    })
  }
  return app
}
