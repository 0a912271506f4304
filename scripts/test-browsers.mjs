import { build } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureFirefox } from './firefox.mjs'
import { ensureFonts } from './fonts.mjs'
import { inWords, report, sum, vitest, webTestRunner } from './suites.mjs'
import { ensureWebKit } from './webkit.mjs'

const ENGINES = {
  // Every state of the button as every payer sees it is Chromium's alone.
  chromium: { ensures: [ensureChromium, ensureFonts], projects: ['e2e', 'everyone'] },
  firefox: { ensures: [ensureFirefox], projects: ['e2e'] },
  webkit: { ensures: [ensureWebKit], projects: ['e2e'] },
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
  for (const [BROWSER, { ensures, projects }] of Object.entries(ENGINES)) {
    if (named.length > 0 && !named.includes(BROWSER)) continue
    const suites = []
    try {
      for (const ensure of ensures) await ensure()
      suites.push(await webTestRunner({ BROWSER }))
      for (const project of projects) suites.push(await vitest(project, { BROWSER }))
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      suites.push({ passed: 0, failed: 1, skipped: 0 })
    }
    const counts = sum(suites)
    all.push(counts)
    lines.push(`${BROWSER}: ${inWords(counts)}`)
  }
  console.log(lines.join('\n'))
  return sum(all)
}

await report(() => testBrowsers(process.argv.slice(2)))
