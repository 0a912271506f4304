import { html } from 'hono/html'
import { LANGUAGES, type Language, type Worded } from '../language.js'
import { WORDS } from '../words.js'

/** Escaped HTML, as `html` makes it. */
export type Html = ReturnType<typeof html>

export interface View {
  language: Language
  /** Of this page, for the language switch. */
  path: string
  /** Whether payments go to the sandbox. */
  sandboxed: boolean
}

export function say(words: Worded, { language }: View): string {
  return words[language]
}

/** A path of the shop that keeps the language of this page. */
export function localPath(path: string, { language }: View): string {
  return `${path}?lang=${language}`
}

/** A whole page of the shop around `main`; `head` is for what only that page loads. */
export function layout(view: View, title: string, main: Html, head: Html | '' = ''): Html {
  return html`<!doctype html>
<html lang="${view.language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · ${say(WORDS.shop, view)}</title>
    <link rel="icon" href="/icon.svg">
    <link rel="stylesheet" href="/shop.css">
    ${head}
  </head>
  <body>
    <p class="ribbon" role="note">${say(view.sandboxed ? WORDS.demo : WORDS.real, view)}</p>
    <header>
      <a class="brand" href="${localPath('/', view)}">${say(WORDS.shop, view)}</a>
      <nav aria-label="Language · 語言">${languageLinks(view)}</nav>
    </header>
    <main>${main}</main>
  </body>
</html>`
}

function languageLinks({ language, path }: View): Html[] {
  return Object.entries(LANGUAGES).map(
    ([tag, name]) =>
      html`<a lang="${tag}" href="${path}?lang=${tag}" ${tag === language ? 'aria-current=true' : ''}>${name}</a>`,
  )
}
