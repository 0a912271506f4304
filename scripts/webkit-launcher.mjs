import { Builder } from 'selenium-webdriver'
import { startWebKitDriver } from './webkit.mjs'

/**
 * Runs the button's tests in WebKitGTK, one file after the other, each as a page of its own.
 *
 * @returns {import('@web/test-runner').BrowserLauncher}
 */
export function webKitLauncher() {
  /** @type {Awaited<ReturnType<typeof startWebKitDriver>> | undefined} */
  let running
  /** @type {import('selenium-webdriver').WebDriver | undefined} */
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
    type: 'webkit',
    concurrency: 1,
    async startSession(session, url) {
      driver ??= await start()
      active = session
      await driver.get(url)
    },
    isActive: (session) => session === active,
    getBrowserUrl: () => driver?.getCurrentUrl(),
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
