import { Hono } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import type { OrderBook } from '../core/order-book.js'
import { sendPage } from '../core/page.js'

interface CounterOptions {
  provider: string
  book: OrderBook
  cashierPath: string
}

/** Payers read it off a screen, where it may stand in groups. */
const codeSchema = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{1,32}$/))

/** A counter and a bank: whoever has the code may pay it. */
export function createCounter({ provider, book, cashierPath }: CounterOptions): Hono {
  return new Hono().get('/', async (c) => {
    const typed = c.req.query('code')
    if (typed === undefined) return sendPage(c, counterPage())
    const { data: code } = codeSchema.safeParse(typed)
    const order = code === undefined ? undefined : book.byPaymentCode(code)
    if (order?.provider !== provider) {
      return sendPage(c, counterPage('There is no payment of this code.', 404))
    }
    return c.redirect(`${cashierPath}?data=${order.cashierToken}`, 303)
  })
}

function counterPage(problem?: string, status: 200 | 404 = 200) {
  const body = html`<main class="cashier">
  <header><p class="brand">PayCools<span>Counter and bank</span></p></header>
  <h1>Pay a code</h1>
  <p>Type the payment code, as a till or a banking app would be told it.</p>
  ${problem && html`<p class="notice warning" role="alert">${problem}</p>`}
  <form method="get">
    <label for="code">Payment code</label>
    <input id="code" name="code" inputmode="numeric" autocomplete="off" required>
    <button class="primary">Find payment</button>
  </form>
</main>`
  return { title: 'PayCools sandbox counter', status, body }
}
