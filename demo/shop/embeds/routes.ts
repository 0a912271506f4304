import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import * as z from 'zod'
import type { OrderBook, ShopOrder } from '../order-book.js'
import type { View } from '../pages/layout.js'
import type { Product } from '../products.js'
import { contentSecurityPolicy } from '../security.js'
import { embedPage, indexPage } from './embed-page.js'
import { EMBEDS } from './embeds.js'
import { TEA } from './tea.js'
import { forgetVisitor, visitorOf } from './visitor.js'

/** What these pages need of the shop. */
export interface EmbedSettings {
  payUrl: string
  book: OrderBook
  viewOf(c: Context): View
  tokenOf(order: ShopOrder, view: View): Promise<string>
}

/** What the pages with a cart send. */
const cartSchema = z.object({
  quantity: z.coerce.number().int().min(1).max(3),
  /** Asks the server to fail. */
  down: z.literal('on').optional(),
})

const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' } as const

/** Every way to embed the button, each in a page that really pays. */
export function embedRoutes({ payUrl, book, viewOf, tokenOf }: EmbedSettings): Hono {
  const embeds = new Hono()
  const policy = secureHeaders(contentSecurityPolicy(payUrl))

  embeds.get('/', policy, async (c) => page(c, await indexPage(viewOf(c))))

  embeds.post('/orders', policy, async (c) => {
    const cart = cartSchema.safeParse(await c.req.json().catch(() => undefined))
    if (!cart.success) return c.body(null, 400)
    if (cart.data.down) return c.body(null, 503)
    return c.json({ token: await tokenFor(c, 'cart', TEA, cart.data.quantity) })
  })

  for (const embed of EMBEDS) {
    const { name, trustedTypes } = embed
    const own = secureHeaders(contentSecurityPolicy(payUrl, trustedTypes && { trustedTypes }))
    embeds.get(`/${name}`, own, async (c) => {
      const visitor = visitorOf(c)
      const scene = {
        view: viewOf(c),
        payUrl,
        tokenOf: (product: Product, quantity = 1) => tokenFor(c, name, product, quantity, visitor),
      }
      return page(c, await embedPage(scene, embed))
    })
    embeds.post(`/${name}/again`, policy, (c) => {
      forgetVisitor(c)
      return c.redirect(`/embeds/${name}?lang=${viewOf(c).language}`, 303)
    })
  }

  embeds.get('/:folder{client|apps}/:file{[\\w-]+\\.(?:js|css)}', policy, async (c) => {
    const { folder, file } = c.req.param()
    const text = await readFile(new URL(`${folder}/${file}`, import.meta.url), 'utf8').catch(
      () => undefined,
    )
    if (text === undefined) return c.notFound()
    const type = TYPES[file.endsWith('.css') ? 'css' : 'js']
    return c.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' })
  })

  return embeds

  /** Of the payer's one order of so much on that page, however often it is asked for. */
  function tokenFor(
    c: Context,
    page: string,
    product: Product,
    quantity: number,
    visitor = visitorOf(c),
  ): Promise<string> {
    const name = [visitor, page, product.id, quantity].join(' ')
    return tokenOf(book.placeOnce(name, product, quantity), viewOf(c))
  }
}

function page(c: Context, document: string): Response {
  return c.html(document, 200, { 'Cache-Control': 'no-store' }) as Response
}
