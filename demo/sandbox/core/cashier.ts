import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import { cashierPage } from './cashier-page.js'
import type { Order, Outcome } from './order.js'
import type { OrderBook } from './order-book.js'
import { sendPage } from './page.js'
import { type Providers, providerOf } from './provider.js'
import { OutcomeRefused, type Settlement } from './settlement.js'

const DAY_S = 24 * 60 * 60

const seconds = z.coerce
  .number('Seconds: a whole number.')
  .int('Seconds: a whole number.')
  .min(1, 'Seconds: at least 1.')
  .max(DAY_S, `Seconds: at most ${DAY_S}.`)

const button = <Action extends string, Shape extends z.ZodRawShape>(action: Action, shape: Shape) =>
  z.object({ ...shape, action: z.literal(action), notify: z.literal('yes').optional() })

const formSchema = z.discriminatedUnion(
  'action',
  [
    button('approve', {}),
    button('refuse', {}),
    button('cancel', {}),
    button('part', { part: z.string() }),
    button('late', { seconds }),
    button('abandon', {}),
  ],
  'Press one of the buttons.',
)

type CashierForm = z.infer<typeof formSchema>

interface CashierOptions {
  providers: Providers
  book: OrderBook
  settlement: Settlement
  now: () => number
}

/** The cashier of every provider; the order's token stands in `?data=`. */
export function createCashier({ providers, book, settlement, now }: CashierOptions): Hono {
  const orderOf = (c: Context) => book.byCashierToken(c.req.query('data') ?? '')

  function show(c: Context, order: Order, problem?: string) {
    const provider = providerOf(providers, order)
    return sendPage(c, {
      title: `${provider.brand} sandbox cashier`,
      body: cashierPage({ provider, order, allows: settlement.allows, now: now(), problem }),
      status: problem ? 409 : 200,
      formTarget: schemesOf(order),
    })
  }

  return new Hono()
    .get('/', (c) => {
      const order = orderOf(c)
      return order ? show(c, order) : sendPage(c, UNKNOWN_LINK)
    })
    .post('/', async (c) => {
      const order = orderOf(c)
      if (!order) return sendPage(c, UNKNOWN_LINK)
      const { data: form, error } = formSchema.safeParse(await c.req.parseBody())
      if (!form) return show(c, order, error.issues[0]?.message)
      if (form.action === 'abandon') return sendPage(c, leftPage(c.req.url, order))
      try {
        // Not awaited: at a real cashier, too, payer and notification race each other.
        void settlement.settle(order, outcomeOf(form), form.notify === 'yes')
      } catch (error) {
        if (error instanceof OutcomeRefused) return show(c, order, error.message)
        throw error
      }
      return c.redirect(afterwards(form.action, order) ?? c.req.url, 303)
    })
}

/** Where the payer goes; without an address of the merchant's the cashier shows what became of it. */
function afterwards(action: CashierForm['action'], order: Order): string | undefined {
  return action === 'cancel' ? (order.cancelUrl ?? order.returnUrl) : order.returnUrl
}

function outcomeOf(form: Exclude<CashierForm, { action: 'abandon' }>): Outcome {
  switch (form.action) {
    case 'part':
      return { part: form.part }
    case 'late':
      return { approveAfter: form.seconds * 1000 }
    default:
      return form.action
  }
}

const UNKNOWN_LINK = {
  title: 'Unknown payment link',
  status: 404,
  body: html`<main class="cashier">
  <h1>Unknown payment link</h1>
  <p>This sandbox keeps its orders in memory: they are gone when it starts again.</p>
</main>`,
} as const

function leftPage(cashier: string, { returnUrl }: Order) {
  const body = html`<main class="cashier">
  <h1>You left without paying</h1>
  <p>The order stays open and can still be paid. You may close this window.</p>
  <a class="button" href="${cashier}">Back to the payment</a>
  ${returnUrl && html`<a class="button quiet" href="${returnUrl}">Return to the shop</a>`}
</main>`
  return { title: 'You left without paying', body }
}

/**
 * Browsers hold `form-action` against the redirect after a form too. The merchant's page may
 * redirect once more and a CSP source cannot name an IPv6 host, hence the whole scheme.
 */
function schemesOf({ returnUrl, cancelUrl }: Order): string {
  const urls = [returnUrl, cancelUrl].filter((url) => url !== undefined)
  return [...new Set(urls.map((url) => new URL(url).protocol))].join(' ')
}
