import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildOrExit } from './build.mjs'
import { fingerprint } from './fingerprint.mjs'
import { ROOT, run } from './run.mjs'

const TREE = 'test/bench'
const STAMP = join(ROOT, '.cache/bench-tree')

/**
 * Measures the built packages beside their floors and peers: `npm run bench -- proxy --quick`.
 * What it is about stands in `test/bench/README.md`.
 */
await buildOrExit()
const isReady = (await installPeers()) && (await run('tsc', ['-p', TREE])) === 0
process.exitCode = isReady
  ? await run(process.execPath, [`${TREE}/dist/test/bench/main.js`, ...process.argv.slice(2)])
  : 1

/** Installs the bench's own packages where they are not those of the lockfile. */
async function installPeers() {
  const wanted = fingerprint([`${TREE}/package-lock.json`])
  const isThere = existsSync(join(ROOT, TREE, 'node_modules'))
  if (isThere && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return true
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  if ((await run('npm', ['ci', '--prefix', TREE, ...quiet])) !== 0) return false
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  writeFileSync(STAMP, wanted)
  return true
}
