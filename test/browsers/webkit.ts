import { Builder, Button, error, Key, Origin, type WebDriver } from 'selenium-webdriver'
import { startWebKitDriver } from '../../scripts/webkit.mjs'
import type { Browser, Payer, Tab } from './browser.js'

/** WebKitGTK, by WebDriver, on a screen that nobody sees. One payer at a time. */
export async function launchWebKit(): Promise<Browser> {
  const { url, capabilities, stop } = await startWebKitDriver()
  return {
    async newPayer({ userAgent } = {}) {
      const args = userAgent ? [`--user-agent=${userAgent}`] : []
      const driver = await new Builder()
        .usingServer(url)
        .withCapabilities(capabilities(args))
        .build()
      await driver.manage().setTimeouts({ script: 5_000 })
      return new WebKitPayer(driver)
    },
    close: stop,
  }
}

class WebKitPayer implements Payer {
  readonly #driver: WebDriver
  readonly #tabs = new Map<string, Tab>()
  /** The driver looks at one window at a time, so its users take turns. */
  #turn: Promise<unknown> = Promise.resolve()
  /** The protocol tells of none; the shop's page listens for its own. */
  readonly complaints: readonly string[] = []

  constructor(driver: WebDriver) {
    this.#driver = driver
  }

  async newTab(): Promise<Tab> {
    const before = await this.tabs()
    if (
      before.length === 1 &&
      before[0] &&
      (await before[0].evaluate('location.href')) === 'about:blank'
    ) {
      return before[0]
    }
    await this.#inTurn(() => this.#driver.switchTo().newWindow('window'))
    const opened = (await this.tabs()).find((tab) => !before.includes(tab))
    if (!opened) throw new Error('no new window')
    return opened
  }

  tabs(): Promise<Tab[]> {
    return this.#inTurn(async () => {
      const handles = await this.#driver.getAllWindowHandles()
      for (const handle of this.#tabs.keys()) {
        if (!handles.includes(handle)) this.#tabs.delete(handle)
      }
      for (const handle of handles) {
        if (!this.#tabs.has(handle)) this.#tabs.set(handle, this.#tab(handle))
      }
      return [...this.#tabs.values()]
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#driver.quit())
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  #tab(handle: string): Tab {
    return new WebKitTab((work) =>
      this.#inTurn(async () => {
        await this.#driver.switchTo().window(handle)
        return work(this.#driver)
      }),
    )
  }
}

type InWindow = <T>(work: (driver: WebDriver) => Promise<T>) => Promise<T>

class WebKitTab implements Tab {
  readonly #use: InWindow

  constructor(use: InWindow) {
    this.#use = use
  }

  evaluate(expression: string): Promise<unknown> {
    return this.evaluateInFrame(0, expression)
  }

  evaluateInFrame(depth: number, expression: string): Promise<unknown> {
    return this.#use(async (driver) => {
      await driver.switchTo().defaultContent()
      for (let level = 0; level < depth; level++) await driver.switchTo().frame(0)
      const answer = await driver.executeAsyncScript<{ value: unknown; fault?: string }>(
        `const done = arguments[0]
        Promise.resolve().then(() => (${expression})).then(
          (value) => done({ value }),
          (error) => done({ fault: String(error) }),
        )`,
      )
      await driver.switchTo().defaultContent()
      if (answer.fault !== undefined) throw new Error(answer.fault)
      return answer.value
    })
  }

  click(x: number, y: number, times: number): Promise<void> {
    return this.#use(async (driver) => {
      const pointer = driver
        .actions()
        .move({ x: Math.round(x), y: Math.round(y), origin: Origin.VIEWPORT, duration: 0 })
      for (let time = 0; time < times; time++) pointer.press(Button.LEFT).release(Button.LEFT)
      await pointer.perform()
    })
  }

  press(key: 'Enter' | 'Escape' | 'Tab', held?: 'Control'): Promise<void> {
    const code = { Enter: Key.ENTER, Escape: Key.ESCAPE, Tab: Key.TAB }[key]
    return this.#use((driver) => {
      const keys = driver.actions()
      if (held) keys.keyDown(Key.CONTROL)
      keys.sendKeys(code)
      if (held) keys.keyUp(Key.CONTROL)
      return keys.perform()
    })
  }

  goto(url: string): Promise<void> {
    return this.#use((driver) => driver.get(url))
  }

  reload(): Promise<void> {
    return this.#use((driver) => driver.navigate().refresh())
  }

  back(): Promise<void> {
    return this.#use((driver) => driver.navigate().back())
  }

  show(): Promise<void> {
    return this.#use(async () => undefined)
  }

  close(): Promise<void> {
    return this.#use(async (driver) => {
      await driver.close().catch((problem: unknown) => {
        if (!(problem instanceof error.NoSuchWindowError)) throw problem
      })
    })
  }
}
