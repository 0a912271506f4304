import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { type Demo, startDemo } from '../../demo/dist/demo.js'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'
import { freePort } from '../free-port.js'

/** The built demo on ports and a database of its own. */
export async function openShop(): Promise<Demo & { url: string }> {
  const data = mkdtempSync(join(tmpdir(), 'pay-button-e2e-'))
  const [shop, pay, sandbox] = await Promise.all([freePort(), freePort(), freePort()])
  const demo = await startDemo({
    DEMO_PORT: String(shop),
    PAY_PORT: String(pay),
    SANDBOX_PORT: String(sandbox),
    PAY_DATABASE_URL: `sqlite:${join(data, 'pay-button.db')}`,
    PAY_QUERY_SCHEDULE: '1s',
  })
  return {
    ...demo,
    close: async () => {
      await demo.close()
      await rm(data, { recursive: true })
    },
  }
}

/** A browser that blocks popups like a payer's own, which Playwright's would not. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_ARGS,
    ignoreDefaultArgs: ['--disable-popup-blocking'],
  })
}

/** A payer who has put the tea in the basket: the page of a new order. */
export async function newOrder(context: BrowserContext, { url }: Demo): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${url}/?lang=en`)
  await page.getByRole('button', { name: 'Buy' }).click()
  return page
}

/** What the page was told, event by event, without what only the dialog did. */
export function pageEvents(page: Page): Promise<string[]> {
  return titles(page, 'What this page was told', /^pay-(?!open|submit|close)/)
}

/** What the shop's server was told. */
export function serverEvents(page: Page): Promise<string[]> {
  return titles(page, 'What the shop’s server was told', /./)
}

async function titles(page: Page, log: string, wanted: RegExp): Promise<string[]> {
  const all = await page.getByRole('log', { name: log }).locator('strong').allTextContents()
  return all.filter((title) => wanted.test(title))
}

/** Long enough for a second telling to arrive, if there was one. Milliseconds. */
const SECOND_TELLING = 1_500

/** Both sides learn this, in this order, and nothing more. */
export async function expectTold(
  page: Page,
  { onPage, onServer }: { onPage: string[]; onServer: string[] },
): Promise<void> {
  const told = async () => ({ onPage: await pageEvents(page), onServer: await serverEvents(page) })
  await expect.poll(told, { timeout: 15_000 }).toEqual({ onPage, onServer })
  await page.waitForTimeout(SECOND_TELLING)
  expect(await told()).toEqual({ onPage, onServer })
}
