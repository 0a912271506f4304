import { readFile } from 'node:fs/promises'
import type { Hono } from 'hono'

const CSS = 'text/css; charset=utf-8'
const SCRIPT = 'text/javascript; charset=utf-8'
const SVG = 'image/svg+xml'

/** Every file of the shop, beside this module: path → type. */
const FILES = {
  'public/shop.css': CSS,
  'public/embeds.css': CSS,
  'public/state.css': CSS,
  'public/states-wall.css': CSS,
  'public/playground.css': CSS,
  'public/playground-frame.css': CSS,
  'public/tea.svg': SVG,
  'public/icon.svg': SVG,
  'client/embed-page.js': SCRIPT,
  'client/log.js': SCRIPT,
  'client/order-page.js': SCRIPT,
  'client/page-log.js': SCRIPT,
  'client/state-page.js': SCRIPT,
  'playground/client/choices.js': SCRIPT,
  'playground/client/event-log.js': SCRIPT,
  'playground/client/form.js': SCRIPT,
  'playground/client/frame.js': SCRIPT,
  'playground/client/markup.js': SCRIPT,
  'playground/client/markup-view.js': SCRIPT,
  'playground/client/playground.js': SCRIPT,
  'playground/client/preview.js': SCRIPT,
  'playground/client/setup.js': SCRIPT,
  'playground/client/themes.js': SCRIPT,
}

export function serveFiles(shop: Hono): void {
  for (const [file, type] of Object.entries(FILES)) {
    const location = new URL(file, import.meta.url)
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache' }
    shop.get(`/${file.replace('public/', '')}`, async (c) =>
      c.body(await readFile(location, 'utf8'), 200, headers),
    )
  }
}
