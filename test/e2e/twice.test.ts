import { expect, it } from 'vitest'
import { expectPaidOnce } from './books.js'
import { shopForTests } from './harness.js'
import {
  answer,
  answerCashier,
  CHANNELS,
  CONTINUE,
  ONE_PRESS,
  OPEN_AGAIN,
  pressOnce,
  toCashier,
} from './payer.js'

const shop = shopForTests()

it('a payer who presses everything twice pays once', async () => {
  const page = await shop.newOrder()
  await page.click({ role: 'button', name: 'Pay NT$300' }, 2)
  await page.click({ role: 'radio', name: CHANNELS.EWALLET.name }, 2)
  await answer(page, CHANNELS.EWALLET.answers)
  const cashier = await toCashier(page, () => page.click(CONTINUE, 2))
  expect(await shop.tabs()).toEqual([page.tab, cashier.tab])
  expect(shop.booked()).toHaveLength(1)

  const again = await toCashier(page, () => page.click(OPEN_AGAIN, 2))
  await cashier.tab.close()
  await answerCashier(again, 'Approve payment')
  for (const tab of await shop.tabs()) if (tab !== page.tab) await tab.close()
  await expectPaidOnce(shop, page)
})

it('a payer who presses the one button there is twice pays once', async () => {
  const page = await shop.newOrder(ONE_PRESS.tea)
  const cashier = await toCashier(page, () => pressOnce(page, 2))
  expect(await shop.tabs()).toEqual([page.tab, cashier.tab])
  await answerCashier(cashier, 'Approve payment')
  await expectPaidOnce(shop, page)
})
