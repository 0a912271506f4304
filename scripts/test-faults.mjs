import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.mjs'
import { run } from './run.mjs'

/**
 * A test as Vitest's JSON reports it; `figures` come from `tell` in `test/faults/form.ts`.
 *
 * @typedef {{ title: string, status: string, duration?: number,
 *   meta: { figures?: Record<string, string | number | string[]> } }} Told
 *
 * @typedef {{ name: string, project: string, files?: readonly string[], whole?: boolean }} Suite
 */

/** Long forms, one suite after the other; of a `whole` one only the sum is told. @type {Suite[]} */
const SUITES = [
  { name: 'faults', project: 'faults' },
  { name: 'postgres', project: 'postgres', whole: true },
  {
    name: 'security',
    project: 'node',
    files: ['test/security/fuzz.test.ts', 'test/security/waiting-crowd.test.ts'],
  },
]

/** What makes a form long. */
const LONG = { FAULT_FORM: 'long' }

const reports = mkdtempSync(join(tmpdir(), 'pay-button-faults-'))
process.once('exit', () => rmSync(reports, { recursive: true }))

/**
 * Runs the long forms of everything that goes wrong, which take a machine for themselves, and
 * says in one table what they did and what they lost.
 *
 * @param {readonly string[]} files of the suite `faults` alone, by parts of their names
 * @returns {Promise<boolean>} whether all is well
 */
async function testFaults(files) {
  await build()
  const suites = files.length > 0 ? [{ name: 'faults', project: 'faults', files }] : SUITES
  /** @type {Told[]} */
  const all = []
  for (const suite of suites) all.push(...(await told(suite)))
  const rows = all.map(({ title, status, duration = 0, meta: { figures = {} } }) => ({
    what: title,
    did: didOf(figures),
    lost: status === 'passed' ? lossOf(figures) : `${lossOf(figures)}, ${status}`,
    seconds: String(Math.round(duration / 1_000)),
  }))
  print([{ what: 'what', did: 'did', lost: 'lost', seconds: 'seconds' }, ...rows])
  return all.length > 0 && all.every(({ status }) => status === 'passed')
}

/**
 * @param {Suite} suite
 * @returns {Promise<Told[]>}
 */
async function told({ name, project, files = [], whole = false }) {
  const report = join(reports, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const args = ['run', '--project', project, '--no-file-parallelism', ...files, ...reporters]
  const code = await run('vitest', args, LONG)
  /** @type {Told[]} */
  const tests = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(
        (/** @type {{ assertionResults: Told[] }} */ { assertionResults }) => assertionResults,
      )
    : []
  // A runner that crashed, or found nothing to run, has failed even if no test has.
  const isSilent = tests.every(({ status }) => status === 'passed') && (code !== 0 || !tests.length)
  const end = isSilent ? [{ title: `${name}: did not run`, status: 'failed', meta: {} }] : []
  if (!whole) return [...tests, ...end]
  const failed = tests.filter(({ status }) => status === 'failed')
  const duration = tests.reduce((all, each) => all + (each.duration ?? 0), 0)
  const figures = { tests: tests.length, failed: failed.map(({ title }) => title) }
  const status = failed.length > 0 ? 'failed' : 'passed'
  return [{ title: name, status, duration, meta: { figures } }, ...end]
}

/** @param {Record<string, string | number | string[]>} figures */
function didOf(figures) {
  return Object.entries(figures)
    .filter(([, figure]) => !Array.isArray(figure))
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ')
}

/** @param {Record<string, string | number | string[]>} figures */
function lossOf(figures) {
  const losses = Object.entries(figures).filter(([, figure]) => Array.isArray(figure))
  const worst = losses.filter(([, figure]) => Array.isArray(figure) && figure.length > 0)
  if (worst.length === 0) return '0'
  return worst.map(([name, list]) => `${name} ${Array.isArray(list) ? list.length : 0}`).join(', ')
}

/** @param {readonly { what: string, did: string, lost: string, seconds: string }[]} rows */
function print(rows) {
  const width = (/** @type {'what' | 'lost' | 'seconds'} */ column) =>
    Math.max(...rows.map((row) => row[column].length))
  for (const { what, did, lost, seconds } of rows) {
    const columns = [
      what.padEnd(width('what')),
      lost.padEnd(width('lost')),
      seconds.padStart(width('seconds')),
      did,
    ]
    console.log(columns.join('  '))
  }
}

try {
  process.exitCode = (await testFaults(process.argv.slice(2))) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
