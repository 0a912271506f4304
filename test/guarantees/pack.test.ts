import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What a package may hold, and what it would be useless without. */
const PACKAGES = [
  {
    name: 'pay-button',
    folder: root,
    parts:
      /^dist\/((button|contract|react|script|vue)\/.*\.(js|d\.ts)|manifest\/[\w.-]+\.json|integrity\.json)$/,
    needed: [
      'dist/button/index.js',
      'dist/button/index.d.ts',
      'dist/integrity.json',
      'dist/manifest/custom-elements.json',
      'dist/manifest/web-types.json',
      'dist/react/index.js',
      'dist/react/jsx.d.ts',
      'dist/script/pay-button.js',
      'dist/vue/index.js',
    ],
    documents: ['LICENSE', 'README.md', 'package.json'],
  },
  {
    name: 'pay-button-proxy',
    folder: `${root}src/proxy/`,
    parts: /^(bin\/pay-button-proxy\.js|dist\/((proxy|contract)\/.*\.(js|d\.ts)|integrity\.json))$/,
    needed: [
      'bin/pay-button-proxy.js',
      'dist/integrity.json',
      'dist/proxy/index.js',
      'dist/proxy/index.d.ts',
    ],
    documents: ['LICENSE', 'README.md', 'package.json'],
  },
]

/** The paths that `npm publish` would send. */
async function packed(folder: string): Promise<string[]> {
  const args = ['pack', '--dry-run', '--json', '--loglevel=error']
  const { stdout } = await promisify(execFile)('npm', args, { cwd: folder })
  const [{ files }] = JSON.parse(stdout.slice(stdout.indexOf('[')))
  return files.map(({ path }: { path: string }) => path)
}

describe.each(PACKAGES)('the package $name', ({ folder, parts, needed, documents }) => {
  let files: string[]
  beforeAll(async () => {
    files = await packed(folder)
  })

  it('contains what it needs', () => {
    expect(files).toEqual(expect.arrayContaining([...needed, ...documents]))
  })

  it('contains no more: no test, no source, no source map, no other part', () => {
    const superfluous = files.filter((path) => {
      if (documents.includes(path)) return false
      return !parts.test(path) || /\.test\.|\/testing\//.test(path)
    })
    expect(superfluous).toEqual([])
  })

  it('imports nothing but what it declares', async () => {
    const { dependencies, peerDependencies } = JSON.parse(
      await readFile(`${folder}package.json`, 'utf8'),
    )
    const declared = { ...dependencies, ...peerDependencies }
    const undeclared = new Set<string>()
    for (const path of files.filter((file) => /^dist\/(?!script).*\.(js|ts)$/.test(file))) {
      for (const name of importsOf(await readFile(folder + path, 'utf8'))) {
        if (!isBuiltin(name) && !Object.hasOwn(declared, name)) undeclared.add(name)
      }
    }
    expect([...undeclared]).toEqual([])
  })

  it('has types that ESM finds, by Node and by bundlers', async () => {
    const into = await mkdtemp(join(tmpdir(), 'pay-button-packed-'))
    const pack = ['pack', '--loglevel=error', '--pack-destination', into]
    await promisify(execFile)('npm', pack, { cwd: folder })
    const [tarball = ''] = await readdir(into)
    const attw = [`${root}node_modules/.bin/attw`, '--profile', 'esm-only', join(into, tarball)]
    const said = await promisify(execFile)(process.execPath, attw).catch(({ stdout }) => stdout)
    await rm(into, { recursive: true })
    expect(said).toMatchObject({ stderr: '' })
  })

  it('is clean to publint', async () => {
    const { messages, pkg } = await publint({ pkgDir: folder, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([])
  })
})

/** The packages that a module names, statically or not. */
function importsOf(source: string): string[] {
  const specifiers = source.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'".\s][^'"\s]*)['"]/g)
  return [...specifiers].map(
    ([, specifier = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier,
  )
}
