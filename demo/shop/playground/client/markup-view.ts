import { find } from '../../client/log.js'
import { type Form, markup, type Place } from './markup.js'
import type { Setup } from './setup.js'

/** Shows the markup in the form that is chosen. */
export function writeMarkup(setup: Setup, place: Place): void {
  const chosen = document.querySelector<HTMLInputElement>('input[name=form]:checked')
  const text = markup((chosen?.value ?? 'html') as Form, setup, place)
  find('markup').replaceChildren(...shortened(text, place.order))
}

/** The token is long and says nothing to a reader, but is whole where it is copied. */
function shortened(text: string, token: string): (string | Node)[] {
  const [before = '', after] = token ? text.split(token) : [text]
  if (after === undefined) return [before]
  const shown = document.createElement('span')
  shown.className = 'token'
  shown.textContent = token
  return [before, shown, after]
}
