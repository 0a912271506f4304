import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { check } from './check.mjs'
import { ensureChromium } from './chromium.mjs'
import { run } from './run.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

const reports = mkdtempSync(join(tmpdir(), 'pay-button-test-'))

/**
 * Builds, checks, and runs every test. The last line says how many passed and failed.
 *
 * @returns {Promise<Counts>}
 */
async function test() {
  await build()
  const checked = await check()
  const CHROMIUM_PATH = await ensureChromium()
  return sum([
    { passed: 0, failed: checked ? 0 : 1, skipped: 0 },
    await vitest('node', { CHROMIUM_PATH }),
    await vitest('faults', {}),
    await webTestRunner({ CHROMIUM_PATH }),
    await vitest('e2e', { CHROMIUM_PATH }),
  ])
}

/**
 * @param {string} project
 * @param {Record<string, string>} env
 * @returns {Promise<Counts>}
 */
async function vitest(project, env) {
  const file = join(reports, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run('vitest', ['run', '--project', project, ...reporters], env)
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = readReport(file)
  return honest(code, { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests })
}

/**
 * @param {Record<string, string>} env
 * @returns {Promise<Counts>}
 */
async function webTestRunner(env) {
  const file = join(reports, 'button.json')
  const code = await run('web-test-runner', [], { ...env, WTR_JSON: file })
  const { passed = 0, failed = 0, skipped = 0 } = readReport(file)
  return honest(code, { passed, failed, skipped })
}

/**
 * A runner that crashed, or found nothing to run, has failed even if it counts no failure.
 *
 * @param {number} code
 * @param {Counts} counts
 * @returns {Counts}
 */
function honest(code, counts) {
  const silentFailure = counts.failed === 0 && (code !== 0 || counts.passed === 0)
  return silentFailure ? { ...counts, failed: 1 } : counts
}

/**
 * @param {string} file
 * @returns {Record<string, number>} empty where the runner wrote none
 */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** @param {readonly Counts[]} all */
function sum(all) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) {
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
  }
  return total
}

try {
  const { passed, failed, skipped } = await test()
  process.exitCode = failed > 0 ? 1 : 0
  const omitted = skipped > 0 ? `, ${skipped} skipped` : ''
  console.log(`${passed} passed, ${failed} failed${omitted}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
} finally {
  rmSync(reports, { recursive: true })
}
