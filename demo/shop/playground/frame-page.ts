import { html } from 'hono/html'
import type { Html } from '../pages/layout.js'
import type { ElementApi } from './element-api.js'

/** The page in the preview: the button alone, set by its script from the page's own address. */
export function framePage({ events }: ElementApi, token: string, script: string): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <title>The button</title>
    <link rel="icon" href="/icon.svg">
    <link rel="stylesheet" href="/playground-frame.css">
    <script type="module" src="/playground/client/frame.js"></script>
    <script type="module" src="${script}"></script>
  </head>
  <body>
    <main>
      <pay-button order="${token}" data-events="${events.map(({ name }) => name).join(' ')}"></pay-button>
    </main>
  </body>
</html>`
}
