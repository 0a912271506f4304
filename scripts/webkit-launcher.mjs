import { Builder, Button, Key, Origin } from 'selenium-webdriver'
import { startWebKitDriver } from './webkit.mjs'

/** @typedef {import('selenium-webdriver').WebDriver} WebDriver */

/**
 * Runs the button's tests in WebKitGTK, one file after the other, each as a page of its own.
 *
 * @returns {import('@web/test-runner').BrowserLauncher & { getPage(): object }}
 */
export function webKitLauncher() {
  /** @type {Awaited<ReturnType<typeof startWebKitDriver>> | undefined} */
  let running
  /** @type {WebDriver | undefined} */
  let driver
  /** @type {string | undefined} */
  let active

  async function start() {
    running = await startWebKitDriver()
    const capabilities = running.capabilities()
    return new Builder().usingServer(running.url).withCapabilities(capabilities).build()
  }

  return {
    name: 'WebKitGTK',
    // Whose pages the runner's commands know how to use; see `pageOf`.
    type: 'puppeteer',
    concurrency: 1,
    async startSession(session, url) {
      driver ??= await start()
      active = session
      await driver.get(url)
    },
    isActive: (session) => session === active,
    getBrowserUrl: () => driver?.getCurrentUrl(),
    getPage() {
      if (!driver) throw new Error('No page is open.')
      return pageOf(driver)
    },
    async stopSession() {
      active = undefined
      await driver?.get('about:blank')
      return {}
    },
    async startDebugSession() {
      throw new Error('WebKitGTK runs without a screen here.')
    },
    async stop() {
      await driver?.quit()
      await running?.stop()
    },
  }
}

/**
 * As much of Puppeteer's page as the runner's commands use.
 *
 * @param {WebDriver} driver
 */
function pageOf(driver) {
  const actions = () => driver.actions()
  const move = (/** @type {number} */ x, /** @type {number} */ y) =>
    actions().move({ x, y, origin: Origin.VIEWPORT, duration: 0 })
  return {
    keyboard: {
      type: (/** @type {string} */ text) => actions().sendKeys(text).perform(),
      press: (/** @type {string} */ key) => actions().sendKeys(codeOf(key)).perform(),
      down: (/** @type {string} */ key) => actions().keyDown(codeOf(key)).perform(),
      up: (/** @type {string} */ key) => actions().keyUp(codeOf(key)).perform(),
    },
    mouse: {
      move: (/** @type {number} */ x, /** @type {number} */ y) => move(x, y).perform(),
      click: (/** @type {number} */ x, /** @type {number} */ y) =>
        move(x, y).press(Button.LEFT).release(Button.LEFT).perform(),
      down: () => actions().press(Button.LEFT).perform(),
      up: () => actions().release(Button.LEFT).perform(),
    },
    /** The window is larger than what it shows by its frame. */
    async setViewport(/** @type {{ width: number, height: number }} */ wanted) {
      const window = driver.manage().window()
      await window.setRect({ x: 0, y: 0, ...wanted })
      const [width = 0, height = 0] = await driver.executeScript('return [innerWidth, innerHeight]')
      await window.setRect({
        width: 2 * wanted.width - width,
        height: 2 * wanted.height - height,
      })
    },
  }
}

/**
 * What WebDriver calls a key: `ArrowDown` is its `ARROW_DOWN`.
 *
 * @param {string} key as in `KeyboardEvent.key`
 */
function codeOf(key) {
  if (key.length === 1) return key
  const name = key === 'Backspace' ? 'BACK_SPACE' : key.replace(/(?<=[a-z])(?=[A-Z])/g, '_')
  const code = Object.entries(Key).find(([known]) => known === name.toUpperCase())?.[1]
  if (typeof code !== 'string') throw new Error(`WebDriver has no key ${key}.`)
  return code
}
