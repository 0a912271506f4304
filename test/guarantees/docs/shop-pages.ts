import { readdirSync, readFileSync } from 'node:fs'
import { type Browser, chromium, type Frame, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../../scripts/chromium.mjs'
import { type Block, blocksOf } from './pages.js'

const SCRIPT = new URL('../../../dist/script/', import.meta.url)
const FILES = readdirSync(SCRIPT)
const PROXY = /^https:\/\/pay\.shop\.example\/|^http:\/\/localhost:8787\//
const SCRIPT_TAG = '<script type="module" src="https://pay.shop.example/pay-button.js"></script>'
const OFFER = {
  order: 'A-1001',
  amount: { value: '300', currency: 'TWD' },
  channels: [],
  paid: false,
}

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGS })
}

/** The policy that the front-end's page gives, with the README's proxy on a laptop too. */
export function documentedPolicy(): string {
  const headers = blocksOf('src/button/README.md').filter(({ language }) => language === 'http')
  const [, policy] = /^Content-Security-Policy: (.+)$/m.exec(headers[0]?.text ?? '') ?? []
  if (!policy) throw new Error('the page gives no policy')
  return policy.replaceAll('https://pay.shop.example', '$& http://localhost:8787')
}

/** What a block of markup came to on a page of a shop. */
export interface Outcome {
  /** Elements in the markup, those that have their shadow, and those that take a press. */
  elements: number
  upgraded: number
  pressed: number
  complaints: string[]
}

/** Loads markup on a page with the documented policy and presses each button. */
export async function tryMarkup(browser: Browser, { text }: Block): Promise<Outcome> {
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await serve(page, text)
  await page.goto('https://shop.example/')
  const shop = page.frames().at(-1) ?? page.mainFrame()
  await shop.waitForSelector('pay-button[state], pay-button:defined')
  const outcome = { ...(await press(shop)), complaints }
  await page.close()
  return outcome
}

async function press(shop: Frame): Promise<Omit<Outcome, 'complaints'>> {
  return shop.evaluate(() => {
    const buttons = [...document.querySelectorAll('pay-button')]
    let pressed = 0
    document.addEventListener('pay-open', (event) => {
      event.preventDefault()
      pressed += 1
    })
    for (const button of buttons) {
      const trigger = button.querySelector<HTMLElement>('[slot=trigger]')
      ;(trigger ?? button.shadowRoot?.querySelector<HTMLElement>('[part=button]'))?.click()
    }
    const upgraded = buttons.filter(({ shadowRoot }) => shadowRoot).length
    return { elements: buttons.length, upgraded, pressed }
  })
}

/** A shop with the markup on its first page, and an order's page for frames. */
async function serve(page: Page, markup: string): Promise<void> {
  const script = markup.includes('<script') ? '' : SCRIPT_TAG
  await page.route('https://shop.example/**', (route) => {
    const isOrder = new URL(route.request().url()).pathname !== '/'
    const body = isOrder ? `${SCRIPT_TAG}<pay-button order="A-1001"></pay-button>` : script + markup
    return route.fulfill({
      contentType: 'text/html; charset=utf-8',
      headers: { 'content-security-policy': documentedPolicy() },
      body: `<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">${body}</html>`,
    })
  })
  await page.route(PROXY, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1)
    const headers = { 'access-control-allow-origin': '*' }
    return FILES.includes(name)
      ? route.fulfill({
          contentType: 'text/javascript',
          headers,
          body: readFileSync(new URL(name, SCRIPT)),
        })
      : route.fulfill({ headers, json: OFFER })
  })
}
