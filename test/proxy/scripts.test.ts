import { expect, test } from 'vitest'
import { assets } from '../../src/proxy/scripts/assets.generated.js'
import { start } from './harness.js'

const FOREIGN = { headers: { origin: 'https://any.example', 'sec-fetch-site': 'cross-site' } }

test('the button and its chunks are for any page anywhere', async () => {
  const { ask } = await start()
  const names = Object.keys(assets)
  expect(names).toContain('pay-button.js')
  for (const name of names) {
    const response = await ask(`/${name}`, FOREIGN)
    expect([name, response.status]).toEqual([name, 200])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(await response.text()).toBe(assets[name]?.body)
  }
})

test('one file of each version never changes, for a page that holds it to its hash', async () => {
  const { ask } = await start()
  const ofVersion = Object.keys(assets).filter((name) => /^pay-button@[\w.-]+\.js$/.test(name))
  expect(ofVersion).toHaveLength(1)
  const response = await ask(`/${ofVersion[0]}`, FOREIGN)
  expect(response.headers.get('cache-control')).toContain('immutable')
  expect(await response.text()).not.toMatch(/\bfrom ?["']\.\/|\bimport\(["']\.\//)
})

test('the file whose name stays is looked at anew', async () => {
  const { ask } = await start()
  const first = await ask('/pay-button.js')
  expect(first.headers.get('cache-control')).not.toContain('immutable')
  const etag = first.headers.get('etag') ?? ''
  const again = await ask('/pay-button.js', { headers: { 'if-none-match': etag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const changed = await ask('/pay-button.js', { headers: { 'if-none-match': '"old"' } })
  expect(changed.status).toBe(200)
})

test.each([
  '/pay-button@0.0.0.js',
  '/checkout.js',
  '/assets.generated.ts',
  '/__proto__',
  '/..%2f..%2fpackage.json',
])('nothing else is served: %s', async (path) => {
  const { ask } = await start()
  expect((await ask(path)).status).toBe(404)
})
