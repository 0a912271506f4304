import { execFileSync } from 'node:child_process'
import { installFromDebian } from './debian.mjs'

/** What pictures are drawn with, by family, and the package of Debian that has it. */
export const FONTS = {
  'Liberation Sans': 'fonts-liberation',
  'Liberation Mono': 'fonts-liberation',
  'Noto Sans CJK TC': 'fonts-noto-cjk',
}

/**
 * Sees to the fonts of the pictures; installs Debian's where one is missing and this may.
 *
 * @returns {Promise<void>}
 * @throws {Error} saying in one line what to install
 */
export async function ensureFonts() {
  const packages = missing()
  if (packages.length > 0) await installFromDebian(packages)
  const still = missing()
  if (still.length > 0) throw new Error(`The pictures need Debian’s ${still.join(', ')}.`)
}

/** @returns {string[]} packages */
function missing() {
  const installed = families()
  return [
    ...new Set(
      Object.entries(FONTS)
        .filter(([family]) => !installed.includes(family))
        .map(([, aptPackage]) => aptPackage),
    ),
  ]
}

/** @returns {string[]} */
function families() {
  try {
    const listed = execFileSync('fc-list', ['--format', '%{family}\n'], { encoding: 'utf8' })
    return listed.split(/[\n,]/)
  } catch {
    return []
  }
}
