import { buildOrExit } from './build.mjs'
import { installTree } from './packages.mjs'
import { run } from './run.mjs'
import { inWords, vitest } from './suites.mjs'

const TREE = 'test/runtimes'

/**
 * Runs one whole payment on each runtime and in each server that the proxy can live in. The last
 * line says how many tests passed and failed.
 */
await buildOrExit()
try {
  await installTree(TREE, ['pay-button-proxy'])
  const next = `${TREE}/servers/next`
  const code = await run(`${TREE}/node_modules/.bin/next`, ['build', next], {
    NEXT_TELEMETRY_DISABLED: '1',
  })
  if (code !== 0) throw new Error('Next.js could not build')
  const counts = await vitest('runtimes')
  process.exitCode = counts.failed > 0 ? 1 : 0
  console.log(inWords(counts))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
}
