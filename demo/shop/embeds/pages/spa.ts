import { html } from 'hono/html'
import { say } from '../../pages/layout.js'
import type { Embed } from '../embed.js'
import { TEA } from '../tea.js'
import { EMBED_WORDS as WORDS } from '../words.js'

export const spa: Embed = {
  name: 'spa',
  title: WORDS.spa,
  intro: WORDS.spaIntro,
  script: '/embeds/client/spa.js',
  sources: ['spa.js'],

  async markup({ view, tokenOf }) {
    const [one, two] = await Promise.all([tokenOf(TEA, 1), tokenOf(TEA, 2)])
    return html`
      <nav>
        <a data-route href="?view=tea&amp;lang=${view.language}">${say(WORDS.buying, view)}</a>
        <a data-route href="?view=story&amp;lang=${view.language}">${say(WORDS.reading, view)}</a>
      </nav>
      <div id="outlet"></div>
      <p>pay-close: <output id="said"></output></p>

      <template id="tea">
        <label>
          ${say(WORDS.quantity, view)}
          <select><option value="${one}">1<option value="${two}">2</select>
        </label>
        <button id="move" type="button">${say(WORDS.move, view)}</button>
        <div class="places">
          <div class="place"><pay-button order="${one}"></pay-button></div>
          <div class="place"></div>
        </div>
      </template>
      <template id="story"><p>${say(TEA.detail, view)}</p></template>`
  },
}
