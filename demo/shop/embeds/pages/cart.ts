import { html } from 'hono/html'
import { say } from '../../pages/layout.js'
import { shownPrice } from '../../products.js'
import type { Embed } from '../embed.js'
import { TEA } from '../tea.js'
import { EMBED_WORDS as WORDS } from '../words.js'

export const cart: Embed = {
  name: 'cart',
  title: WORDS.cart,
  intro: WORDS.cartIntro,
  script: '/embeds/client/cart.js',
  sources: ['cart.js', 'place-order.js'],

  async markup({ view }) {
    return html`
      <form>
        <p>${say(TEA.name, view)} · ${shownPrice(TEA, view.language)}</p>
        <label>
          ${say(WORDS.quantity, view)}
          <select name="quantity"><option>1<option>2<option>3</select>
        </label>
        <label><input type="checkbox" name="down"> ${say(WORDS.down, view)}</label>
      </form>
      <pay-button></pay-button>`
  },
}
