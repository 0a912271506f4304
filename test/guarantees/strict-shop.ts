import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'

const SCRIPT = new URL('../../dist/script/', import.meta.url)

const money = { value: '300', currency: 'TWD' }
const now = new Date().toISOString()
export const offer = {
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

/** A shop whose pages have the strictest policy, what its proxy would answer, and a browser. */
export interface StrictShop {
  /** The shop's page. */
  html: string
  /** Scripts of the shop's own, by name. */
  readonly scripts: Map<string, string>
  /** The names that its policy allows for Trusted Types. */
  policies: string[]
  /** What the proxy offers. */
  offered: object
  /** How often a checkout chunk is still refused, and how. */
  refusals: number
  refusal: number
  /** What the proxy makes of a file before it sends it. */
  change: (file: string) => string
  /** The files of the script that were asked for, with their queries. */
  readonly asked: string[]
  /** What the browser complained of; whatever is left of it at the end fails the test. */
  readonly complaints: string[]
  readonly page: Page
  readonly url: string
  readonly payUrl: string
}

export const button = '<pay-button order="A-1001"></pay-button>'

const addressOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const listening = (server: Server) =>
  new Promise<Server>((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))

export function strictShopForTests(): StrictShop {
  let pay: Server
  let shop: Server
  let browser: Browser
  let page: Page

  const strict: StrictShop = {
    html: '',
    scripts: new Map(),
    policies: [],
    offered: offer,
    refusals: 0,
    refusal: 503,
    change: (file) => file,
    asked: [],
    complaints: [],
    get page() {
      return page
    },
    get url() {
      return addressOf(shop)
    },
    get payUrl() {
      return addressOf(pay)
    },
  }

  /** The policy that the documents promise. */
  function policy(): string {
    const own = `'self' ${strict.payUrl}`
    return [
      `default-src 'none'; script-src ${own}; connect-src ${own}; style-src 'self'`,
      `require-trusted-types-for 'script'; trusted-types ${strict.policies.join(' ')}`,
    ].join('; ')
  }

  beforeAll(async () => {
    pay = await listening(
      createServer((request, response) => {
        const file = (request.url ?? '').slice(1)
        const path = file.split('?')[0] ?? ''
        response.setHeader('access-control-allow-origin', '*')
        response.setHeader('access-control-allow-headers', 'content-type, idempotency-key')
        if (path.endsWith('.js')) strict.asked.push(file)
        if (path.startsWith('checkout-') && strict.refusals-- > 0) {
          response.writeHead(strict.refusal, { 'cache-control': 'no-store' }).end()
        } else if (path.endsWith('.js')) {
          response.setHeader('content-type', 'text/javascript')
          response.end(strict.change(readFileSync(new URL(path, SCRIPT), 'utf8')))
        } else if (request.method === 'OPTIONS') {
          response.writeHead(204).end()
        } else if (path === 'cashier') {
          response.setHeader('content-type', 'text/html')
          response.end('<title>Cashier</title>')
        } else if (path === 'frame') {
          response.setHeader('content-type', 'text/html')
          response.end(`<iframe src="${strict.url}" width="600" height="700"></iframe>`)
        } else if (path.startsWith('orders/')) {
          response.end(JSON.stringify(strict.offered))
        } else {
          const next = { type: 'redirect', url: `${strict.payUrl}/cashier` }
          response.end(JSON.stringify({ ...payment, next }))
        }
      }),
    )
    shop = await listening(
      createServer((request, response) => {
        const own = strict.scripts.get((request.url ?? '').slice(1))
        response.setHeader('content-security-policy', policy())
        response.setHeader('content-type', own === undefined ? 'text/html' : 'text/javascript')
        response.end(
          own ?? `<!doctype html><html lang="en"><title>Shop</title>${strict.html}</html>`,
        )
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
    strict.policies = ['pay-button']
    strict.offered = offer
    strict.refusals = 0
    strict.refusal = 503
    strict.change = (file) => file
    strict.asked.splice(0)
    strict.complaints.splice(0)
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) strict.complaints.push(message.text())
    })
    context.on('weberror', (error) => strict.complaints.push(error.error().message))
    // Also where nobody would write it to the console.
    await context.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`policy: ${violatedDirective} ${blockedURI}`)
      })
    })
    page = await context.newPage()
  })

  afterEach(async () => {
    await page.context().close()
    expect(strict.complaints).toEqual([])
  })

  return strict
}

/** The tag of a file of the proxy's. */
export function scriptOf({ payUrl }: StrictShop, file: string, more = ''): string {
  return `<script type="module" src="${payUrl}/${file}"${more}></script>`
}

/** From the press to the button that leads to the cashier. */
export async function confirmOn(shopPage: Page | FrameLocator): Promise<void> {
  await shopPage.getByRole('button', { name: 'Pay NT$300' }).click()
  await shopPage.getByRole('radio').first().check()
  await shopPage.getByRole('textbox', { name: 'E-mail' }).fill('wang@example.com')
  await shopPage.getByRole('button', { name: /^Continue to Vexora/ }).click()
}

/** From the shop's page to the cashier's, in its window. */
export async function payAtCashier({ page, url }: StrictShop): Promise<void> {
  await page.goto(url)
  const [cashier] = await Promise.all([page.waitForEvent('popup'), confirmOn(page)])
  await cashier.waitForURL(/cashier$/)
  expect(await page.locator('pay-button').getAttribute('state')).toBe('waiting')
}
