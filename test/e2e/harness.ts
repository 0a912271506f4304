import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Demo, startDemo } from '../../demo/dist/demo.js'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'
import { freePort } from '../free-port.js'

interface ShopUnderTest {
  readonly sandbox: Demo['sandbox']
  /** The browser of this test's payer. */
  readonly context: BrowserContext
  /** Puts a tea in the basket: the page of a new order. */
  newOrder(tea?: string): Promise<Page>
  /** What the provider was sent for the last order. */
  sentToProvider(): Readonly<Record<string, string>>
}

/**
 * One built demo and one browser for the tests of a file, a payer for each test. Whatever the
 * browser complains of, such as a breach of the shop's policy, fails the test.
 */
export function useShop(): ShopUnderTest {
  const data = mkdtempSync(join(tmpdir(), 'pay-button-e2e-'))
  let demo: Demo
  let browser: Browser
  let context: BrowserContext
  let complaints: string[]

  beforeAll(async () => {
    demo = await openDemo(data)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.close()
    await rm(data, { recursive: true })
  })
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-US' })
    complaints = []
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    context.on('weberror', (error) => complaints.push(String(error.error())))
  })
  afterEach(async () => {
    await context.close()
    expect(complaints).toEqual([])
  })

  return {
    get sandbox() {
      return demo.sandbox
    },
    get context() {
      return context
    },
    async newOrder(tea = 'Alishan high mountain oolong') {
      const page = await context.newPage()
      await page.goto(`${demo.url}/?lang=en`)
      const item = page.getByRole('listitem').filter({ hasText: tea })
      await item.getByRole('button', { name: 'Buy' }).click()
      return page
    },
    sentToProvider: () => demo.sandbox.orders().at(-1)?.fields ?? {},
  }
}

/** The built demo on ports of its own. */
async function openDemo(data: string): Promise<Demo> {
  const [shop, pay, sandbox] = await Promise.all([freePort(), freePort(), freePort()])
  return startDemo({
    DEMO_PORT: String(shop),
    PAY_PORT: String(pay),
    SANDBOX_PORT: String(sandbox),
    PAY_DATABASE_URL: `sqlite:${join(data, 'pay-button.db')}`,
    PAY_QUERY_SCHEDULE: '1s',
  })
}

/** A browser that blocks popups like a payer's own, which Playwright's would not. */
async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  })
}
