import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fingerprint } from './fingerprint.mjs'
import { ROOT, runQuietly } from './run.mjs'
import { writeScriptAssets } from './script-assets.mjs'
import { copyIntegrity, pinnedTag, writeIntegrity } from './script-integrity.mjs'

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly string[]} inputs files and folders that it reads
 * @property {readonly string[]} outputs files and folders that it makes; removed before it runs
 * @property {readonly string[]} after steps whose outputs it reads
 * @property {() => Promise<boolean>} make whether it was made
 */

const RECURSIVELY = { recursive: true }

/** What every step reads. */
const COMMON = ['package-lock.json', 'tsconfig.base.json', 'scripts']

/** @type {readonly Step[]} */
const STEPS = [
  {
    name: 'script',
    inputs: ['package.json', 'vite.config.ts', 'src/button', 'src/contract'],
    outputs: ['dist/script', 'dist/integrity.json'],
    after: [],
    make: async () => {
      const isBuilt =
        (await runQuietly('vite', ['build', '--logLevel', 'warn'])) &&
        (await runQuietly('vite', ['build', '--logLevel', 'warn', '--mode', 'single']))
      if (isBuilt) writeIntegrity()
      return isBuilt
    },
  },
  {
    name: 'manifest',
    inputs: [
      'custom-elements-manifest.config.mjs',
      'src/button/pay-button.ts',
      'src/button/events',
    ],
    outputs: ['dist/manifest', 'src/react/api.generated.ts', 'src/vue/api.generated.ts'],
    after: [],
    make: () => runQuietly('cem', ['analyze', '--quiet']),
  },
  {
    name: 'button',
    inputs: ['src/button', 'src/contract', 'src/react', 'src/vue'],
    outputs: ['dist/button', 'dist/contract', 'dist/react', 'dist/vue'],
    after: ['manifest'],
    make: () => runQuietly('tsc', ['-p', 'src/button']),
  },
  {
    name: 'openapi',
    inputs: ['src/contract', 'src/proxy/openapi', 'src/proxy/payments'],
    outputs: ['src/proxy/openapi/document.generated.ts', 'docs/api.md'],
    after: [],
    make: () => runQuietly('node', ['scripts/openapi.mjs']),
  },
  {
    name: 'proxy',
    inputs: ['src/proxy', 'src/contract', 'dist/script', 'dist/integrity.json'],
    outputs: ['src/proxy/dist', 'src/proxy/scripts/assets.generated.ts'],
    after: ['script', 'openapi'],
    make: async () => {
      writeScriptAssets()
      const isBuilt = await runQuietly('tsc', ['-p', 'src/proxy'])
      if (isBuilt) copyIntegrity()
      return isBuilt
    },
  },
  {
    name: 'demo',
    inputs: ['demo', 'dist/manifest', 'dist/button', 'dist/react', 'dist/vue'],
    outputs: ['demo/dist'],
    after: ['proxy', 'manifest', 'button'],
    make: async () => {
      // Pages of the shop that are sent, and shown, as they stand.
      for (const folder of ['shop/public', 'shop/embeds/client']) {
        cpSync(join(ROOT, 'demo', folder), join(ROOT, 'demo/dist', folder), RECURSIVELY)
      }
      const manifest = join(ROOT, 'dist/manifest/custom-elements.json')
      cpSync(manifest, join(ROOT, 'demo/dist/shop/playground/custom-elements.json'))
      const [typed, bundled] = await Promise.all([
        runQuietly('tsc', ['-p', 'demo']),
        runQuietly('vite', ['build', '-c', 'demo/vite.config.ts', '--logLevel', 'warn']),
      ])
      return typed && bundled
    },
  },
]

const STAMPS = '.cache/build.json'

/**
 * Builds what is not built or out of date.
 *
 * @returns {Promise<string[]>} the steps that had to be made
 * @throws where a step fails; it has said why
 */
export async function build() {
  /** @type {Record<string, string>} */
  const stamps = existsSync(join(ROOT, STAMPS)) ? JSON.parse(read(STAMPS)) : {}
  /** @type {string[]} */
  const made = []
  /** @type {Map<string, Promise<void>>} */
  const running = new Map()
  for (const step of STEPS) running.set(step.name, bringUpToDate(step))
  await Promise.all(running.values())
  return made

  /** @param {Step} step */
  async function bringUpToDate(step) {
    await Promise.all(step.after.map((name) => running.get(name)))
    const stamp = fingerprint([...COMMON, ...step.inputs])
    if (stamps[step.name] === stamp && step.outputs.every(exists)) return
    for (const output of step.outputs) rmSync(join(ROOT, output), { ...RECURSIVELY, force: true })
    if (!(await step.make())) throw new Error(`build: ${step.name} failed`)
    made.push(step.name)
    stamps[step.name] = stamp
    mkdirSync(join(ROOT, '.cache'), { recursive: true })
    writeFileSync(join(ROOT, STAMPS), JSON.stringify(stamps, null, 2))
  }
}

/** @param {string} path */
function exists(path) {
  return existsSync(join(ROOT, path))
}

/** @param {string} path */
function read(path) {
  return readFileSync(join(ROOT, path), 'utf8')
}

/**
 * As `build`, for a program that is nothing without it: a failure ends it in one line.
 *
 * @returns {Promise<string[]>}
 */
export function buildOrExit() {
  return build().catch((error) => {
    console.error(error.message)
    process.exit(1)
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const start = performance.now()
  const made = await buildOrExit()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(made.length > 0 ? `Built ${made.join(', ')} in ${seconds} s` : 'Built already')
  console.log(`\nFor a page that holds the script to its hash:\n${pinnedTag()}`)
}
