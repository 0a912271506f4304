import { describe, expect, it } from 'vitest'
import { useShop } from './harness.js'
import { answerCashier, type ChannelCode, fillIn, pressOn, toCashier } from './payer.js'
import { expectPaid, expectTold } from './told.js'

const shop = useShop()

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

    await page.getByRole('button', { name: 'Try again', exact: true }).click()
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
    await cashier.getByRole('checkbox', { name: /Send notification/ }).uncheck()
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('is made once by a double click', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    const before = shop.sandbox.calls('checkout')
    const [cashier] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: /^Continue to Vexora/ }).dblclick(),
    ])
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
    expect(shop.sandbox.calls('checkout')).toBe(before + 1)
  })
})

describe('a form', () => {
  it('says what is wrong beside each field, and goes to the first', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'NET_BANKING')
    const field = (name: string) => page.getByRole('textbox', { name, exact: true })
    await field('Mobile phone').fill('12345')
    await field('E-mail').fill('')
    await field('Account 2').fill('013')
    const before = shop.sandbox.calls('checkout')
    await pressOn(page)

    const isInvalid = (name: string) => field(name).getAttribute('aria-invalid')
    await expect.poll(() => isInvalid('Mobile phone')).toBe('true')
    expect(await isInvalid('E-mail')).toBe('true')
    expect(await isInvalid('Account 2')).toBe('true')
    expect(await isInvalid('Account 1')).not.toBe('true')
    expect(await field('Mobile phone').evaluate((input) => input.matches(':focus'))).toBe(true)
    await page.getByText('Enter a phone number such as 0912345678.').waitFor()
    await page.getByText('Please fill this in.').waitFor()
    await page.getByText('Enter bank code, dash and account number').waitFor()
    expect(shop.context.pages()).toEqual([page])
    expect(shop.sandbox.calls('checkout')).toBe(before)
  })
})
