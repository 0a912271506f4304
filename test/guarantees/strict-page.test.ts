import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'

const SCRIPT = new URL('../../dist/script/', import.meta.url)
const pinned = readdirSync(SCRIPT).find((file) => file.includes('@')) ?? ''

const money = { value: '300', currency: 'TWD' }
const now = new Date().toISOString()
const offer = {
  order: 'A-1001',
  amount: money,
  seller: 'Tea House',
  paid: false,
  channels: ['STORE', 'EWALLET'].map((code) => ({
    id: `vexora-taiwan:${code}`,
    kind: 'e-wallet',
    flow: 'redirect',
    operator: 'Vexora',
    portable: true,
    fields: [{ name: 'email', format: 'email', required: true }],
  })),
}
const payment = {
  id: 'pay_1',
  order: 'A-1001',
  channel: 'vexora-taiwan:EWALLET',
  amount: money,
  status: 'requires_action',
  version: 1,
  createdAt: now,
  updatedAt: now,
  now,
}

let pay: Server
let shop: Server
let browser: Browser
let page: Page
let complaints: string[]
/** The shop's page. */
let html: string
/** What the proxy offers. */
let offered: object
/** How often a checkout chunk is still refused. */
let refusals: number

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const listening = (server: Server) =>
  new Promise<Server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))

/** The policy that the documents promise. */
function policy(): string {
  const own = `'self' ${addressOf(pay)}`
  return [
    `default-src 'none'; script-src ${own}; connect-src ${own}; style-src 'self'`,
    `require-trusted-types-for 'script'; trusted-types pay-button`,
  ].join('; ')
}

beforeAll(async () => {
  pay = await listening(
    createServer((request, response) => {
      const path = (request.url ?? '').slice(1).split('?')[0] ?? ''
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('access-control-allow-headers', 'content-type, idempotency-key')
      if (path.startsWith('checkout-') && refusals-- > 0) {
        response.writeHead(503).end()
      } else if (path.endsWith('.js')) {
        response.setHeader('content-type', 'text/javascript')
        response.end(readFileSync(new URL(path, SCRIPT)))
      } else if (request.method === 'OPTIONS') {
        response.writeHead(204).end()
      } else if (path === 'cashier') {
        response.setHeader('content-type', 'text/html')
        response.end('<title>Cashier</title>')
      } else if (path === 'frame') {
        response.setHeader('content-type', 'text/html')
        response.end(`<iframe src="${addressOf(shop)}" width="600" height="700"></iframe>`)
      } else if (path.startsWith('orders/')) {
        response.end(JSON.stringify(offered))
      } else {
        const next = { type: 'redirect', url: `${addressOf(pay)}/cashier` }
        response.end(JSON.stringify({ ...payment, next }))
      }
    }),
  )
  shop = await listening(
    createServer((_, response) => {
      response.setHeader('content-security-policy', policy())
      response.setHeader('content-type', 'text/html')
      response.end(`<!doctype html><html lang="en"><title>Shop</title>${html}</html>`)
    }),
  )
  browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGS })
})

afterAll(async () => {
  await browser?.close()
  pay?.close()
  shop?.close()
})

beforeEach(async () => {
  const context = await browser.newContext()
  complaints = []
  offered = offer
  refusals = 0
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  context.on('weberror', (error) => complaints.push(error.error().message))
  page = await context.newPage()
})

afterEach(async () => {
  await page.context().close()
  expect(complaints).toEqual([])
})

const script = (file: string) => `<script type="module" src="${addressOf(pay)}/${file}"></script>`
const button = '<pay-button order="A-1001"></pay-button>'

/** From the press to the button that leads to the cashier. */
async function confirmOn(shopPage: Page | FrameLocator): Promise<void> {
  await shopPage.getByRole('button', { name: 'Pay NT$300' }).click()
  await shopPage.getByRole('radio').first().check()
  await shopPage.getByRole('textbox', { name: 'E-mail' }).fill('wang@example.com')
  await shopPage.getByRole('button', { name: /^Continue to Vexora/ }).click()
}

