import { findProgram, installFromDebian } from './debian.mjs'

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
  return process.env.CHROMIUM_PATH || findProgram(['chromium', 'chromium-browser', 'google-chrome'])
}

/**
 * As `findChromium`, but installs Debian's where there is none and this may.
 *
 * @returns {Promise<string>}
 * @throws {Error} saying in one line what to install
 */
export async function ensureChromium() {
  if (!findChromium()) await installFromDebian(['chromium', 'fonts-liberation'])
  const found = findChromium()
  if (!found) throw new Error(HOW)
  return found
}
