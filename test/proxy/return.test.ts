import { expect, test } from 'vitest'
import { StoreUnavailableError } from '../../src/proxy/index.js'
import { type HarnessOptions, start } from './harness.js'
import { createClock } from './lifecycle.js'
import { SHOP } from './requests.js'
import { openStore } from './store.js'
import { passedOn } from './wrapped-store.js'

const back = async (returnTo?: string, options: HarnessOptions = {}) => {
  const harness = await start(options)
  const { id } = await harness.made(returnTo === undefined ? {} : { returnTo })
  return { ...harness, id, path: `/payments/${id}/return` }
}

/** Every absolute address in a page, as a browser reads it from HTML or a script. */
const addresses = (html: string) =>
  [...html.matchAll(/https:\/\/[^"'<>\s]+/g)].map(([text]) =>
    text.replaceAll('&amp;', '&').replaceAll('\\u0026', '&'),
  )

test.each(['GET', 'POST'])(
  'a payer sent back by %s gets a page that closes itself',
  async (method) => {
    const { ask, path } = await back()
    const response = await ask(path, { method })
    const html = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(html).toMatch(/^<!doctype html>/i)
    expect(html).toContain('close()')
    expect(addresses(html)).toEqual([])
  },
)

test('a form of the provider’s, of any type, is no matter', async () => {
  const { ask, path } = await back()
  for (const type of ['application/x-www-form-urlencoded', 'application/json', 'text/plain']) {
    const init = { method: 'POST', headers: { 'content-type': type }, body: 'status=0000' }
    expect((await ask(path, init)).status).toBe(200)
  }
  expect((await ask(`${path}?status=0000&sign=x`)).status).toBe(200)
})

test('its policy allows nothing but its own script and style', async () => {
  const { ask, path } = await back('https://shop.example/thanks')
  const response = await ask(path)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).toMatch(/script-src '(sha256|nonce)-[^']+'/)
  expect(policy).not.toMatch(/unsafe-|\*|https?:/)
})

test.each([
  ['https://shop.example/thanks', 'https://shop.example/thanks?payment=ID'],
  ['https://shop.example/thanks?a=1&b=2#top', 'https://shop.example/thanks?a=1&b=2&payment=ID#top'],
  ['https://shop.example', 'https://shop.example/?payment=ID'],
])('without a window to close, %s is where the payer goes', async (returnTo, expected) => {
  const { ask, path, id } = await back(returnTo)
  const html = await (await ask(path)).text()
  const found = addresses(html)
  expect(found.length).toBeGreaterThan(0)
  expect(new Set(found)).toEqual(new Set([expected.replace('ID', id)]))
})

test.each([
  'https://shop.example/"><script>alert(1)</script>',
  "https://shop.example/?a='-alert(1)-'",
  'https://shop.example/#</script><script>alert(1)</script>',
  'https://shop.example/#"\\u0022;alert(1)//',
])('an address that would be a script, %s, stays an address', async (returnTo) => {
  const { ask, path } = await back(returnTo)
  const html = await (await ask(path)).text()
  expect(html.match(/<script/g)).toHaveLength(1)
  // Nowhere but inside of quoted attributes, which nothing of it leaves.
  expect(html.replace(/="[^"<>]*"/g, '')).not.toContain('alert')
})

test('a payment that is not there has a page that says nothing of it', async () => {
  const { ask } = await start()
  const response = await ask('/payments/%3Cscript%3Ealert(1)%3C%2Fscript%3E/return')
  expect(response.status).toBe(404)
  const html = await response.text()
  expect(html).not.toContain('alert(1)')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
})

test('nothing that the address says moves a payment', async () => {
  const { ask, path, watch, id } = await back()
  await ask(`${path}?status=succeeded&code=0000`, { method: 'POST', body: 'status=0000' })
  expect((await watch(id)).status).toBe('requires_action')
})

test('a payer goes on to the shop also where the return can not be written down', async () => {
  let isFull = false
  const database = await openStore(createClock())
  const store = passedOn(database)
  store.write = async (statements) => {
    if (isFull) throw new StoreUnavailableError('the disk is full')
    return database.write(statements)
  }
  const { ask, id, path, watch } = await back(`${SHOP}/thanks`, { store })
  isFull = true
  const response = await ask(path)
  expect(response.status).toBe(200)
  expect(addresses(await response.text())).toContain(`${SHOP}/thanks?payment=${id}`)
  expect((await watch(id)).returnedAt).toBeUndefined()
})
