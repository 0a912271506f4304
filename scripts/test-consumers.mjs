import { buildOrExit } from './build.mjs'
import { installTree } from './packages.mjs'
import { run } from './run.mjs'
import { inWords, vitest } from './suites.mjs'

const TREE = 'test/consumers'

/**
 * Builds and runs pages of other people's with our packages as they are published. The last line
 * says how many tests passed and failed.
 */
await buildOrExit()
try {
  await installTree(TREE, ['pay-button'])
  const env = { NEXT_TELEMETRY_DISABLED: '1' }
  const built =
    (await run('node', [`${TREE}/build.mjs`])) === 0 &&
    (await run(`${TREE}/node_modules/.bin/next`, ['build', `${TREE}/apps/next`], env)) === 0
  if (!built) throw new Error('A page could not be built')
  const counts = await vitest('consumers')
  process.exitCode = counts.failed > 0 ? 1 : 0
  console.log(inWords(counts))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
