import { html } from 'hono/html'
import type { ShopOrder } from '../order-book.js'
import { shownPrice } from '../products.js'
import { WORDS } from '../words.js'
import { type Html, layout, localPath, say, type View } from './layout.js'
import { logOf } from './log.js'

interface OrderPage {
  order: ShopOrder
  /** What the proxy is shown of the order. */
  token: string
  /** Where the proxy serves the button. */
  script: string
}

/** One order: what it is, the button to pay it with, and who was told what. */
export function orderPage(view: View, { order, token, script }: OrderPage): Html {
  const { product, id, paid } = order
  return layout(
    view,
    say(product.name, view),
    html`<article class="card product">
      <img class="${product.id}" src="/tea.svg" alt="" width="320" height="240">
      <div>
        <h1>${say(product.name, view)}</h1>
        <p>${say(product.detail, view)}</p>
        <p class="price">${shownPrice(order, view.language)}</p>
        <p class="muted">${say(WORDS.order, view)} <code>${id}</code></p>
        <p id="order-status" role="status" data-paid="${say(WORDS.paid, view)}">${say(paid ? WORDS.paid : WORDS.unpaid, view)}</p>
        <pay-button order="${token}"></pay-button>
        <noscript>${say(WORDS.noScript, view)}</noscript>
      </div>
    </article>
    <div class="logs">
      ${logOf('page-log', WORDS.pageLog, WORDS.pageLogHint, view)}
      ${logOf('server-log', WORDS.serverLog, WORDS.serverLogHint, view)}
    </div>
    <p><a href="${localPath('/', view)}">← ${say(WORDS.back, view)}</a></p>`,
    html`<script type="module" src="/client/order-page.js"></script>
    <script type="module" src="${script}"></script>`,
  )
}
