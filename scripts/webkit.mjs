import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findProgram, installFromDebian } from './debian.mjs'
import { freePort } from './free-port.mjs'

const HOW = 'These tests need WebKitGTK: install Debian’s webkit2gtk-driver and xvfb.'

/** How long the driver may take until it answers. Milliseconds. */
const START_MS = 20_000

/** @typedef {{ screen: string, driver: string, browser: string }} Programs */

/** @returns {Programs | undefined} */
function findPrograms() {
  const screen = findProgram(['Xvfb'])
  const driver = findProgram(['WebKitWebDriver'])
  const browser = findProgram(['webkit2gtk-4.1/MiniBrowser', 'webkit2gtk-4.0/MiniBrowser'])
  return screen && driver && browser ? { screen, driver, browser } : undefined
}

/**
 * WebKitGTK's own browser and driver, installed from Debian where this may.
 *
 * @returns {Promise<Programs>}
 * @throws {Error} saying in one line what to install
 */
export async function ensureWebKit() {
  if (!findPrograms()) await installFromDebian(['webkit2gtk-driver', 'xvfb', 'fonts-liberation'])
  const found = findPrograms()
  if (!found) throw new Error(HOW)
  return found
}

/**
 * Starts a driver on a screen of its own; it drives one browser at a time.
 *
 * @returns {Promise<{ url: string, capabilities(args?: string[]): object, stop(): Promise<void> }>}
 */
export async function startWebKitDriver() {
  const { screen, driver, browser } = await ensureWebKit()
  const port = await freePort()
  const xvfb = spawn(
    screen,
    ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const [display] = await once(
    /** @type {import('node:stream').Readable} */ (xvfb.stdio[3]),
    'data',
  )
  const driving = spawn(driver, ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${String(display).trim()}`,
      // It has no session bus, and as root no sandbox, in a container.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      NO_AT_BRIDGE: '1',
    },
  })
  const children = [driving, xvfb]
  const kill = () => children.forEach((child) => void child.kill())
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  await answers(`${url}/status`)
  return {
    url,
    capabilities: (args = []) => ({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation', ...args] },
    }),
    async stop() {
      process.off('exit', kill)
      for (const child of children) {
        const exited = once(child, 'exit')
        child.kill()
        await exited
      }
    },
  }
}

/** @param {string} url */
async function answers(url) {
  const end = Date.now() + START_MS
  while (!(await fetch(url).catch(() => undefined))) {
    if (Date.now() > end) throw new Error('WebKitWebDriver does not answer.')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
