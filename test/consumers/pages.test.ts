import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'
import { openPlace, type Place } from './place.js'

const HERE = fileURLToPath(new URL('.', import.meta.url))

let place: Place
let browser: Browser
let page: Page
/** What the page complained of, hydration too. */
let complaints: string[]
/** What it asked of the proxy. */
let asked: string[]

beforeAll(async () => {
  place = await openPlace()
  browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGS })
})
afterAll(async () => {
  await browser?.close()
  await place?.close()
})

beforeEach(async () => {
  const context = await browser.newContext()
  complaints = []
  asked = []
  page = await context.newPage()
  page.on('console', (message) => {
    // Lit's own word to developers, in their bundles alone.
    if (message.text().startsWith('Lit is in dev mode')) return
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${place.endpoint}/`) || request.method() === 'OPTIONS') return
    if (/\/(orders|payments)/.test(url) && !/\/payments\/\w/.test(url)) {
      asked.push(`${request.method()} ${url.includes('/orders/') ? 'order' : 'payment'}`)
    }
  })
})
afterEach(async () => {
  await page.context().close()
  expect(complaints).toEqual([])
})

async function open(order?: string, more = {}): Promise<void> {
  const search = new URLSearchParams({ endpoint: place.endpoint, ...(order && { order }), ...more })
  await page.goto(`http://127.0.0.1:${place.shopPort}/?${search}`)
}

/** Pays from the button that is pressed to the word of it. */
async function pay(press: () => Promise<void>, confirms: boolean): Promise<void> {
  const opened = page.waitForEvent('popup')
  await press()
  if (confirms) await page.getByRole('button', { name: /^Continue to / }).click()
  const cashier = await opened
  const closed = cashier.waitForEvent('close')
  // Its window may close before the click is reported back.
  await cashier
    .getByRole('button', { name: 'Approve payment' })
    .click()
    .catch((error) => {
      if (!cashier.isClosed()) throw error
    })
  await closed
  await page.locator('pay-button[state=paid]').waitFor()
}

async function expectToldOnce(): Promise<void> {
  // A second telling would be here by now.
  await pause(500)
  expect(await page.locator('#told').textContent()).toBe('pay-open pay-pending pay-success')
}

/** A payment is made once, whatever mounts how often. */
function paysForThem(): void {
  it('pays an order, asks for it once and hears of it once', async () => {
    const before = place.sandbox.orders().length
    await open(await place.newOrder())
    const button = page.getByRole('button', { name: 'Pay HK$188' })
    await button.waitFor()
    await page.waitForFunction(() => {
      const element = document.querySelector('pay-button')
      return element && Reflect.get(element, 'offer')
    })
    await pay(() => button.click(), false)
    await expectToldOnce()
    expect(asked.filter((request) => request === 'POST payment')).toHaveLength(1)
    expect(asked.filter((request) => request === 'GET order').length).toBeLessThanOrEqual(2)
    const made = place.sandbox.orders().slice(before)
    expect(made.map(({ createCalls }) => createCalls)).toEqual([1])
  })

  it('makes the order at the press, once, though the page renders meanwhile', async () => {
    const before = place.placed()
    await open()
    const checkOut = page.getByRole('button', { name: 'Check out' })
    await page.waitForFunction(() => customElements.get('pay-button'))
    await pause(300)
    expect(place.placed(), 'orders before the press').toBe(before)
    await pay(() => checkOut.click(), true)
    await expectToldOnce()
    // The page has rendered since, and pressed again it is still paid.
    await page.getByRole('button', { name: 'Close' }).click()
    await checkOut.click()
    await pause(300)
    expect(place.placed()).toBe(before + 1)
    expect(asked.filter((request) => request === 'POST payment')).toHaveLength(1)
  })
}

describe.each([
  ['React 19 in strict mode, by Vite', 'react-19'],
  ['React 18 in strict mode, by Vite', 'react-18'],
  ['Vue, by Vite', 'vue'],
  ['Vue 3.4, by Vite', 'vue-3.4'],
  ['no framework, by webpack', 'webpack'],
])('%s', (_, name) => {
  let server: Server
  beforeAll(async () => {
    server = await place.serve(name)
  })
  afterAll(() => stop(server))

  paysForThem()
})

describe.each([
  ['Vue', 'vue-ssr'],
  ['Vue 3.4', 'vue-ssr-3.4'],
])('%s from the server', (_, name) => {
  let server: Server
  beforeAll(async () => {
    const { render } = await import(`${HERE}dist/${name}-server/server.js`)
    server = await place.serve(name, async (html, search) =>
      html.replace('<!--app-->', await render(search)),
    )
  })
  afterAll(() => stop(server))

  it('is sent with the tag', async () => {
    const html = await (await fetch(`http://127.0.0.1:${place.shopPort}/?order=A-1`)).text()
    expect(html).toMatch(/<pay-button [^>]*order="A-1"/)
  })

  paysForThem()
})

describe.each([
  ['Next.js', 'start'],
  // Only here does it tell of hydration that went wrong.
  ['Next.js in development', 'dev'],
])('%s', (_, program) => {
  let server: ChildProcess
  beforeAll(async () => {
    const args = [program, 'apps/next', '--port', String(place.shopPort)]
    server = spawn(`${HERE}node_modules/.bin/next`, [...args, '--hostname', '127.0.0.1'], {
      cwd: HERE,
      detached: true,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', SHOP_ORDER_URL: place.orderUrl },
    })
    for (const end = Date.now() + 60_000; Date.now() < end; await pause(200)) {
      const answer = await fetch(`http://127.0.0.1:${place.shopPort}/`).catch(() => null)
      if (answer?.ok) return
    }
    throw new Error('Next.js does not answer')
  }, 90_000)
  afterAll(async () => {
    const gone = once(server, 'exit')
    // With what it started.
    if (server.pid) process.kill(-server.pid, 'SIGKILL')
    await gone
  })

  it('is sent with the tag', async () => {
    const html = await (await fetch(`http://127.0.0.1:${place.shopPort}/?order=A-1`)).text()
    expect(html).toContain('<pay-button')
  })

  it('stands in a server component as it is', async () => {
    await open(await place.newOrder(), { bare: '1' })
    await page.getByRole('button', { name: 'Pay HK$188' }).waitFor()
    expect(await page.locator('pay-button').getAttribute('class')).toBe('pay')
  })

  paysForThem()
})

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}

describe('what webpack drops', () => {
  it('is nothing of the element: it is imported for what it does', () => {
    expect(readFileSync(`${HERE}dist/webpack/main.js`, 'utf8')).toContain('"pay-button"')
  })
})
