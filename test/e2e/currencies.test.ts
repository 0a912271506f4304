import { expect, it } from 'vitest'
import { useShop } from './harness.js'
import { answer, answerCashier, toCashier } from './payer.js'
import { expectPaid } from './told.js'

/** A purchase from each of the other providers; Taiwan's have their own file. */
const shop = useShop()

it('is paid in US dollars by card', async () => {
  const page = await shop.newOrder('Sun Moon Lake black tea')
  await page.getByRole('button', { name: 'Pay $12.50' }).click()
  await answer(page, { 'Mobile phone': '+91 82345-67890', 'E-mail': 'singh@example.com' })
  await page.getByText('A receipt is sent to this e-mail address.').waitFor()
  const cashier = await toCashier(page)
  expect(shop.sentToProvider()).toMatchObject({
    amount: '12.50',
    currency: 'USD',
    mobile: '918234567890',
    email: 'singh@example.com',
  })
  await answerCashier(cashier, 'Approve payment')
  await expectPaid(page)
})

it.each([
  ['Hong Kong dollars', 'Ripe Pu’er, pressed', 'Pay HK$188'],
  ['renminbi', 'West Lake green tea', 'Pay CN¥128'],
])('is paid in %s in one press, for nothing is asked', async (_, tea, label) => {
  const page = await shop.newOrder(tea)
  const cashier = await toCashier(page, () => page.getByRole('button', { name: label }).click())
  await answerCashier(cashier, 'Approve payment')
  await expectPaid(page)
})

it.each([
  ['Alfamart', 'Alfamart counter'],
  ['BNI', 'BNI virtual account'],
  ['BRI', 'BRI virtual account'],
])('is paid in rupiah with a code of %s, without a window', async (channel, place) => {
  const page = await shop.newOrder('Java jasmine tea')
  await page.getByRole('button', { name: /^Pay IDR\s85,000$/ }).click()
  await page.getByRole('radio', { name: channel }).check()
  await answer(page, { 'Full name': 'Budi Santoso', 'E-mail': 'budi@example.com' })
  await page.getByRole('button', { name: /PayCools.*IDR\s85,000/ }).click()

  const code = page.locator('pay-button p[part=code]').filter({ visible: true })
  await code.waitFor()
  await page.getByText(place).waitFor()
  await page.getByRole('timer').waitFor()
  const [order] = shop.sandbox.orders().slice(-1)
  expect((await code.textContent())?.replace(/\s/g, '')).toBe(order?.paymentCode)
  expect(shop.context.pages()).toEqual([page])

  await shop.sandbox.settle(order?.tradeNo ?? '', 'approve')
  await expectPaid(page)
})
