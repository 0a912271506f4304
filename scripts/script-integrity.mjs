import { createHash } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/** Part of the button's package; the proxy's has a copy. */
const OURS = join(ROOT, 'dist/integrity.json')
const PROXYS = join(ROOT, 'src/proxy/dist/integrity.json')

/** Writes what `integrity` is for the one file of this version: `{"pay-button@1.2.3.js": "sha384-…"}`. */
export function writeIntegrity() {
  const folder = join(ROOT, 'dist/script')
  const pinned = readdirSync(folder).filter((name) => name.includes('@'))
  const hashes = pinned.map((name) => {
    const hash = createHash('sha384')
      .update(readFileSync(join(folder, name)))
      .digest('base64')
    return [name, `sha384-${hash}`]
  })
  writeFileSync(OURS, `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`)
}

export function copyIntegrity() {
  copyFileSync(OURS, PROXYS)
}

/** @returns {string} the tag to copy into a page; the host is the shop's own */
export function pinnedTag() {
  const [[name, integrity] = []] = Object.entries(JSON.parse(readFileSync(OURS, 'utf8')))
  return `<script type="module" src="https://pay.shop.example/${name}" integrity="${integrity}" crossorigin></script>`
}
