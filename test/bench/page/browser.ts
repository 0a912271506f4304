import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../../scripts/chromium.mjs'
import type { Machine } from '../harness/machine.js'
import { longestTask } from './tasks.js'

/** As a phone of the middle class is slower than what a bench runs on. */
export const SLOWED = 4

/** Chromium that blocks windows without a press, as a payer's does. */
export async function openBrowser(machine: Machine): Promise<Browser> {
  const browser = await puppeteer.launch({
    executablePath: await ensureChromium(),
    args: [...CHROMIUM_ARGS, '--window-size=1024,860'],
    ignoreDefaultArgs: ['--disable-popup-blocking'],
    headless: true,
    defaultViewport: null,
  })
  machine.onClose(() => browser.close())
  return browser
}

/**
 * Runs `work` in an empty page of a payer's own, who has nothing stored of an earlier visit.
 *
 * @param slowed how many times slower its CPU is.
 */
export async function withPage<Result>(
  browser: Browser,
  slowed: number,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.createBrowserContext()
  try {
    const page = await context.newPage()
    await page.emulateCPUThrottling(slowed)
    return await work(page)
  } finally {
    await context.close()
  }
}

/**
 * CPU milliseconds, slowed, of the longest task of a page of its own that nothing watches.
 *
 * The browser is not slowed for it: that would be by the clock, in which others' work counts too.
 *
 * @param prepare what is not traced.
 */
export function longestTaskOf(
  browser: Browser,
  work: (page: Page) => Promise<unknown>,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<number> {
  return withPage(browser, 1, async (page) => {
    await prepare?.(page)
    return SLOWED * (await longestTask(page, () => work(page)))
  })
}
