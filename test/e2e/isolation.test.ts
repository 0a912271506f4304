import { expect, it } from 'vitest'
import { shopForTests } from './harness.js'
import { answerCashier, isInState, ONE_PRESS, OPEN_AGAIN, payInOnePress, WAITING } from './payer.js'
import { expectPaid } from './told.js'

const shop = shopForTests()

const COOP = 'cross-origin-opener-policy'

/** With these a window that stands open reads as closed: that must end or promise nothing. */
it.each([
  ['same-origin', 'same-origin'],
  ['same-origin', 'same-origin-allow-popups'],
  ['same-origin-allow-popups', 'same-origin'],
  ['same-origin-allow-popups', 'same-origin-allow-popups'],
  ['same-origin', 'unsafe-none'],
  ['unsafe-none', 'same-origin'],
])('a shop with COOP %s is paid at a cashier with COOP %s', async (ofShop, ofCashier) => {
  shop.twist = { headers: { [COOP]: ofShop } }
  shop.cashier.headers = { [COOP]: ofCashier }
  const page = await shop.newOrder(ONE_PRESS.tea)
  const cashier = await payInOnePress(page)
  await isInState(page, 'waiting')
  expect(await cashier.isOpen()).toBe(true)

  await page.click(WAITING)
  await page.sees(OPEN_AGAIN)
  await page.sees({ role: 'button', name: 'Stop waiting' })
  await answerCashier(cashier, 'Approve payment')
  await expectPaid(page)
  expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
})
