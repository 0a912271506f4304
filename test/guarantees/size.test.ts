import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const SCRIPT = new URL('../../dist/script/', import.meta.url)
const KB = 1000

/** Bytes of a built file as it travels, the hash in its name left open. */
function sizeOf(name: string): number {
  const pattern = new RegExp(`^${name}(-[\\w-]{8})?\\.js$`)
  const [file, ...others] = readdirSync(SCRIPT).filter((each) => pattern.test(each))
  if (!file || others.length > 0) throw new Error(`not one file is ${name}: ${file}, ${others}`)
  return gzipSync(readFileSync(new URL(file, SCRIPT)), { level: 9 }).length
}

describe('what a page loads, gzipped', () => {
  it('is at most 10 kB for the button', () => {
    expect(sizeOf('pay-button')).toBeLessThanOrEqual(10 * KB)
  })

  it.each(['en', 'zh-hant-tw', 'zh-hk', 'zh-hans', 'id'])(
    'is at most 30 kB for a redirect payment in %s',
    (language) => {
      const files = ['pay-button', 'checkout', language]
      expect(files.reduce((sum, file) => sum + sizeOf(file), 0)).toBeLessThanOrEqual(30 * KB)
    },
  )

  it('is at most 48 kB for every view and language', () => {
    const files = readdirSync(SCRIPT).filter((file) => !file.includes('@'))
    const sizes = files.map((file) => sizeOf(file.replace(/(-[\w-]{8})?\.js$/, '')))
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(48 * KB)
  })
})
