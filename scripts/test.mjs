import { build } from './build.mjs'
import { check } from './check.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureFonts } from './fonts.mjs'
import { ensureLanguages } from './languages.mjs'
import { runInOnePiece } from './run.mjs'
import { report, sum, vitest, webTestRunner } from './suites.mjs'

/**
 * Builds, checks, and runs every test, those of the page in Chromium. Much of a test is waiting, so
 * there are three lanes of about the same length: programs, shown as they run, pages, and what takes
 * several programs, each suite of these shown when it has ended. The last line says how many passed
 * and failed.
 *
 * @returns {Promise<import('./suites.mjs').Counts>}
 */
async function test() {
  await build()
  const checked = await check()
  const CHROMIUM_PATH = await ensureChromium()
  const languages = await ensureLanguages()
  await ensureFonts()
  return sum([
    { passed: 0, failed: checked ? 0 : 1, skipped: 0 },
    ...(await Promise.all([
      vitest('node', { CHROMIUM_PATH, ...languages }),
      pages({ CHROMIUM_PATH }),
      several(),
    ])),
  ])
}

/** @param {Record<string, string>} env */
async function pages(env) {
  return sum([
    await webTestRunner(env, runInOnePiece),
    await vitest('e2e', env, runInOnePiece),
    await vitest('everyone', env, runInOnePiece),
  ])
}

/** Programs beside each other, on one database, or one after the other as they are killed. */
async function several() {
  return sum([
    await vitest('faults', {}, runInOnePiece),
    await vitest('cluster', {}, runInOnePiece),
    await vitest('postgres', {}, runInOnePiece),
  ])
}

await report(test)
