import { pathToFileURL } from 'node:url'
import { buildOrExit } from './build.mjs'
import { runQuietly } from './run.mjs'

const PROJECTS = [
  'src/contract',
  'src/button',
  'src/proxy',
  'demo',
  'demo/shop/embeds/client',
  'test',
  'test/browser.tsconfig.json',
  'test/bench',
]

/**
 * Types, lint and format of everything. What stands on the published names needs the build.
 *
 * @returns {Promise<boolean>} whether all is well; what is not, it has said
 */
export async function check() {
  const checks = await Promise.all([
    runQuietly('biome', ['check', '--error-on-warnings']),
    ...PROJECTS.map((project) => runQuietly('tsc', ['-p', project, '--noEmit'])),
  ])
  return checks.every(Boolean)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildOrExit()
  process.exitCode = (await check()) ? 0 : 1
}
