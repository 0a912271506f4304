import { buildOrExit } from './build.mjs'
import { installTree } from './packages.mjs'
import { run } from './run.mjs'
import { report, vitest } from './suites.mjs'

const TREE = 'test/consumers'

/**
 * Builds and runs pages of other people's with our packages as they are published. The last line
 * says how many tests passed and failed.
 */
await buildOrExit()
await report(async () => {
  await installTree(TREE, ['pay-button'])
  const env = { NEXT_TELEMETRY_DISABLED: '1' }
  const built =
    (await run('node', [`${TREE}/build.mjs`])) === 0 &&
    (await run(`${TREE}/node_modules/.bin/next`, ['build', `${TREE}/apps/next`], env)) === 0
  if (!built) throw new Error('A page could not be built')
  return vitest('consumers')
})
