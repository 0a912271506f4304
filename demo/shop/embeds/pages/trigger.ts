import { html } from 'hono/html'
import { say } from '../../pages/layout.js'
import { shownPrice } from '../../products.js'
import type { Embed } from '../embed.js'
import { TEA } from '../tea.js'
import { EMBED_WORDS as WORDS } from '../words.js'

export const trigger: Embed = {
  name: 'trigger',
  title: WORDS.trigger,
  intro: WORDS.triggerIntro,
  script: '/embeds/client/trigger.js',
  style: '/embeds/client/trigger.css',
  sources: ['trigger.js', 'trigger.css'],

  async markup({ view, tokenOf }) {
    const order = await tokenOf(TEA)
    return html`
      <p>
        ${say(WORDS.reserved, view)}
        <pay-button order="${order}">
          <button slot="trigger" type="button" class="link">${say(WORDS.payNow, view)}</button>
        </pay-button>
      </p>

      <pay-button order="${order}">
        <button slot="trigger" type="button" class="tile">
          <img class="${TEA.id}" src="/tea.svg" alt="" width="320" height="240">
          <strong>${say(TEA.name, view)}</strong>
          <span>${shownPrice(TEA, view.language)}</span>
        </button>
      </pay-button>

      <p><button id="elsewhere" type="button">${say(WORDS.elsewhere, view)}</button></p>`
  },
}
