import { findProgram, installFromDebian } from './debian.mjs'

const HOW = 'These tests need Firefox: install Debian’s firefox-esr, or set FIREFOX_PATH to one.'

/** A pointer that is fine and hovers, in Firefox's own bits. */
const MOUSE = 6

/**
 * What makes a driven Firefox a payer's again: a driver would let every window open and throw away
 * the pages that the back button brings back, and without a screen there is no mouse.
 */
export const FIREFOX_PREFERENCES = {
  'ui.primaryPointerCapabilities': MOUSE,
  'ui.allPointerCapabilities': MOUSE,
  'dom.disable_open_during_load': true,
  'fission.bfcacheInParent': true,
}

function findFirefox() {
  return process.env.FIREFOX_PATH || findProgram(['firefox-esr', 'firefox'])
}

/**
 * The path of a Firefox: `FIREFOX_PATH`, the first one on the `PATH`, or Debian's, installed where
 * this may.
 *
 * @returns {Promise<string>}
 * @throws {Error} saying in one line what to install
 */
export async function ensureFirefox() {
  if (!findFirefox()) await installFromDebian(['firefox-esr', 'fonts-liberation'])
  const found = findFirefox()
  if (!found) throw new Error(HOW)
  return found
}
