import { html } from 'hono/html'
import { LANGUAGES, type Language } from '../language.js'
import type { Html } from '../pages/layout.js'
import { STATES, type State } from './states.js'

/** What a page's colours follow: a scheme, or a shop's own through the tokens. */
export const THEMES = ['light', 'dark', 'own', 'own-dark'] as const
export type Theme = (typeof THEMES)[number]

export interface Look {
  language: Language
  theme: Theme
}

/** Every state side by side, each in a frame of its own: a page shows one dialog. */
export function wallPage({ language, theme }: Look): Html {
  return html`<!doctype html>
<html lang="en" data-theme="${theme}">
  <head>
    ${head('Every state of <pay-button>')}
    <link rel="stylesheet" href="/states-wall.css">
  </head>
  <body>
    <header>
      <h1>Every state of &lt;pay-button&gt;</h1>
      <p><a href="/playground">Playground: set it by hand</a></p>
      <nav aria-label="Language">
        ${Object.entries(LANGUAGES).map(([tag, name]) => tab(name, { language: tag as Language, theme }, tag === language, tag))}
      </nav>
      <nav aria-label="Theme">
        ${THEMES.map((each) => tab(each, { language, theme: each }, each === theme))}
      </nav>
    </header>
    <main>
      ${[...STATES].map(
        ([name, { title, isClosed }]) => html`<figure class="${isClosed ? 'closed' : ''}">
          <figcaption><a href="${address(name, { language, theme })}">${title}</a></figcaption>
          <iframe src="${address(name, { language, theme })}" title="${title}" loading="lazy"></iframe>
        </figure>`,
      )}
    </main>
  </body>
</html>`
}

/** One state, by itself. */
export function statePage(name: string, state: State, look: Look, script: string): Html {
  const { payer, presentation, disabled, isClosed, blocksWindows, title } = state
  const play = { payer, isClosed, blocksWindows }
  return html`<!doctype html>
<html lang="${look.language}" data-theme="${look.theme}">
  <head>
    ${head(title)}
    <link rel="stylesheet" href="/state.css">
    <script type="module" src="/client/state-page.js"></script>
    <script type="module" src="${script}"></script>
  </head>
  <body>
    <main>
      <pay-button
        order="${name}"
        endpoint="/states/pay"
        presentation="${presentation ?? 'auto'}"
        ${disabled ? 'disabled' : ''}
        data-play="${JSON.stringify(play)}"
      ></pay-button>
    </main>
  </body>
</html>`
}

/** The page of a state; with a payment it is the one that its payer came back to. */
export function address(name: string, { language, theme }: Look): string {
  const query = new URLSearchParams({ lang: language, theme })
  if (STATES.get(name)?.payment) query.set('payment', name)
  return `/states/${name}?${query}`
}

function head(title: string): Html {
  return html`<meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <title>${title}</title>
    <link rel="icon" href="/icon.svg">`
}

function tab(name: string, { language, theme }: Look, isCurrent: boolean, lang = 'en'): Html {
  const query = new URLSearchParams({ lang: language, theme })
  return html`<a lang="${lang}" href="/states?${query}" ${isCurrent ? 'aria-current=true' : ''}>${name}</a>`
}
