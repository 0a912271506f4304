import { html } from 'hono/html'
import { EMBED_WORDS } from '../embeds/words.js'
import { PRODUCTS, type Product, shownPrice } from '../products.js'
import { WORDS } from '../words.js'
import { type Html, layout, localPath, say, type View } from './layout.js'

/** The shop's front: everything that it sells. */
export function shelfPage(view: View): Html {
  return layout(
    view,
    say(WORDS.motto, view),
    html`<h1 class="motto">${say(WORDS.motto, view)}</h1>
    <ul class="shelf">${PRODUCTS.map((product) => card(product, view))}</ul>
    <p><a href="${localPath('/embeds', view)}">${say(EMBED_WORDS.ways, view)}</a></p>
    <p><a href="/playground">${say(WORDS.playground, view)}</a></p>
    <p><a href="${localPath('/states', view)}">${say(WORDS.states, view)}</a></p>`,
  )
}

function card(product: Product, view: View): Html {
  return html`<li class="card product">
    <img class="${product.id}" src="/tea.svg" alt="" width="320" height="240">
    <div>
      <h2>${say(product.name, view)}</h2>
      <p>${say(product.detail, view)}</p>
      <p class="price">${shownPrice(product, view.language)}</p>
      <form method="post" action="${localPath('/orders', view)}">
        <input type="hidden" name="product" value="${product.id}">
        <button>${say(WORDS.buy, view)}</button>
      </form>
    </div>
  </li>`
}
