import { describe, expect, it } from 'vitest'
import { exactly } from '../browsers/find.js'
import { shopForTests } from './harness.js'
import {
  accountNumber,
  answerCashier,
  type ChannelCode,
  CONTINUE,
  fillIn,
  pressOn,
  toCashier,
} from './payer.js'
import { expectPaid, expectTold } from './told.js'

const shop = shopForTests()

const person = {
  firstname: '小明',
  lastname: '王',
  mobile: '0912345678',
  email: 'wang@example.com',
  amount: '300',
}

describe('a purchase', () => {
  it.each<[ChannelCode, Record<string, string>, string[]]>([
    [
      'NET_BANKING',
      { wayCode: 'BANK_TRANSFER', bankNumber: '808-0358988888888,013-0458988888888' },
      ['postcode', 'address'],
    ],
    ['STORE', { wayCode: '711', postcode: '110', address: '台北市信義路五段7號' }, ['bankNumber']],
    ['EWALLET', { wayCode: 'SANDBOX_WALLET' }, ['bankNumber', 'postcode', 'address']],
  ])('by %s is told to the page and to the shop once', async (channelCode, asked, notAsked) => {
    const page = await shop.newOrder()
    await fillIn(page, channelCode)
    const cashier = await toCashier(page)
    expect(shop.sentToProvider()).toMatchObject({ ...person, channelCode, ...asked })
    for (const field of notAsked) expect(shop.sentToProvider()).not.toHaveProperty(field)

    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('that is refused is told as failed, and can be made again', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    await answerCashier(await toCashier(page), 'Refuse payment')
    await expectTold(page, {
      onPage: ['pay-pending', 'pay-failure'],
      onServer: ['payment.failed'],
    })

    await page.click({ role: 'button', name: /^(Try again|Pay another way)$/ })
    await answerCashier(await toCashier(page), 'Approve payment')
    await expectTold(page, {
      onPage: ['pay-pending', 'pay-failure', 'pay-pending', 'pay-success'],
      onServer: ['payment.failed', 'payment.succeeded'],
    })
  })

  it('is learnt without a notification too', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    const cashier = await toCashier(page)
    await cashier.click({ role: 'checkbox', name: /Send notification/ })
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('is made once by a double click', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    const before = shop.sandbox.calls('checkout')
    const cashier = await toCashier(page, () => page.click(CONTINUE, 2))
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
    expect(shop.sandbox.calls('checkout')).toBe(before + 1)
  })
})

describe('a form', () => {
  it('says what is wrong beside each field, and goes to the first', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'NET_BANKING')
    const field = (name: string) => ({ role: 'textbox', name: exactly(name) }) as const
    await page.fill(field('Mobile phone'), '12345')
    await page.fill(field('E-mail'), '')
    await page.fill(accountNumber(2), '013')
    const before = shop.sandbox.calls('checkout')
    await pressOn(page)

    const isInvalid = (name: string) => page.attribute(field(name), 'aria-invalid')
    await expect.poll(() => isInvalid('Mobile phone')).toBe('true')
    expect(await isInvalid('E-mail')).toBe('true')
    expect(await page.attribute(accountNumber(2), 'aria-invalid')).toBe('true')
    expect(await page.attribute(accountNumber(1), 'aria-invalid')).toBe(null)
    expect(await page.attribute({ selector: 'input:focus' }, 'name')).toBe('mobile')
    await page.sees({ name: 'Enter a phone number such as 0912345678.' })
    await page.sees({ name: 'Please fill this in.' })
    await page.sees({ name: 'Enter the account number: 6 to 16 digits' })
    expect(await shop.tabs()).toEqual([page.tab])
    expect(shop.sandbox.calls('checkout')).toBe(before)
  })
})
