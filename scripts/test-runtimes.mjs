import { buildOrExit } from './build.mjs'
import { installTree } from './packages.mjs'
import { run } from './run.mjs'
import { report, vitest } from './suites.mjs'

const TREE = 'test/runtimes'

/**
 * Runs one whole payment on each runtime and in each server that the proxy can live in. The last
 * line says how many tests passed and failed.
 */
await buildOrExit()
await report(async () => {
  await installTree(TREE, ['pay-button-proxy'])
  const next = `${TREE}/servers/next`
  const code = await run(`${TREE}/node_modules/.bin/next`, ['build', next], {
    NEXT_TELEMETRY_DISABLED: '1',
  })
  if (code !== 0) throw new Error('Next.js could not build')
  return vitest('runtimes')
})
