import { html } from 'hono/html'
import { type Html, say } from '../../pages/layout.js'
import { PRODUCTS, type Product, priceOf, shownPrice } from '../../products.js'
import type { Embed, Scene } from '../embed.js'
import { TEA } from '../tea.js'
import { EMBED_WORDS as WORDS } from '../words.js'

const QUANTITIES = [1, 2, 3, 4, 5, 6]
const COPIES = 100

export const many: Embed = {
  name: 'many',
  title: WORDS.many,
  intro: WORDS.manyIntro,
  script: '/embeds/client/many.js',
  sources: [],

  markup: (scene) => line(scene, TEA, 1),

  async live(scene) {
    const { view, tokenOf } = scene
    const lines = PRODUCTS.flatMap((product) =>
      QUANTITIES.map((quantity) => line(scene, product, quantity)),
    )
    const again = await tokenOf(TEA)
    return html`<dl class="counts">
        <div><dt>${say(WORDS.buttons, view)}</dt><dd id="buttons"></dd></div>
        <div><dt>${say(WORDS.offers, view)}</dt><dd id="asked">0</dd></div>
      </dl>
      <ul class="lines">${await Promise.all(lines)}</ul>
      <h2>${say(WORDS.hundred, view)}</h2>
      <div class="copies">
        ${Array.from({ length: COPIES }, () => html`<pay-button order="${again}"></pay-button>`)}
      </div>`
  },
}

async function line({ view, tokenOf }: Scene, product: Product, quantity: number): Promise<Html> {
  const price = priceOf(product, quantity)
  return html`
    <li>
      <span>${say(product.name, view)} × ${quantity}</span>
      <span>${shownPrice({ price }, view.language)}</span>
      <pay-button order="${await tokenOf(product, quantity)}"></pay-button>
    </li>`
}
