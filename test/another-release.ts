import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { assets } from '../src/proxy/dist/proxy/scripts/assets.generated.js'

const PROXY = fileURLToPath(new URL('../src/proxy/', import.meta.url))
const HASHED = /-([\w-]{8})\.js$/

export interface Release {
  /** The proxy's program. */
  readonly program: string
  remove(): void
}

/** What the name of this release's chunk is in the other one. */
export function nameInAnother(name: string): string {
  return name.replace(HASHED, (_, hash: string) => `-${[...hash].reverse().join('')}.js`)
}

/**
 * The proxy as the release after this one: the chunks of its script have other names, and are of no
 * use to the entry of this one.
 */
export function makeAnotherRelease(): Release {
  const folder = mkdtempSync(join(tmpdir(), 'pay-button-release-'))
  const proxy = join(folder, 'proxy')
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(PROXY, part), join(proxy, part), { recursive: true })
  }
  symlinkSync(join(PROXY, '../../node_modules'), join(folder, 'node_modules'))
  symlinkSync(join(PROXY, 'node_modules'), join(proxy, 'node_modules'))
  writeFileSync(
    join(proxy, 'dist/proxy/scripts/assets.generated.js'),
    `export const assets = ${JSON.stringify(anotherScript())}`,
  )
  return {
    program: join(proxy, 'bin/pay-button-proxy.js'),
    remove: () => rmSync(folder, { recursive: true }),
  }
}

function anotherScript(): typeof assets {
  const names = Object.keys(assets)
  return Object.fromEntries(
    Object.entries(assets).map(([name, { hash, br }]) => {
      let text = String(brotliDecompressSync(Buffer.from(br, 'base64')))
      for (const each of names) text = text.replaceAll(each, nameInAnother(each))
      const packed = brotliCompressSync(text.replaceAll('.shared', '.sharedByAnother'))
      return [nameInAnother(name), { hash: `another-${hash}`, br: packed.toString('base64') }]
    }),
  )
}
