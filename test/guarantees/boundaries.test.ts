import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Every source file below a folder, tests and their helpers left out. */
function sourcesOf(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(
      (name) =>
        /\.(tsx?|js|vue)$/.test(name) &&
        !/\.test\.ts$|(^|\/)(dist|testing|node_modules)\//.test(name),
    )
    .map((name) => join(folder, name))
}

/** What a file imports: paths from the root of the repository, or names of packages. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const imports = [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^'\s]+)'/g)]
  return imports.map(([, name = '']) =>
    name.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), name)) : name,
  )
}

function strangersIn(folder: string, mayImport: RegExp): string[] {
  const files = sourcesOf(folder)
  expect(files.length).toBeGreaterThan(3)
  return files.flatMap((file) =>
    importsOf(file)
      .filter((name) => !mayImport.test(name))
      .map((name) => `${file}: ${name}`),
  )
}

test('the contract stands on zod/mini alone', () => {
  expect(strangersIn('src/contract', /^(src\/contract\/|zod\/mini$)/)).toEqual([])
})

test('the button reaches the contract, Lit, zod/mini and lean-qr, and nothing of the proxy', () => {
  expect(
    strangersIn('src/button', /^(src\/(button|contract)\/|lit$|lit\/|zod\/mini$|lean-qr\/nano$)/),
  ).toEqual([])
})

test.each(['react', 'vue'])(
  'the shell for %s reaches the button, and nothing else of ours',
  (name) => {
    const files = ['index.ts', 'api.generated.ts'].map((file) => `src/${name}/${file}`)
    const strangers = files
      .flatMap(importsOf)
      .filter((each) => !/^(src\/button\/index\.js|src\/\w+\/api\.generated\.js)$/.test(each))
    expect(new Set(strangers)).toEqual(
      new Set(name === 'react' ? ['@lit/react', 'react'] : ['vue']),
    )
  },
)

test('the proxy imports no button code', () => {
  const files = sourcesOf('src/proxy').flatMap(importsOf)
  expect(files).toContain('src/contract/payment.js')
  expect(files.filter((name) => name.startsWith('src/button'))).toEqual([])
})

test('the demo takes the published names only, as a merchant would', () => {
  const ours = sourcesOf('demo')
    .flatMap(importsOf)
    .filter((name) => name.startsWith('src/'))
  expect(ours).toEqual([])
})

const SCRIPT = join(ROOT, 'dist/script')
const scripts = readdirSync(SCRIPT).map(
  (name) => [name, readFileSync(join(SCRIPT, name), 'utf8')] as const,
)

test.each(scripts)('%s holds no provider code and nothing shaped like a secret', (_, text) => {
  expect(text).not.toMatch(/vexora|paycools|chingchingpay|platFormTradeNo|mchOrderId/i)
  expect(text).not.toMatch(/app_?secret|api_?secret|private_?key|md5|hmac|whsec_|BEGIN [A-Z ]*KEY/i)
})

test('the button can be imported where there is no page', async () => {
  const button = await import(join(ROOT, 'dist/button/index.js'))
  expect(button).toHaveProperty('PayButton')
})
