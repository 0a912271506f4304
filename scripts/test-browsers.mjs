import { build } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureFirefox } from './firefox.mjs'
import { inWords, report, sum, vitest, webTestRunner } from './suites.mjs'
import { ensureWebKit } from './webkit.mjs'

const ENGINES = {
  chromium: ensureChromium,
  firefox: ensureFirefox,
  webkit: ensureWebKit,
}

/**
 * Runs the tests of the page in all three engines, or in those that the command line names.
 * A line for each of them, and the last one in all, says how many passed and failed.
 *
 * @param {readonly string[]} named
 * @returns {Promise<import('./suites.mjs').Counts>}
 */
async function testBrowsers(named) {
  const unknown = named.find((name) => !(name in ENGINES))
  if (unknown) throw new Error(`No engine ${unknown}: ${Object.keys(ENGINES).join(', ')}.`)
  await build()
  const lines = []
  const all = []
  for (const [BROWSER, ensure] of Object.entries(ENGINES)) {
    if (named.length > 0 && !named.includes(BROWSER)) continue
    const counts = await ensure().then(
      async () => sum([await webTestRunner({ BROWSER }), await vitest('e2e', { BROWSER })]),
      (error) => {
        console.error(error.message)
        return { passed: 0, failed: 1, skipped: 0 }
      },
    )
    all.push(counts)
    lines.push(`${BROWSER}: ${inWords(counts)}`)
  }
  console.log(lines.join('\n'))
  return sum(all)
}

await report(() => testBrowsers(process.argv.slice(2)))
