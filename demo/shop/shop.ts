import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { streamSSE } from 'hono/streaming'
import { embedRoutes } from './embeds/routes.js'
import { serveFiles } from './files.js'
import { chooseLanguage } from './language.js'
import { OrderBook, type ShopOrder } from './order-book.js'
import { type Html, say, type View } from './pages/layout.js'
import { notFoundPage } from './pages/not-found.js'
import { orderPage } from './pages/order.js'
import { shelfPage } from './pages/shelf.js'
import { type PlaygroundSettings, playgroundRoutes } from './playground/routes.js'
import { productById } from './products.js'
import { contentSecurityPolicy } from './security.js'
import { stateRoutes } from './states/routes.js'
import { readWebhook } from './webhook.js'

export interface ShopSettings {
  /** `http://localhost:8787/pay`: where the proxy is for payers. */
  payUrl: string
  /** Shared with the proxy, which learns an order from the shop in a token. */
  signOrder(order: {
    id: string
    amount: { value: string; currency: string }
    description: string
  }): Promise<string>
  /** `whsec_…`, shared with the proxy. */
  webhookSecret: string
  /** Whether payments go to the sandbox. */
  sandboxed: boolean
  /** Left out where there is none. */
  playground?: PlaygroundSettings
}

/** A shop as a merchant would write one: pages, an order book and a webhook. */
export function createShop(settings: ShopSettings): Hono {
  const book = new OrderBook()
  const shop = new Hono()
  // Before the policy of the others: these have policies of their own.
  shop.route('/states', stateRoutes(settings.payUrl))
  shop.route('/embeds', embedRoutes({ ...settings, book, viewOf: view, tokenOf }))
  const { playground } = settings
  if (playground) shop.route('/playground', playgroundRoutes(settings, playground, book))
  shop.use(secureHeaders(contentSecurityPolicy(settings.payUrl)))
  serveFiles(shop)

  shop.get('/', (c) => page(c, shelfPage(view(c))))

  shop.post('/orders', async (c) => {
    const { product: id } = await c.req.parseBody()
    const product = productById(String(id))
    if (!product) return missing(c)
    return c.redirect(`/orders/${book.place(product).id}?lang=${view(c).language}`, 303)
  })

  shop.get('/orders/:id', async (c) => {
    const order = book.find(c.req.param('id'))
    if (!order) return missing(c)
    const token = await tokenOf(order, view(c))
    const script = `${settings.payUrl}/pay-button.js`
    return page(c, orderPage(view(c), { order, token, script }))
  })

  shop.get('/orders/:id/events', (c) => {
    const order = book.find(c.req.param('id'))
    return order ? stream(c, order) : missing(c)
  })

  shop.post('/webhook', async (c) => {
    const told = await readWebhook(c.req.raw, settings.webhookSecret)
    if (!told) return c.body(null, 401)
    book.record(told.order, told.delivery)
    return c.body(null, 204)
  })

  shop.notFound(missing)
  return shop

  function view(c: Context): View {
    return {
      language: chooseLanguage(c.req.query('lang'), c.req.header('accept-language')),
      path: c.req.path,
      sandboxed: settings.sandboxed,
    }
  }

  function tokenOf({ id, price, product }: ShopOrder, view: View): Promise<string> {
    return settings.signOrder({ id, amount: price, description: say(product.name, view) })
  }

  function missing(c: Context): Promise<Response> {
    return page(c, notFoundPage(view(c)), 404)
  }

  function stream(c: Context, order: ShopOrder): Response {
    return streamSSE(c, async (events) => {
      const stop = book.follow(order, (delivery) => {
        void events.writeSSE({ data: JSON.stringify({ delivery, paid: order.paid }) })
      })
      await new Promise<void>((resolve) => events.onAbort(resolve))
      stop()
    })
  }
}

async function page(c: Context, document: Html, status: 200 | 404 = 200): Promise<Response> {
  return c.html(await document, status, { 'Cache-Control': 'no-store' })
}
