import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { startDemo } from '../../demo/dist/demo.js'
import { address, type Theme } from '../../demo/dist/shop/states/pages.js'
import { NOW, STATES } from '../../demo/dist/shop/states/states.js'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'
import { freePort } from '../free-port.js'

export { STATES }

export const LANGUAGES = ['en', 'zh-TW', 'zh-HK', 'zh-CN', 'id'] as const
export type Language = (typeof LANGUAGES)[number]

/** The languages in turn. */
export function languageAt(index: number): Language {
  return LANGUAGES[index % LANGUAGES.length] ?? 'en'
}

/** What the demo's themes are, and what a payer's system can ask for. */
export const LOOKS = ['light', 'dark', 'own', 'own-dark', 'forced', 'forced-dark'] as const
export type Look = (typeof LOOKS)[number]

/** The demo, and a browser that looks at its wall of states. */
export interface Wall {
  readonly url: string
  readonly browser: Browser
  /** A page of a payer's own, in which nothing moves and time stands still. */
  newPage(options?: BrowserContextOptions): Promise<Page>
  close(): Promise<void>
}

export async function openWall(): Promise<Wall> {
  const [shop, pay, sandbox] = await Promise.all([freePort(), freePort(), freePort()])
  const data = mkdtempSync(join(tmpdir(), 'pay-button-wall-'))
  const demo = await startDemo({
    DEMO_PORT: String(shop),
    PAY_PORT: String(pay),
    SANDBOX_PORT: String(sandbox),
    PAY_DATABASE_URL: `sqlite:${join(data, 'pay-button.db')}`,
  })
  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_ARGS, '--font-render-hinting=none', '--disable-lcd-text'],
  })
  return {
    url: demo.url,
    browser,
    async newPage(options) {
      const context = await browser.newContext({
        baseURL: demo.url,
        viewport: { width: 390, height: 844 },
        reducedMotion: 'reduce',
        timezoneId: 'Asia/Taipei',
        // For axe; what a strict policy lets through is tried elsewhere.
        bypassCSP: true,
        ...options,
      })
      const page = await context.newPage()
      await page.clock.setFixedTime(NOW)
      return page
    },
    async close() {
      await browser.close()
      await demo.close()
      await rm(data, { recursive: true })
    },
  }
}

/** Goes to a state, as it is once its payer has done what it takes. */
export async function show(
  page: Page,
  state: string,
  { language = 'en', look = 'light' }: { language?: Language; look?: Look } = {},
): Promise<void> {
  await emulate(page, look)
  await page.goto(address(state, { language, theme: themeOf(look) }))
  await page.waitForSelector('[data-shown]', { state: 'attached' })
  await settle(page)
}

/** As the page is in another look, without another visit. */
export async function changeLook(page: Page, look: Look): Promise<void> {
  await emulate(page, look)
  await page.evaluate((theme) => {
    document.documentElement.dataset.theme = theme
  }, themeOf(look))
}

async function emulate(page: Page, look: Look): Promise<void> {
  await page.emulateMedia({
    forcedColors: look.startsWith('forced') ? 'active' : 'none',
    colorScheme: look.endsWith('dark') ? 'dark' : 'light',
  })
}

function themeOf(look: Look): Theme {
  if (look === 'forced') return 'light'
  return look === 'forced-dark' ? 'dark' : look
}

/** Until what the button shows has stayed as it is for a moment. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    async () => {
      const markup = () => document.querySelector('pay-button')?.shadowRoot?.innerHTML ?? ''
      const before = markup()
      await new Promise((resolve) => setTimeout(resolve, 80))
      return markup() === before
    },
    undefined,
    { polling: 1 },
  )
}
