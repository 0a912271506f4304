import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { closeAfterTest } from '../proxy/lifecycle.js'

/** A registry that answers as this one does, and remembers which packages it was asked of. */
async function registry(answer: (packages: string[]) => { status: number; body: unknown }) {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
    const isBulk = request.url?.endsWith('/advisories/bulk')
    const packages = isBulk ? Object.keys(JSON.parse(String(text)) as object) : []
    asked.push(...packages)
    const { status, body } = answer(packages)
    response.writeHead(isBulk ? status : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeAfterTest(() => new Promise((resolve) => server.close(() => resolve())))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked }
}

function audit(url: string): Promise<{ code: number; said: string }> {
  const env = { ...process.env, npm_config_registry: url, npm_config_fetch_retries: '0' }
  return new Promise((resolve) => {
    execFile('node', ['scripts/audit.mjs'], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, said: stdout + stderr }),
    )
  })
}

const advisory = {
  id: 1,
  url: 'https://example.com/GHSA-1',
  title: 'Requests can be smuggled',
  severity: 'low',
  vulnerable_versions: '*',
}

test('a known advisory of what is shipped fails, of any severity', {
  timeout: 60_000,
}, async () => {
  for (const name of ['hono', 'lit']) {
    const { url } = await registry(() => ({ status: 200, body: { [name]: [advisory] } }))
    const { code, said } = await audit(url)
    expect(said).toContain(name)
    expect(said).toContain(advisory.title)
    expect(code).toBe(1)
  }
})

test('only what is shipped is asked of, and nothing found is well', {
  timeout: 60_000,
}, async () => {
  const { url, asked } = await registry(() => ({ status: 200, body: {} }))
  const { code, said } = await audit(url)
  expect([code, said]).toEqual([0, expect.stringContaining('0 shipped dependencies')])
  const shipped = ['package.json', 'src/proxy/package.json'].flatMap((file) =>
    Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { dependencies: object }).dependencies),
  )
  expect(asked).toEqual(expect.arrayContaining(shipped))
  for (const name of ['vitest', 'vite', 'typescript', 'axe-core', 'fast-check']) {
    expect(asked).not.toContain(name)
  }
})

test('a registry without the service is told and fails nothing', { timeout: 60_000 }, async () => {
  for (const status of [404, 405]) {
    const { url } = await registry(() => ({ status, body: {} }))
    const { code, said } = await audit(url)
    expect([code, said]).toEqual([0, expect.stringContaining('NOT AUDITED')])
  }
})

test('a registry that is broken fails: nobody knows', { timeout: 60_000 }, async () => {
  const { url } = await registry(() => ({ status: 500, body: {} }))
  expect((await audit(url)).code).toBe(1)
})
