import puppeteer, {
  type BrowserContext,
  type CDPSession,
  type Frame,
  type LaunchOptions,
  type Page,
} from 'puppeteer-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'
import { ensureFirefox, FIREFOX_PREFERENCES } from '../../scripts/firefox.mjs'
import { type Browser, engine, type Payer, type Tab, type Traits } from './browser.js'

/** Of a desktop; without a screen Chromium says that it has no mouse to hover with. */
const MOUSE =
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4'

/**
 * Chromium, by its own protocol. It blocks popups and keeps pages for the back button like a
 * payer's own, which a driver would switch off.
 */
export async function launchChromium(): Promise<Browser> {
  return launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_ARGS, MOUSE, '--window-size=1024,860'],
    ignoreDefaultArgs: ['--disable-popup-blocking', '--disable-back-forward-cache'],
  })
}

/** Firefox, by WebDriver BiDi. */
export async function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath: await ensureFirefox(),
    extraPrefsFirefox: FIREFOX_PREFERENCES,
  })
}

async function launch(options: LaunchOptions): Promise<Browser> {
  const browser = await puppeteer.launch({ headless: true, defaultViewport: null, ...options })
  return {
    newPayer: async (traits = {}) =>
      new PuppeteerPayer(await browser.createBrowserContext(), traits),
    close: () => browser.close(),
  }
}

class PuppeteerPayer implements Payer {
  readonly #context: BrowserContext
  readonly #traits: Traits
  readonly #tabs = new Map<Page, Tab>()
  readonly complaints: string[] = []

  constructor(context: BrowserContext, traits: Traits) {
    this.#context = context
    this.#traits = traits
    // As early as can be: a window complains while it loads.
    context.on('targetcreated', async (target) => {
      const page = await target.page().catch(() => null)
      if (page) this.#know(page)
    })
  }

  async newTab(): Promise<Tab> {
    const page = await this.#context.newPage()
    const { userAgent } = this.#traits
    if (userAgent) await page.setUserAgent({ userAgent })
    return this.#know(page)
  }

  async tabs(): Promise<Tab[]> {
    const pages = await this.#context.pages()
    for (const page of this.#tabs.keys()) if (!pages.includes(page)) this.#tabs.delete(page)
    for (const page of pages) this.#know(page)
    return [...this.#tabs.values()]
  }

  close(): Promise<void> {
    return this.#context.close()
  }

  #know(page: Page): Tab {
    const known = this.#tabs.get(page)
    if (known) return known
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    const tab = engine === 'chromium' ? new ChromiumTab(page) : new PuppeteerTab(page)
    this.#tabs.set(page, tab)
    return tab
  }
}

/** What both engines' protocols can do. */
class PuppeteerTab implements Tab {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  evaluate(expression: string): Promise<unknown> {
    return this.#page.evaluate(expression)
  }

  evaluateInFrame(depth: number, expression: string): Promise<unknown> {
    let frame: Frame = this.#page.mainFrame()
    for (let level = 0; level < depth; level++) {
      const [child] = frame.childFrames()
      if (!child) throw new Error(`no frame ${level + 1} deep`)
      frame = child
    }
    return frame.evaluate(expression)
  }

  click(x: number, y: number, times: number): Promise<void> {
    return this.#page.mouse.click(x, y, { count: times })
  }

  async press(key: 'Enter' | 'Escape' | 'Tab', held?: 'Control'): Promise<void> {
    const { keyboard } = this.#page
    if (held) await keyboard.down(held)
    await keyboard.press(key)
    if (held) await keyboard.up(held)
  }

  async goto(url: string): Promise<void> {
    await this.#page.goto(url)
  }

  async reload(): Promise<void> {
    await this.#page.reload()
  }

  async back(): Promise<void> {
    await this.#page.goBack()
  }

  show(): Promise<void> {
    return this.#page.bringToFront()
  }

  close(): Promise<void> {
    return this.#page.close()
  }

  setOffline(isOffline: boolean): Promise<void> {
    return this.#page.setOfflineMode(isOffline)
  }
}

/** What Chromium's own protocol can do besides. */
class ChromiumTab extends PuppeteerTab {
  readonly #driven: Page
  #session: Promise<CDPSession> | undefined

  constructor(page: Page) {
    super(page)
    this.#driven = page
  }

  /** Puppeteer's own passes for a gesture of the payer's, so that a late window would open. */
  override async evaluate(expression: string): Promise<unknown> {
    const session = await this.#connect()
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description)
    return result.value
  }

  async setFrozen(isFrozen: boolean): Promise<void> {
    const session = await this.#connect()
    await session.send('Page.setWebLifecycleState', { state: isFrozen ? 'frozen' : 'active' })
    // A thawed page would stay hidden.
    await session.send('Emulation.setFocusEmulationEnabled', { enabled: !isFrozen })
  }

  #connect(): Promise<CDPSession> {
    this.#session ??= this.#driven.createCDPSession()
    return this.#session
  }
}
