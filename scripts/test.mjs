import { build } from './build.mjs'
import { check } from './check.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureFonts } from './fonts.mjs'
import { ensureLanguages } from './languages.mjs'
import { report, sum, vitest, webTestRunner } from './suites.mjs'

/**
 * Builds, checks, and runs every test, those of the page in Chromium. The last line says how many
 * passed and failed.
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
    await vitest('node', { CHROMIUM_PATH, ...languages }),
    await vitest('postgres', {}),
    await vitest('cluster', {}),
    await vitest('faults', {}),
    await webTestRunner({ CHROMIUM_PATH }),
    await vitest('e2e', { CHROMIUM_PATH }),
    await vitest('everyone', { CHROMIUM_PATH }),
  ])
}

await report(test)
