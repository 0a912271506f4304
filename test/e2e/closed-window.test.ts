import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { expectPaidOnce } from './books.js'
import { shopForTests } from './harness.js'
import {
  answerCashier,
  fillIn,
  isInState,
  ONE_PRESS,
  OPEN_AGAIN,
  payInOnePress,
  pressOn,
  pressOnce,
  WAITING,
} from './payer.js'
import { expectPaid, expectTold } from './told.js'

const shop = shopForTests()
/** Long enough to close a window by hand. Milliseconds. */
const SLOW = { endpoint: 'link', kind: 'delay', ms: 3_000 } as const

const lastOrder = () => shop.booked().at(-1)?.tradeNo ?? ''

describe('a window closed', () => {
  it('before the order existed leaves a way to the same payment', async () => {
    shop.sandbox.fault(SLOW)
    const page = await shop.newOrder(ONE_PRESS.tea)
    const blank = await page.opens(() => pressOnce(page))
    await blank.sees({ name: 'Preparing your payment' })
    await blank.tab.close()

    const cashier = await page.opens(() => page.click({ role: 'link', name: 'Open ChingChingPay' }))
    await answerCashier(cashier, 'Approve payment')
    await expectPaidOnce(shop, page)
  })

  it('after paying there is learnt without it', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    const cashier = await payInOnePress(page)
    await cashier.tab.close()
    await shop.sandbox.settle(lastOrder(), 'approve')
    await expectPaidOnce(shop, page)
  })

  it('without paying leaves three choices: another way …', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    await (await payInOnePress(page)).tab.close()
    const first = lastOrder()
    await page.click(WAITING)
    await page.sees(OPEN_AGAIN)
    await page.sees({ role: 'button', name: 'Stop waiting' })
    await page.click({ role: 'button', name: 'Pay another way' })
    await page.sees({ role: 'button', name: /^Continue to / })

    // What was begun can still be paid, and then counts.
    await shop.sandbox.settle(first, 'approve')
    await isInState(page, 'paid')
    expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
  })

  it('… and to stop, after which nothing waits and a press begins anew', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    await (await payInOnePress(page)).tab.close()
    await page.click(WAITING)
    await page.click({ role: 'button', name: 'Stop waiting' })
    await isInState(page, null)
    // Sooner it would look as if the window had taken the page's place.
    await pause(1_000)
    await page.tab.reload()
    await isInState(page, null)
    await answerCashier(await payInOnePress(page), 'Approve payment')
    await expectPaid(page)
  })
})

describe('a window', () => {
  it('in which nothing came of it is closed, and the page says so', async () => {
    shop.sandbox.fault({ endpoint: 'checkout', kind: 'code', code: '1004' })
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    // Long enough for the blank window to be seen.
    await page.evaluate(() =>
      addEventListener('pay-submit', ({ detail }) => {
        detail.waitUntil(new Promise((resolve) => setTimeout(resolve, 2_000)))
      }),
    )
    const blank = await page.opens(() => pressOn(page))
    await blank.closes()
    await isInState(page, 'failed')
    await expectTold(page, { onPage: ['pay-failure'], onServer: ['payment.failed'] })
    await page.sees({ role: 'button', name: /^(Try again|Pay another way)$/ })
  })

  it('left open after the money came neither hides nor changes that', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    const cashier = await payInOnePress(page)
    await shop.sandbox.settle(lastOrder(), 'approve')
    await expectPaidOnce(shop, page)
    expect(await cashier.isOpen()).toBe(true)
    await page.tab.reload()
    await isInState(page, 'paid')
  })

  it('of the same order in a second tab is paid once: both learn', async () => {
    const first = await shop.newOrder(ONE_PRESS.tea)
    const second = await shop.visit(await first.isAt(/\/orders\//))
    await answerCashier(await payInOnePress(second), 'Approve payment')
    await expectPaidOnce(shop, second)

    await first.tab.show()
    await isInState(first, 'paid')
    expect(shop.booked()).toHaveLength(1)
    expect(await shop.tabs()).toEqual([first.tab, second.tab])
  })
})
