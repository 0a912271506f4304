import { readdirSync, readFileSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'

const SCRIPT = new URL('../../dist/script/', import.meta.url)
const WORDS = /^(en|zh-hant-tw|zh-hk|zh-hans|id)-[\w-]{8}\.js$/
const built = readdirSync(SCRIPT).filter((file) => WORDS.test(file))

const SHOP = 'https://shop.example/'
const amount = { value: '300000', currency: 'IDR' }
const offer = { order: 'A-1001', amount, seller: 'Toko Teh', channels: [], paid: false }

let browser: Browser
let page: Page
/** Files of words that the page asked for, without the hash. */
let loaded: string[]
/** Which of them are not to be had. */
let lost: RegExp

const withoutHash = (file: string) => file.replace(/-[\w-]{8}\.js$/, '')

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGS })
})

afterAll(() => browser?.close())

beforeEach(async () => {
  loaded = []
  lost = /^$/
  page = await browser.newPage()
})

afterEach(() => page.close())

/** A shop in the language of `tag`, whose order can't be paid: its dialog shows an ending. */
async function openIn(tag: string): Promise<void> {
  await page.route(`${SHOP}**`, (route) => {
    const file = new URL(route.request().url()).pathname.slice(1)
    if (file === '') {
      return route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="${tag}"><title>Shop</title>
          <script type="module" src="/pay-button.js"></script>
          <pay-button order="A-1001"></pay-button></html>`,
      })
    }
    if (file.startsWith('orders/')) return route.fulfill({ json: offer })
    if (WORDS.test(file)) loaded.push(withoutHash(file))
    if (lost.test(file)) return route.abort()
    const body = readFileSync(new URL(file, SCRIPT))
    return route.fulfill({ contentType: 'text/javascript', body })
  })
  await page.goto(SHOP)
  await page.locator('pay-button [part=button]').click()
}

const textOf = async (name: string) =>
  (await page.locator(`pay-button [part=${name}]`).textContent())?.replaceAll('\u00a0', ' ').trim()
const status = () => textOf('status')

describe('a page', () => {
  it.each([
    ['en', 'en', 'There is no way to pay IDR 300,000 here at the moment.'],
    ['fr', 'en', 'There is no way to pay IDR 300,000 here at the moment.'],
    ['zh-TW', 'zh-hant-tw', '目前沒有可支付 IDR 300,000 的付款方式。'],
    ['zh-HK', 'zh-hk', '暫時沒有可支付 IDR 300,000 的付款方式。'],
    ['zh-CN', 'zh-hans', '暂时没有可支付 IDR 300,000 的支付方式。'],
    ['id-ID', 'id', 'Saat ini belum ada metode pembayaran untuk Rp 300.000.'],
  ])('in %s loads the words of %s and no others', async (tag, language, sentence) => {
    await openIn(tag)
    await expect.poll(status).toBe(sentence)
    expect(loaded).toEqual([language])
  })

  it('is spoken to in English where the words of its language are lost', async () => {
    lost = /^id-/
    await openIn('id')
    await expect.poll(status).toMatch(/^There is no way to pay/)
    expect(await textOf('amount')).toBe('IDR 300,000')
  })
})

it('one chunk of words is built for each language', () => {
  expect(built.map(withoutHash)).toHaveLength(5)
})
