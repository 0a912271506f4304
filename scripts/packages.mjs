import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, run } from './run.mjs'

/** What `npm publish` would send, and from where. */
const PACKAGES = { 'pay-button': '.', 'pay-button-proxy': 'src/proxy' }

/** @typedef {keyof typeof PACKAGES} Ours */

/**
 * Packs our packages as `npm publish` would send them. They must be built.
 *
 * @param {readonly Ours[]} ours
 * @returns {string[]} the tarballs, in that order
 */
export function pack(ours) {
  const folder = mkdtempSync(join(tmpdir(), 'pay-button-packed-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return ours.map((name) => {
    const args = ['pack', '--loglevel=error', '--pack-destination', folder]
    const said = execFileSync('npm', args, { cwd: join(ROOT, PACKAGES[name]), encoding: 'utf8' })
    return join(folder, said.trim().split('\n').at(-1) ?? '')
  })
}

/**
 * Installs a test tree that has packages and a lockfile of its own, and into it our packages, packed.
 *
 * @param {string} tree from the root of the repository
 * @param {readonly Ours[]} ours
 * @throws {Error} where npm could not
 */
export async function installTree(tree, ours) {
  const npm = (/** @type {string[]} */ ...args) =>
    run('npm', [...args, '--prefix', tree, '--no-audit', '--no-fund', '--loglevel=error'])
  const installed =
    (await npm('ci')) === 0 &&
    (await npm('install', '--no-save', '--no-package-lock', ...pack(ours))) === 0
  if (!installed) throw new Error(`${tree}: npm could not install it`)
}