describe('under the strictest policy that a shop can have', () => {
  it.each([
    ['the script', ['pay-button.js']],
    ['the one file of a version', [pinned]],
    ['the script twice, and both files', ['pay-button.js', 'pay-button.js?v=2', pinned]],
  ])('%s takes a payment without a breach', async (_, files) => {
    html = files.map(script).join('') + button
    await page.goto(addressOf(shop))
    const [cashier] = await Promise.all([page.waitForEvent('popup'), confirmOn(page)])
    await cashier.waitForURL(/cashier$/)
    expect(await page.locator('pay-button').getAttribute('state')).toBe('waiting')
  })

  it('asks the proxy that it came from', async () => {
    html = script('pay-button.js') + button
    const asked = page.waitForRequest((request) => request.url().includes('/orders/'))
    await page.goto(addressOf(shop))
    expect((await asked).url()).toBe(`${addressOf(pay)}/orders/A-1001`)
  })
})

describe('the built script', () => {
  beforeEach(() => {
    html = script('pay-button.js') + button
  })

  it('carries a payment on to the phone by a code of its own', async () => {
    // Headless Chromium has neither a mouse nor a finger.
    await page.addInitScript(() => {
      window.matchMedia = () => ({ matches: true }) as MediaQueryList
    })
    await page.goto(addressOf(shop))
    await Promise.all([page.waitForEvent('popup'), confirmOn(page)])
    await page.getByRole('button', { name: 'Pay on your phone instead' }).click()
    const code = page.getByRole('img', { name: 'QR code of the payment page' })
    const dark = (await code.locator('path').last().getAttribute('d')) ?? ''
    const row = Array.from({ length: 8 }, (_, x) => dark.includes(`M${x} 0h1v1h-1z`))
    expect(row, 'the edge of a finder pattern').toEqual([...Array(7).fill(true), false])
  })

  it.each([
    ['a channel without an id', { channels: [{ kind: 'card' }] }],
    ['a flow that it does not know', { channels: [{ ...offer.channels[0], flow: 'magic' }] }],
    ['an amount of nothing', { amount: { value: '0', currency: 'TWD' } }],
    ['channels that are no list', { channels: {} }],
  ])('still refuses %s', async (_, patch) => {
    offered = { ...offer, ...patch }
    await page.goto(addressOf(shop))
    const code = page.locator('pay-button').evaluate(
      (element) =>
        new Promise((resolve) => {
          element.addEventListener('pay-error', (event) => {
            resolve((event as CustomEvent<{ error: { code: string } }>).detail.error.code)
          })
        }),
    )
    await page.getByRole('button', { name: /^Pay/ }).click()
    expect(await code).toBe('answer-unreadable')
  })

  it('asks once more, elsewhere, for a chunk that did not come', async () => {
    refusals = 1
    await page.goto(addressOf(shop))
    await Promise.all([page.waitForEvent('popup'), confirmOn(page)])
    expect(complaints.splice(0).join()).toMatch(/503/)
  })

  it('offers to reload where the chunk does not come at all', async () => {
    refusals = 100
    await page.goto(addressOf(shop))
    await page.getByRole('button', { name: /^Pay/ }).click()
    const reload = page.getByRole('button', { name: 'Reload the page' })
    await reload.waitFor()
    refusals = 0
    await Promise.all([page.waitForEvent('load'), reload.click()])
    await Promise.all([page.waitForEvent('popup'), confirmOn(page)])
    expect(complaints.splice(0).join()).toMatch(/503/)
  })
})

describe('in place of the page', () => {
  beforeEach(() => {
    html = `${script('pay-button.js')}<pay-button order="A-1001" presentation="redirect"></pay-button>`
  })

  it('leads to the cashier in this tab, and waits when the payer comes back', async () => {
    await page.goto(addressOf(shop))
    await confirmOn(page)
    await page.waitForURL(/cashier$/)
    await page.goBack()
    await page.locator('pay-button[state=waiting]').waitFor()
    expect(page.context().pages()).toEqual([page])
  })

  it('leads the whole tab there from inside a frame', async () => {
    await page.goto(`${addressOf(pay)}/frame`)
    await confirmOn(page.frameLocator('iframe'))
    await page.waitForURL(/cashier$/)
  })

  it('leaves a link where a frame may not lead its tab', async () => {
    await page.goto(`${addressOf(pay)}/frame`)
    await page.locator('iframe').evaluate((frame: HTMLIFrameElement) => {
      frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms')
      frame.src += '?sandboxed'
    })
    const shopPage = page.frameLocator('iframe')
    await confirmOn(shopPage)
    await shopPage.getByRole('link', { name: 'Open in this tab' }).waitFor()
    // The browser tells of the sandbox's refusal.
    expect(complaints.splice(0).join()).toMatch(/sandboxed/i)
  })
})
