import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.mjs'
import { ROOT } from './run.mjs'

/** The demo, built and started anew whenever a source changes. */
const SOURCES = ['src', 'demo', 'vite.config.ts']
const MADE = /(^|\/)(dist|node_modules|\.data)(\/|$)|\.generated\.ts$|\.test\.ts$/
/** An editor saves several files at once. Milliseconds. */
const SETTLE = 200

/** @type {import('node:child_process').ChildProcess | undefined} */
let demo
let stopping = false
/** @type {NodeJS.Timeout | undefined} */
let timer
let turn = bringUp()

for (const source of SOURCES) {
  watch(join(ROOT, source), { recursive: true }, (_, file) => {
    if (file && MADE.test(file)) return
    clearTimeout(timer)
    timer = setTimeout(() => {
      turn = turn.then(bringUp)
    }, SETTLE)
  })
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    void stopDemo().then(() => process.exit())
  })
}

async function bringUp() {
  try {
    const made = await build()
    if (stopping || (demo?.exitCode === null && made.length === 0)) return
    await stopDemo()
    demo = spawn(process.execPath, ['demo/dist/start.js'], { cwd: ROOT, stdio: 'inherit' })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
}

/** @returns {Promise<void>} */
async function stopDemo() {
  const running = demo
  if (!running || running.exitCode !== null || running.signalCode !== null) return
  await new Promise((resolve) => {
    running.once('exit', resolve)
    running.kill()
  })
}
