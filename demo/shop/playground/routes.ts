import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import * as z from 'zod'
import type { OrderBook } from '../order-book.js'
import { contentSecurityPolicy } from '../security.js'
import type { ShopSettings } from '../shop.js'
import { readElementApi } from './element-api.js'
import { framePage } from './frame-page.js'
import { orderSchema, placeOrder, type Signers, tokenOf } from './orders.js'
import { playgroundPage } from './page.js'
import { payBeforehand } from './pay-beforehand.js'
import { createDirector, type Stage } from './stage.js'

const name = z.string().max(20).optional()
const directionSchema = z.object({
  currency: z.string().length(3),
  payer: name,
  answer: name,
  notification: name,
})

const newOrderSchema = orderSchema.extend({ kind: name })

export interface PlaygroundSettings extends Pick<Signers, 'signEndedOrder'> {
  /** Missing where payments go to real providers. */
  sandbox: Stage | undefined
}

/**
 * A page where the button is set by hand and paid with. What it asks of the sandbox is asked here,
 * by this shop's own pages only, and nothing of it exists without one.
 */
export function playgroundRoutes(
  { payUrl, signOrder }: ShopSettings,
  { sandbox, signEndedOrder }: PlaygroundSettings,
  book: OrderBook,
): Hono {
  const signers = { signOrder, signEndedOrder }
  const direct = sandbox && createDirector(sandbox)
  const playground = new Hono()
  playground.use(secureHeaders(contentSecurityPolicy(payUrl, { framesItself: true })))
  playground.use(bodyLimit({ maxSize: 2_048 }))

  playground.get('/', async (c) =>
    page(c, playgroundPage({ api: await readElementApi(), payUrl, sandbox })),
  )

  playground.get('/frame', async (c) => {
    const order = book.find(c.req.query('order') ?? '')
    if (!order) return c.notFound()
    const token = await tokenOf(order, c.req.query('kind'), signers)
    return page(c, framePage(await readElementApi(), token, `${payUrl}/pay-button.js`))
  })

  playground.post('/orders', async (c) => {
    const wanted = await read(c, newOrderSchema)
    if (!wanted) return c.body(null, 400)
    const order = placeOrder(book, wanted)
    if (wanted.kind === 'paid' && sandbox) {
      const token = await tokenOf(order, 'open', signers)
      if (!(await payBeforehand(token, payUrl, sandbox))) return c.body(null, 409)
    }
    return c.json({ id: order.id }, 201)
  })

  playground.post('/direction', async (c) => {
    const direction = direct && (await read(c, directionSchema))
    if (!direction) return c.body(null, 400)
    direct(direction)
    return c.body(null, 204)
  })

  return playground
}

/** JSON, which a page of another site cannot send without being asked first. */
async function read<Kind>(c: Context, schema: z.ZodType<Kind>): Promise<Kind | undefined> {
  if (!c.req.header('content-type')?.startsWith('application/json')) return undefined
  const { data } = schema.safeParse(await c.req.json().catch(() => undefined))
  return data
}

async function page(c: Context, document: ReturnType<typeof playgroundPage>): Promise<Response> {
  return c.html(await document, 200, { 'Cache-Control': 'no-store' })
}
