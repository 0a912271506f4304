import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { ROOT } from './run.mjs'

const SCRIPT = join(ROOT, 'dist/script')
const MODULE = join(ROOT, 'src/proxy/scripts/assets.generated.ts')

/**
 * Writes the script-tag build as a module of the proxy, which serves it from memory: in Brotli, at
 * its best, which takes too long to be done for a request.
 */
export function writeScriptAssets() {
  const files = readdirSync(SCRIPT).sort()
  mkdirSync(dirname(MODULE), { recursive: true })
  writeFileSync(
    MODULE,
    [
      `import type { PackedFile } from './script-file.js'\n`,
      'export const assets: Record<string, PackedFile> = {',
      ...files.map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(packed(name))},`),
      '}\n',
    ].join('\n'),
  )
}

/** @param {string} name */
function packed(name) {
  const text = readFileSync(join(SCRIPT, name))
  return {
    hash: createHash('sha256').update(text).digest('base64url').slice(0, 27),
    br: brotliCompressSync(text).toString('base64'),
  }
}
