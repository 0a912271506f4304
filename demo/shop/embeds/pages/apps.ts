import { html } from 'hono/html'
import { say } from '../../pages/layout.js'
import type { Embed, Scene } from '../embed.js'
import { EMBED_WORDS as WORDS } from '../words.js'

/** Lit's own: these bundles hold the npm build of the button. */
const LIT = 'lit-html'

export const react: Embed = {
  name: 'react',
  title: WORDS.react,
  intro: WORDS.reactIntro,
  script: '/embeds/apps/react.js',
  trustedTypes: [LIT],
  sources: ['react.tsx', 'place-order.js'],
  markup: root,
}

export const vue: Embed = {
  name: 'vue',
  title: WORDS.vue,
  intro: WORDS.vueIntro,
  script: '/embeds/apps/vue.js',
  trustedTypes: [LIT, 'vue'],
  sources: ['cart-form.vue', 'vue.ts', 'place-order.js'],
  markup: root,
}

async function root({ view, payUrl }: Scene) {
  return html`
    <div
      id="app"
      data-endpoint="${payUrl}"
      data-quantity="${say(WORDS.quantity, view)}"
      data-thanks="${say(WORDS.thanks, view)}"
    ></div>`
}
