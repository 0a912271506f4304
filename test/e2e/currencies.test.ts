import { expect, it } from 'vitest'
import { shopForTests } from './harness.js'
import { answer, answerCashier, toCashier } from './payer.js'
import { expectPaid } from './told.js'

/** A purchase from each of the other providers; Taiwan's have their own file. */
const shop = shopForTests()

it('is paid in US dollars by card', async () => {
  const page = await shop.newOrder('Sun Moon Lake black tea')
  await page.click({ role: 'button', name: 'Pay $12.50' })
  await answer(page, { 'Mobile phone': '+91 82345-67890', 'E-mail': 'singh@example.com' })
  await page.sees({ name: 'A receipt is sent to this e-mail address.' })
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
])('is paid in %s in one press, for nothing is asked', async (_, tea, name) => {
  const page = await shop.newOrder(tea)
  const cashier = await toCashier(page, () => page.click({ role: 'button', name }))
  await answerCashier(cashier, 'Approve payment')
  await expectPaid(page)
})

it.each([
  ['Alfamart', 'Alfamart counter'],
  ['BNI', 'BNI virtual account'],
  ['BRI', 'BRI virtual account'],
])('is paid in rupiah with a code of %s, without a window', async (channel, place) => {
  const page = await shop.newOrder('Java jasmine tea')
  await page.click({ role: 'button', name: /^Pay IDR\s85,000/ })
  await page.click({ role: 'radio', name: channel })
  await answer(page, { 'Full name': 'Budi Santoso', 'E-mail': 'budi@example.com' })
  await page.click({ role: 'button', name: /PayCools.*IDR\s85,000/ })

  await page.sees({ name: place })
  await page.sees({ role: 'timer' })
  const [code = ''] = await page.texts({ selector: 'p[part=code]' })
  const [order] = shop.sandbox.orders().slice(-1)
  expect(code.replace(/\s/g, '')).toBe(order?.paymentCode)
  expect(await shop.tabs()).toEqual([page.tab])

  await shop.sandbox.settle(order?.tradeNo ?? '', 'approve')
  await expectPaid(page)
})
