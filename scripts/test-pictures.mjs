import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildOrExit } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureFonts } from './fonts.mjs'
import { ROOT, run } from './run.mjs'

/** Compares the pictures with their baselines, or with `--update` takes these anew. */
const isUpdate = process.argv.includes('--update')

await buildOrExit()
await ensureFonts()
if (isUpdate) rmSync(join(ROOT, 'test/pictures/baseline'), { recursive: true, force: true })
process.exitCode = await run('vitest', ['run', '--project', 'pictures'], {
  CHROMIUM_PATH: await ensureChromium(),
  ...(isUpdate ? { UPDATE_PICTURES: '1' } : {}),
})
