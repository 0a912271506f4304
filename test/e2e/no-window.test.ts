import { describe, expect, it } from 'vitest'
import { until } from '../browsers/page.js'
import { expectPaidOnce } from './books.js'
import { shopForTests } from './harness.js'
import { answerCashier, isInState, ONE_PRESS, pressOnce, stateOf } from './payer.js'

const shop = shopForTests()

describe('window.open', () => {
  it.each([
    ['gives nothing', () => Object.assign(window, { open: () => null })],
    [
      'throws',
      () =>
        Object.assign(window, {
          open: () => {
            throw new Error('not here')
          },
        }),
    ],
  ])('that %s leaves links to the same payment', async (_, before) => {
    shop.twist = { before: before as () => void }
    const page = await shop.newOrder(ONE_PRESS.tea)
    await pressOnce(page)
    await page.sees({ role: 'link', name: 'Open in this tab' })
    const cashier = await page.opens(() => page.click({ role: 'link', name: 'Open ChingChingPay' }))
    await answerCashier(cashier, 'Approve payment')
    await expectPaidOnce(shop, page)
  })

  it('that leads the page itself away loses no payment and makes no second', async () => {
    shop.twist = {
      before: () => {
        const open = window.open
        // As some apps' browsers have it: the one view there is goes where the window should.
        window.open = (url) => {
          window.open = open
          location.assign(url || 'about:blank')
          return window
        }
      },
    }
    // A payment that was not made yet is asked for by its key.
    shop.expectComplaint(/404/)
    const page = await shop.newOrder(ONE_PRESS.tea)
    const address = await page.isAt(/\/orders\//)
    await pressOnce(page)
    await page.isAt(/^about:blank$/)
    shop.twist = {}
    await page.tab.goto(address)
    // What was asked for before the page went may have arrived or not: it is taken up, or made anew.
    await until('an order at the provider', async () => {
      if ((await stateOf(page)) === null && shop.booked().length === 0) await pressOnce(page)
      return shop.booked().length > 0
    })
    await shop.sandbox.settle(shop.booked()[0]?.tradeNo ?? '', 'approve')
    await page.tab.goto(address)
    await isInState(page, 'paid')
    expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
  })
})
