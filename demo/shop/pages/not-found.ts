import { html } from 'hono/html'
import { WORDS } from '../words.js'
import { type Html, layout, localPath, say, type View } from './layout.js'

export function notFoundPage(view: View): Html {
  const title = say(WORDS.notFound, view)
  return layout(
    view,
    title,
    html`<h1>${title}</h1>
    <p><a href="${localPath('/', view)}">← ${say(WORDS.back, view)}</a></p>`,
  )
}
