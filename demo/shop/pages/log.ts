import { html } from 'hono/html'
import type { Worded } from '../language.js'
import { WORDS } from '../words.js'
import { type Html, say, type View } from './layout.js'

/** A list that a script of the page writes in. */
export function logOf(id: string, title: Worded, hint: Worded, view: View, orders = ''): Html {
  return html`<section class="card">
    <h2 id="${id}-title">${say(title, view)}</h2>
    <p class="muted">${say(hint, view)}</p>
    <div role="log" aria-labelledby="${id}-title">
      <ol id="${id}" data-empty="${say(WORDS.nothing, view)}" data-orders="${orders}"></ol>
    </div>
  </section>`
}
