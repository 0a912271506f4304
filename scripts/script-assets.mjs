import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './run.mjs'

const SCRIPT = join(ROOT, 'dist/script')
const MODULE = join(ROOT, 'src/proxy/scripts/assets.generated.ts')

/** Writes the script-tag build as a module of the proxy, which serves it from memory. */
export function writeScriptAssets() {
  const entries = readdirSync(SCRIPT, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .sort()
    .map((name) => {
      const asset = {
        type: 'text/javascript; charset=utf-8',
        body: readFileSync(join(SCRIPT, name), 'utf8'),
      }
      return `  ${JSON.stringify(name)}: ${JSON.stringify(asset)},\n`
    })
  const type = 'Record<string, { type: string; body: string }>'
  mkdirSync(dirname(MODULE), { recursive: true })
  writeFileSync(MODULE, `export const assets: ${type} = {\n${entries.join('')}}\n`)
}
