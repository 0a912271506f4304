import { afterAll, beforeAll, expect, it } from 'vitest'
import { assets } from '../../src/proxy/dist/proxy/scripts/assets.generated.js'
import { makeAnotherRelease, nameInAnother, type Release } from '../another-release.js'
import type { Page } from '../browsers/page.js'
import { expectPaidOnce } from './books.js'
import { shopForTests } from './harness.js'
import { answer, answerCashier, CHANNELS, toCashier } from './payer.js'

const shop = shopForTests()
const CHECKOUT = Object.keys(assets).find((name) => name.startsWith('checkout-')) ?? ''

let another: Release
beforeAll(() => {
  another = makeAnotherRelease()
})
afterAll(() => another.remove())

/** The page of a new order, which has loaded the button and nothing else: it is out of sight. */
async function openPage(): Promise<Page> {
  shop.twist = {
    before: () => {
      window.IntersectionObserver = class extends IntersectionObserver {
        override observe() {}
      }
    },
  }
  const page = await shop.newOrder()
  await page.sees({ role: 'button', name: 'Pay' })
  expect(await loaded(page)).toEqual(['pay-button.js'])
  return page
}

/** The files of the script that the page asked for, in the order of their names. */
async function loaded(page: Page): Promise<string[]> {
  const files = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\/pay\/[^/]+\.js/.test(name))
      .map(({ name }) => name.replace(/.*\//, '')),
  )
  return files.sort()
}

/** @param program that of another release */
async function upgradeTo(program?: string): Promise<void> {
  await shop.proxy.stop()
  await shop.proxy.start(program)
}

async function pay(page: Page): Promise<void> {
  await page.click({ role: 'button', name: 'Pay' })
  await page.click({ role: 'radio', name: CHANNELS.EWALLET.name })
  await answer(page, CHANNELS.EWALLET.answers)
  await answerCashier(await toCashier(page), 'Approve payment')
  await expectPaidOnce(shop, page)
}

it('a page that was opened before an upgrade pays after it', async () => {
  const page = await openPage()
  await upgradeTo(another.program)
  await pay(page)
  expect(await loaded(page)).toContain(CHECKOUT)
})

it('and one that was opened after it pays where an older proxy answers', async () => {
  await upgradeTo(another.program)
  const page = await openPage()
  await upgradeTo()
  await pay(page)
  expect(await loaded(page)).toContain(nameInAnother(CHECKOUT))
})
