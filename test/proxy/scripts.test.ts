import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { start } from './harness.js'

const SCRIPT = new URL('../../dist/script/', import.meta.url)
const NAMES = readdirSync(SCRIPT)
const PINNED = NAMES.find((name) => name.includes('@')) ?? ''
const CHUNK = NAMES.find((name) => name.startsWith('checkout-')) ?? ''
const built = (name: string) => readFileSync(new URL(name, SCRIPT))

interface Answer {
  status: number | undefined
  headers: IncomingHttpHeaders
  body: Buffer
}

/** As it comes over the wire: `fetch` would ask for codings of its own, and undo them. */
async function raw(url: string, headers: Record<string, string> = {}, method = 'GET') {
  const asking = request(url, { method, headers }).end()
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  const { statusCode: status } = answer
  return { status, headers: answer.headers, body: await buffer(answer) } satisfies Answer
}

const UNPACK: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  identity: (body) => body,
}

test.each(Object.entries(UNPACK))(
  'every file is for any page anywhere, in %s',
  async (coding, unpack) => {
    const { url } = await start()
    expect(NAMES).toContain('pay-button.js')
    for (const name of NAMES) {
      const { status, headers, body } = await raw(`${url}/${name}`, {
        'accept-encoding': coding,
        origin: 'https://any.example',
        'sec-fetch-site': 'cross-site',
      })
      expect([name, status, headers]).toMatchObject([
        name,
        200,
        {
          'content-type': 'text/javascript; charset=utf-8',
          'content-length': String(body.length),
          vary: 'Accept-Encoding',
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
          'x-content-type-options': 'nosniff',
        },
      ])
      expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding)
      expect(unpack(body).equals(built(name))).toBe(true)
    }
  },
)

test.each([
  [undefined, undefined],
  ['gzip, deflate, br, zstd', 'br'],
  ['br;q=0.2, gzip;q=0.9', 'gzip'],
  ['br;q=0, *', 'gzip'],
  ['identity, gzip;q=0.5', undefined],
  ['deflate', undefined],
])('who accepts %j gets %s', async (accepted, coding) => {
  const { url } = await start()
  const headers: Record<string, string> = accepted ? { 'accept-encoding': accepted } : {}
  expect((await raw(`${url}/pay-button.js`, headers)).headers['content-encoding']).toBe(coding)
})

test('the script is as small as it can be packed', async () => {
  const { url } = await start()
  const size = async (coding: string) =>
    (await raw(`${url}/pay-button.js`, { 'accept-encoding': coding })).body.length
  expect(await size('br')).toBeLessThan(await size('gzip'))
  expect(await size('gzip')).toBeLessThanOrEqual(10_000)
})

test.each(['pay-button.js', CHUNK])('each coding of %s has a tag of its own', async (name) => {
  const { url } = await start()
  const ask = (coding: string, headers: Record<string, string> = {}, method?: string) =>
    raw(`${url}/${name}`, { 'accept-encoding': coding, ...headers }, method)
  const tags = await Promise.all(
    Object.keys(UNPACK).map(async (coding) => (await ask(coding)).headers.etag ?? ''),
  )
  expect(new Set(tags).size).toBe(3)
  for (const tag of tags) expect(tag).toMatch(/^"[\w-]+"$/)
  const [ofBrotli = '', ofGzip = ''] = tags

  const same = await ask('br', { 'if-none-match': `"other", W/${ofBrotli}` })
  const { etag, vary, 'cache-control': caching } = (await ask('br')).headers
  expect([same.status, same.body.length]).toEqual([304, 0])
  expect(same.headers).toMatchObject({ etag, vary, 'cache-control': caching })
  expect(same.headers).not.toHaveProperty('content-encoding')
  expect((await ask('br', { 'if-none-match': '*' })).status).toBe(304)
  // What is known is known in another coding.
  expect((await ask('br', { 'if-none-match': ofGzip })).status).toBe(200)
  expect((await ask('br', { 'if-none-match': '"old"' })).status).toBe(200)

  const head = await ask('br', {}, 'HEAD')
  const { date: _, ...whole } = (await ask('br')).headers
  expect([head.status, head.body.length, head.headers]).toMatchObject([200, 0, whole])
  expect((await ask('br', { 'if-none-match': ofBrotli }, 'HEAD')).status).toBe(304)
})

test('the file whose name stays is looked at anew, the others never are', async () => {
  const { url } = await start()
  for (const name of NAMES) {
    const { headers } = await raw(`${url}/${name}`)
    const isEntry = name === 'pay-button.js'
    expect([name, headers['cache-control']]).toEqual([
      name,
      isEntry ? 'no-cache' : 'public, max-age=31536000, immutable',
    ])
  }
})

test('one file of each version is whole, for a page that holds it to its hash', () => {
  expect(PINNED).toMatch(/^pay-button@[\w.-]+\.js$/)
  expect(String(built(PINNED))).not.toMatch(/\bfrom ?["'`]\.\/|\bimport\(["'`]/)
})

test('no chunk imports the entry, whose address may have a query', () => {
  const chunks = NAMES.filter((name) => !name.startsWith('pay-button'))
  expect(chunks.length).toBeGreaterThan(5)
  for (const name of chunks) expect(String(built(name))).not.toContain('"./pay-button.js"')
})

test.each([
  '/pay-button@0.0.0.js',
  '/checkout.js',
  '/checkout-00000000.js',
  '/assets.generated.ts',
  '/__proto__',
  '/__proto__.js',
  '/..%2f..%2fpackage.json',
  "/x-'%20OR%201=1;--.js",
])('nothing else is served, and no cache remembers that: %s', async (path) => {
  const { url } = await start()
  const { status, headers } = await raw(url + path)
  expect([status, headers['cache-control']]).toEqual([404, 'no-store'])
})
