import { build } from './build.mjs'
import { check } from './check.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureFonts } from './fonts.mjs'
import { ensureLanguages } from './languages.mjs'
import { runInOnePiece } from './run.mjs'
import { report, sum, vitest, webTestRunner } from './suites.mjs'

/**
 * Builds, checks, and runs every test, those of the page in Chromium. Much of a test is waiting, so
 * there are three lanes of about the same length, each shown when it has ended but for the first,
 * which is shown as it runs. The last line says how many passed and failed.
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
      inTurn([
        () => webTestRunner({ CHROMIUM_PATH }, runInOnePiece),
        () => beside('e2e', { CHROMIUM_PATH }),
        () => beside('cluster'),
      ]),
      inTurn([
        () => beside('everyone', { CHROMIUM_PATH }),
        () => beside('faults'),
        () => beside('postgres'),
      ]),
    ])),
  ])
}

/**
 * @param {string} project
 * @param {Record<string, string>} [env]
 */
function beside(project, env = {}) {
  return vitest(project, env, runInOnePiece)
}

/** @param {readonly (() => Promise<import('./suites.mjs').Counts>)[]} suites */
async function inTurn(suites) {
  const all = []
  for (const suite of suites) all.push(await suite())
  return sum(all)
}

await report(test)
