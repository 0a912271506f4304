import { html } from 'hono/html'
import { shownAmount } from './amount.js'
import type { Delivery, Order } from './order.js'
import type { Html } from './page.js'
import { nameOf, type Provider } from './provider.js'

const LISTED = 100

/** The front page: what a merchant sets, and the newest orders. */
export function ordersPage(
  providers: readonly Provider[],
  orders: readonly Order[],
  origin: string,
): Html {
  const newest = orders.slice(-LISTED).reverse()
  return html`<main class="board">
  <h1>Payment provider sandbox</h1>
  <p>It plays payment providers and their cashier pages. Every secret here is invented and public.</p>
  <section aria-labelledby="orders">
    <header><h2 id="orders">Orders</h2><a href="">Refresh</a></header>
    ${
      newest.length === 0
        ? html`<p class="empty">No order yet.</p>`
        : html`<ul class="orders">${newest.map((order) => orderItem(order, providers))}</ul>`
    }
  </section>
  <section aria-labelledby="providers">
    <h2 id="providers">Providers</h2>
    ${providers.map((provider) => providerItem(provider, origin))}
  </section>
</main>`
}

function providerItem(provider: Provider, origin: string): Html {
  const lines = Object.entries(provider.settings(origin)).map(
    ([name, value]) => `${name}='${value}'`,
  )
  const { counterPath } = provider
  return html`${counterPath && html`<p><a href="${counterPath}">Pay a code of ${provider.brand}</a>, as at a counter or a bank</p>`}
  <details>
    <summary>${nameOf(provider)}: what its merchant sets</summary>
    <pre>${lines.join('\n')}</pre>
  </details>`
}

function orderItem(order: Order, providers: readonly Provider[]): Html {
  const provider = providers.find(({ id }) => id === order.provider)
  return html`<li>
  <a href="${provider?.cashierPath}?data=${order.cashierToken}">${order.tradeNo}</a>
  <span class="badge ${order.status}">${order.status}</span>
  <span class="amount">${shownAmount(order.amount, order.currency)}</span>
  <span class="muted">${provider && nameOf(provider)}, ${notified(order.notifications)}</span>
</li>`
}

function notified(deliveries: readonly Delivery[]): string {
  const last = deliveries.at(-1)
  if (!last) return 'not notified'
  const attempts = `${deliveries.length} ${deliveries.length === 1 ? 'notification' : 'notifications'}`
  return `${attempts}, ${last.acknowledged ? 'acknowledged' : 'not acknowledged'}`
}
