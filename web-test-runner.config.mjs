import { writeFileSync } from 'node:fs'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { defaultReporter, summaryReporter } from '@web/test-runner'
import { chromeLauncher } from '@web/test-runner-chrome'
import puppeteer from 'puppeteer-core'
import { CHROMIUM_ARGS, ensureChromium } from './scripts/chromium.mjs'
import { ensureFirefox } from './scripts/firefox.mjs'
import { webKitLauncher } from './scripts/webkit-launcher.mjs'

/**
 * Writes how many tests passed, failed and were skipped.
 *
 * @param {string} file
 * @returns {import('@web/test-runner').Reporter}
 */
function countReporter(file) {
  return {
    onTestRunFinished({ sessions }) {
      const tests = sessions.flatMap(({ testResults }) => (testResults ? testsOf(testResults) : []))
      const crashed = sessions.filter(
        (session) => !session.testResults || session.errors.length > 0,
      )
      const counts = {
        passed: tests.filter((test) => test.passed && !test.skipped).length,
        failed: tests.filter((test) => !test.passed && !test.skipped).length + crashed.length,
        skipped: tests.filter((test) => test.skipped).length,
      }
      writeFileSync(file, JSON.stringify(counts))
    },
  }
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @returns {import('@web/test-runner').TestResult[]}
 */
function testsOf({ tests, suites }) {
  return [...tests, ...suites.flatMap(testsOf)]
}

/** The engine that `BROWSER` names, else Chromium. */
const launchers = {
  chromium: async () =>
    chromeLauncher({
      launchOptions: { executablePath: await ensureChromium(), args: CHROMIUM_ARGS },
      concurrency: 1,
    }),
  firefox: async () =>
    chromeLauncher({
      puppeteer,
      launchOptions: { browser: 'firefox', executablePath: await ensureFirefox() },
      concurrency: 1,
    }),
  webkit: async () => webKitLauncher(),
}
const engine = /** @type {keyof typeof launchers} */ (process.env.BROWSER || 'chromium')

export default {
  files: 'src/button/**/*.test.ts',
  nodeResolve: true,
  // A machine that is shared may be slow; what hangs is still found.
  testFramework: { config: { timeout: 10_000 } },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: 'src/button/tsconfig.json' })],
  browsers: [await launchers[engine]()],
  // The state machine is where money could be taken twice: every branch of it is tried.
  coverage: engine === 'chromium',
  coverageConfig: {
    include: ['src/button/machine.ts'],
    report: false,
    threshold: { statements: 100, branches: 100, functions: 100, lines: 100 },
  },
  reporters: [
    defaultReporter(),
    summaryReporter({ flatten: false }),
    ...(process.env.WTR_JSON ? [countReporter(process.env.WTR_JSON)] : []),
  ],
}
