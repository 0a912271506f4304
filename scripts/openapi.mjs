import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runnerImport } from 'vite'
import { apiPage } from './api-page.mjs'
import { ROOT } from './run.mjs'

const MODULE = 'src/proxy/openapi/document.generated.ts'
const PAGE = 'docs/api.md'

/**
 * Writes the description of the HTTP contract, made from its own schemas: as a module of the proxy,
 * which serves it, and as a page of the documents. A program of its own, because Vite makes a
 * development process of the one that it runs the description in.
 */
async function writeOpenApi() {
  const { describe } = await importDescription()
  const document = describe()
  const text = `export const document: Record<string, unknown> = ${JSON.stringify(document)}\n`
  mkdirSync(dirname(join(ROOT, MODULE)), { recursive: true })
  writeFileSync(join(ROOT, MODULE), text)
  writeFileSync(join(ROOT, PAGE), apiPage(document))
}

/** @returns {Promise<{ describe(): Record<string, unknown> }>} */
async function importDescription() {
  const file = join(ROOT, 'src/proxy/openapi/describe.ts')
  return (await runnerImport(file, { configFile: false, logLevel: 'error' })).module
}

await writeOpenApi()
