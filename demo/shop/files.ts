import { readFile } from 'node:fs/promises'
import type { Hono } from 'hono'

const SVG = 'image/svg+xml'

/** Every file of the shop, beside this module: path → type. */
const FILES = {
  'public/shop.css': 'text/css; charset=utf-8',
  'public/tea.svg': SVG,
  'public/icon.svg': SVG,
  'client/order-page.js': 'text/javascript; charset=utf-8',
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
