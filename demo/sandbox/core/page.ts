import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Escaped HTML, as `html` makes it. */
export type Html = ReturnType<typeof html>

export const STYLE_PATH = '/sandbox.css'

interface Page {
  title: string
  body: Html
  status?: ContentfulStatusCode
  /** What forms may lead to besides this origin, as a CSP source. */
  formTarget?: string
}

/** Sends a page that needs no script and may load nothing but the style sheet. */
export async function sendPage(c: Context, page: Page): Promise<Response> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    `form-action 'self' ${page.formTarget ?? ''}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const document = await html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>${page.title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="${STYLE_PATH}">
  </head>
  <body>
    <p class="ribbon" role="note"><strong>Sandbox.</strong> No money moves here.</p>
    ${page.body}
  </body>
</html>`
  return c.html(document, page.status ?? 200, {
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy,
    // The address of a cashier is its permission.
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
}
