import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { button, payAtCashier, scriptOf, strictShopForTests } from './strict-shop.js'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const ENTRY = 'pay-button.js'
const PINNED = readdirSync(`${ROOT}dist/script`).find((file) => file.includes('@')) ?? ''
const shop = strictShopForTests()

/** An element of the shop's own, by a Lit of its own. */
const CLOCK_SOURCE = `
import { html, LitElement } from 'lit'
customElements.define('shop-clock', class extends LitElement {
  render() { return html\`<p>Open <b>\${'until 8'}</b></p>\` }
})`

/** A shop's own script, as its bundler makes it. */
async function bundled(source: string): Promise<string> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'shop',
        resolveId: (id) => (id === 'shop.js' ? `${ROOT}shop.js` : undefined),
        load: (id) => (id === `${ROOT}shop.js` ? source : undefined),
      },
    ],
    // As in production, whatever runs this test.
    resolve: { conditions: ['module', 'browser'] },
    build: {
      write: false,
      rolldownOptions: { input: 'shop.js', output: { codeSplitting: false } },
    },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output) || output.output.length !== 1) {
    throw new Error('not one file')
  }
  return output.output[0].code
}

describe('under the strictest policy that a shop can have', () => {
  it.each([
    ['the script', [ENTRY]],
    ['the script behind a query', [`${ENTRY}?v=2`]],
    ['the one file of a version', [PINNED]],
    ['the script twice', [`${ENTRY}?v=1`, `${ENTRY}?v=2`]],
    ['the one file twice', [PINNED, `${PINNED}?v=2`]],
    ['both, the script first', [ENTRY, PINNED]],
    ['both, the one file first', [PINNED, ENTRY]],
    ['all at once', [ENTRY, `${ENTRY}?v=2`, PINNED]],
  ])('%s takes a payment without a breach, and no file runs twice', async (_, files) => {
    shop.html = files.map((file) => scriptOf(shop, file)).join('') + button
    await payAtCashier(shop)
    const entries = shop.asked.filter((file) => file.startsWith('pay-button'))
    const chunks = shop.asked.filter((file) => !file.startsWith('pay-button'))
    expect(entries).toEqual(files)
    const names = chunks.map((file) => file.replace(/-[\w-]{8}\.js$/, '')).sort()
    expect(names).toEqual(files[0] === PINNED ? [] : ['checkout', 'en'])
  })

  it('asks the proxy that it came from', async () => {
    shop.html = scriptOf(shop, `${ENTRY}?v=2`) + button
    const asked = shop.page.waitForRequest((request) => request.url().includes('/orders/'))
    await shop.page.goto(shop.url)
    expect((await asked).url()).toBe(`${shop.payUrl}/orders/A-1001`)
  })
})

describe('beside a Lit of the shop, whose policy is allowed by its own name', () => {
  const CLOCK = '<shop-clock></shop-clock>'
  const own = (name: string) => `<script type="module" src="/${name}"></script>`

  beforeAll(async () => {
    shop.scripts.set('clock.js', await bundled(CLOCK_SOURCE))
    shop.scripts.set('npm.js', await bundled(`import '${ROOT}dist/button/index.js'`))
  })

  beforeEach(() => {
    shop.policies = ['pay-button', 'lit-html']
  })

  it.each([
    ['before the script', () => own('clock.js') + scriptOf(shop, ENTRY)],
    ['after the script', () => scriptOf(shop, ENTRY) + own('clock.js')],
    ['before the one file', () => own('clock.js') + scriptOf(shop, PINNED)],
    ['after the one file', () => scriptOf(shop, PINNED) + own('clock.js')],
  ])('%s, both work', async (_, scripts) => {
    shop.html = scripts() + CLOCK + button
    await payAtCashier(shop)
    expect(await shop.page.locator('shop-clock b').textContent()).toBe('until 8')
  })

  it.each([
    ['first', () => own('npm.js') + scriptOf(shop, ENTRY)],
    ['last', () => scriptOf(shop, ENTRY) + own('npm.js')],
    ['last, after the one file', () => scriptOf(shop, PINNED) + own('npm.js')],
  ])('so does the button from npm, together with the script: it comes %s', async (_, scripts) => {
    const endpoint = button.replace('>', ` endpoint="${shop.payUrl}">`)
    shop.html = scripts() + endpoint
    await payAtCashier(shop)
  })
})

describe('held to its hash', () => {
  const integrities = JSON.parse(readFileSync(`${ROOT}dist/integrity.json`, 'utf8'))
  const held = () => scriptOf(shop, PINNED, ` integrity="${integrities[PINNED]}" crossorigin`)

  it('the one file takes a payment', async () => {
    shop.html = held() + button
    await payAtCashier(shop)
  })

  it('it does not run with one byte changed', async () => {
    shop.change = (file) => file.replace(/.$/s, ' ')
    shop.html = held() + button
    await shop.page.goto(shop.url)
    await expect.poll(() => shop.complaints.join()).toMatch(/integrity/)
    expect(await shop.page.evaluate(() => Boolean(customElements.get('pay-button')))).toBe(false)
    shop.complaints.splice(0)
  })
})
