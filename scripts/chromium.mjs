import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const HOW = 'The tests need a browser: install Debian’s chromium, or set CHROMIUM_PATH to one.'

/** What Chromium needs to run as root, in a container, and to leave the network alone. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The path of an installed Chromium: `CHROMIUM_PATH`, else the first one on the `PATH`.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/**
 * As `findChromium`, but installs Debian's where there is none and this may.
 *
 * @returns {Promise<string>}
 * @throws {Error} saying in one line what to install
 */
export async function ensureChromium() {
  const found = findChromium() ?? (await install())
  if (!found) throw new Error(HOW)
  return found
}

async function install() {
  const mayInstall = process.getuid?.() === 0 && isExecutable('/usr/bin/apt-get')
  if (!mayInstall) return undefined
  console.log('Installing chromium…')
  const apt = (/** @type {string[]} */ ...args) =>
    run('apt-get', ['-qq', ...args], { DEBIAN_FRONTEND: 'noninteractive' })
  const installed =
    (await apt('update')) === 0 &&
    (await apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-liberation')) === 0
  return installed ? findChromium() : undefined
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
