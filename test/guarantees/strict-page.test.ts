import { beforeEach, describe, expect, it } from 'vitest'
import {
  button,
  confirmOn,
  offer,
  payAtCashier,
  scriptOf,
  strictShopForTests,
} from './strict-shop.js'

const shop = strictShopForTests()

describe('the built script', () => {
  beforeEach(() => {
    shop.html = scriptOf(shop, 'pay-button.js') + button
  })

  it('carries a payment on to the phone by a code of its own', async () => {
    // Headless Chromium has neither a mouse nor a finger.
    await shop.page.addInitScript(() => {
      window.matchMedia = () => ({ matches: true }) as MediaQueryList
    })
    await shop.page.goto(shop.url)
    await Promise.all([shop.page.waitForEvent('popup'), confirmOn(shop.page)])
    await shop.page.getByRole('button', { name: 'Pay on your phone instead' }).click()
    const code = shop.page.getByRole('img', { name: 'QR code of the payment page' })
    const dark = (await code.locator('path').last().getAttribute('d')) ?? ''
    const row = Array.from({ length: 8 }, (_, x) => dark.includes(`M${x} 0h1v1h-1z`))
    expect(row, 'the edge of a finder pattern').toEqual([...Array(7).fill(true), false])
  })

  it.each([
    ['a channel without an id', { channels: [{ kind: 'card' }] }],
    ['a flow that it does not know', { channels: [{ ...offer.channels[0], flow: 'magic' }] }],
    ['an amount of nothing', { amount: { value: '0', currency: 'TWD' } }],
    ['channels that are no list', { channels: {} }],
  ])('still refuses %s', async (_, patch) => {
    shop.offered = { ...offer, ...patch }
    await shop.page.goto(shop.url)
    const code = shop.page.locator('pay-button').evaluate(
      (element) =>
        new Promise((resolve) => {
          element.addEventListener('pay-error', (event) => {
            resolve((event as CustomEvent<{ error: { code: string } }>).detail.error.code)
          })
        }),
    )
    await shop.page.getByRole('button', { name: /^Pay/ }).click()
    expect(await code).toBe('answer-unreadable')
  })

  it('asks once more, elsewhere, for a chunk that did not come', async () => {
    shop.refusals = 1
    await payAtCashier(shop)
    expect(shop.complaints.splice(0).join()).toMatch(/503/)
  })

  it('comes to life at the next try where a proxy of another release was asked', async () => {
    shop.refusals = 100
    shop.refusal = 404
    await shop.page.goto(shop.url)
    await shop.page.getByRole('button', { name: /^Pay/ }).click()
    await shop.page.getByRole('button', { name: 'Reload the page' }).waitFor()
    shop.refusals = 0
    await shop.page.getByRole('button', { name: 'Try again' }).click()
    await shop.page.getByRole('radio').first().check()
    expect(shop.complaints.splice(0).join()).toMatch(/404/)
  })

  it('offers to reload where the chunk does not come at all', async () => {
    shop.refusals = 100
    await shop.page.goto(shop.url)
    await shop.page.getByRole('button', { name: /^Pay/ }).click()
    const reload = shop.page.getByRole('button', { name: 'Reload the page' })
    await reload.waitFor()
    shop.refusals = 0
    await Promise.all([shop.page.waitForEvent('load'), reload.click()])
    await Promise.all([shop.page.waitForEvent('popup'), confirmOn(shop.page)])
    expect(shop.complaints.splice(0).join()).toMatch(/503/)
  })
})

describe('in place of the page', () => {
  beforeEach(() => {
    shop.html = `${scriptOf(shop, 'pay-button.js')}<pay-button order="A-1001" presentation="redirect"></pay-button>`
  })

  it('leads to the cashier in this tab, and waits when the payer comes back', async () => {
    await shop.page.goto(shop.url)
    await confirmOn(shop.page)
    await shop.page.waitForURL(/cashier$/)
    await shop.page.goBack()
    await shop.page.locator('pay-button[state=waiting]').waitFor()
    expect(shop.page.context().pages()).toEqual([shop.page])
  })

  it('leads the whole tab there from inside a frame', async () => {
    await shop.page.goto(`${shop.payUrl}/frame`)
    await confirmOn(shop.page.frameLocator('iframe'))
    await shop.page.waitForURL(/cashier$/)
  })

  it('leaves a link where a frame may not lead its tab', async () => {
    await shop.page.goto(`${shop.payUrl}/frame`)
    await shop.page.locator('iframe').evaluate((frame: HTMLIFrameElement) => {
      frame.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms')
      frame.src += '?sandboxed'
    })
    const shopPage = shop.page.frameLocator('iframe')
    await confirmOn(shopPage)
    await shopPage.getByRole('link', { name: 'Open in this tab' }).waitFor()
    // The browser tells of the sandbox's refusal.
    expect(shop.complaints.splice(0).join()).toMatch(/sandboxed/i)
  })
})
