import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */
/** @typedef {typeof run} Run how a runner is run: live, or in one piece beside another */

const reports = mkdtempSync(join(tmpdir(), 'pay-button-test-'))
process.once('exit', () => rmSync(reports, { recursive: true }))

/**
 * Runs a project of Vitest.
 *
 * @param {string} project
 * @param {Record<string, string>} [env]
 * @param {Run} [runs]
 * @returns {Promise<Counts>}
 */
export async function vitest(project, env, runs = run) {
  const file = reportOf(project)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runs('vitest', ['run', '--project', project, ...reporters], env)
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = readReport(file)
  return honest(code, { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests })
}

/**
 * Runs the button's own tests in a browser.
 *
 * @param {Record<string, string>} env
 * @param {Run} [runs]
 * @returns {Promise<Counts>}
 */
export async function webTestRunner(env, runs = run) {
  const file = reportOf('button')
  const code = await runs('web-test-runner', [], { ...env, WTR_JSON: file })
  const { passed = 0, failed = 0, skipped = 0 } = readReport(file)
  return honest(code, { passed, failed, skipped })
}

/** @param {readonly Counts[]} all */
export function sum(all) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) {
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
  }
  return total
}

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * Runs what a test program is about. Its last line says how many tests passed and failed; what
 * could not be run at all counts as one that failed.
 *
 * @param {() => Promise<Counts>} suites
 */
export async function report(suites) {
  try {
    const counts = await suites()
    process.exitCode = counts.failed > 0 ? 1 : 0
    console.log(inWords(counts))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    console.log('0 passed, 1 failed')
    process.exitCode = 1
  }
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
 * Where a runner writes its counts; none of an earlier run stands there.
 *
 * @param {string} name
 */
function reportOf(name) {
  const file = join(reports, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

/**
 * @param {string} file
 * @returns {Record<string, number>} empty where the runner wrote none
 */
function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
