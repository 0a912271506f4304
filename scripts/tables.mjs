import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runnerImport } from 'vite'
import { buildOrExit } from './build.mjs'
import { ROOT } from './run.mjs'
import { commented } from './tables/comments.mjs'
import { elementTables } from './tables/element.mjs'
import { code, table, withTables } from './tables/markdown.mjs'
import { optionsTable } from './tables/options.mjs'

/** The pages that have tables which are made. */
const PAGES = ['src/button/README.md', 'src/button/designing.md', 'src/proxy/README.md']

/** @returns {Promise<Record<string, string>>} every table by the name in its mark */
async function makeTables() {
  const manifest = JSON.parse(read('dist/manifest/custom-elements.json'))
  const element = manifest.modules
    .flatMap((/** @type {{ declarations: object[] }} */ { declarations }) => declarations)
    .find((/** @type {{ tagName?: string }} */ { tagName }) => tagName)
  return {
    ...elementTables(element),
    ...(await problemTables()),
    'proxy-options': optionsTable(read('src/proxy/options.ts'), 'PayProxyOptions'),
  }
}

/** What the page hears in `pay-error`, and what the payer reads. */
async function problemTables() {
  const { shownOf } = await importShown()
  const problems = commented(read('src/contract/problem.ts'), /'?(?<name>[\w-]+)'?: problem\(/)
  const own = commented(read('src/button/fault.ts'), /\| '(?<name>[\w-]+)'/)
  const header = ['`code`', 'when', 'the payer reads', 'offered next', '`retryable`']
  const rowOf = (/** @type {{ name: string, comment: string }} */ { name, comment }) => {
    const { says, offers, retryable } = shownOf(name)
    return [code(name), comment, says, offers.join(', '), retryable ? 'yes' : 'no']
  }
  return {
    problems: table(header, problems.map(rowOf)),
    'own-problems': table(header, own.map(rowOf)),
  }
}

/** @returns {Promise<typeof import('./tables/problems.js')>} */
async function importShown() {
  const file = join(ROOT, 'scripts/tables/problems.ts')
  return (await runnerImport(file, { configFile: false, logLevel: 'error' })).module
}

/** @param {string} path */
function read(path) {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** Makes the tables anew; with `--check`, once built, names the pages whose tables are out of date. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const isCheck = process.argv.includes('--check')
  if (!isCheck) await buildOrExit()
  const tables = await makeTables()
  for (const path of PAGES) {
    const page = read(path)
    const made = withTables(page, tables)
    if (made === page) continue
    if (!isCheck) writeFileSync(join(ROOT, path), made)
    console.log(`${path} ${isCheck ? 'is out of date: npm run tables' : 'has its tables anew'}`)
    if (isCheck) process.exitCode = 1
  }
}
