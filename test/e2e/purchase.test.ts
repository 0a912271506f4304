import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Demo } from '../../demo/dist/demo.js'
import { expectTold, newOrder, openBrowser, openShop } from './harness.js'
import { answerCashier, type ChannelCode, fillIn, pressOn, toCashier } from './payer.js'

let shop: Demo
let browser: Browser
let context: BrowserContext
/** What the browser complained of, such as a breach of the shop's policy. */
let complaints: string[]

beforeAll(async () => {
  shop = await openShop()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await shop?.close()
})

beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-US' })
  complaints = []
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
})

afterEach(async () => {
  await context.close()
  expect(complaints).toEqual([])
})

/** What the provider was sent for the last order. */
function sentToProvider(): Readonly<Record<string, string>> {
  return shop.sandbox.orders().at(-1)?.fields ?? {}
}

const PAID = { onPage: ['pay-pending', 'pay-success'], onServer: ['payment.succeeded'] }

async function expectPaid(page: Page): Promise<void> {
  await expectTold(page, PAID)
  expect(await page.getByRole('status').allTextContents()).toContain(
    'Paid. Your tea is on its way.',
  )
  expect(await page.locator('pay-button').getAttribute('state')).toBe('paid')
}

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
    const page = await newOrder(context, shop)
    await fillIn(page, channelCode)
    const cashier = await toCashier(page)
    expect(sentToProvider()).toMatchObject({ ...person, channelCode, ...asked })
    for (const field of notAsked) expect(sentToProvider()).not.toHaveProperty(field)

    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('that is refused is told as failed, and can be made again', async () => {
    const page = await newOrder(context, shop)
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

  it('outlives its window, which is opened again and paid in', async () => {
    const page = await newOrder(context, shop)
    await fillIn(page, 'STORE')
    const first = await toCashier(page)
    const link = first.url()
    await first.close()

    const [second] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: 'Open the payment page again' }).click(),
    ])
    await second.waitForURL(link)
    await answerCashier(second, 'Approve payment')
    await expectPaid(page)
  })

  it('outlives a reload while it waits', async () => {
    const page = await newOrder(context, shop)
    await fillIn(page, 'EWALLET')
    const cashier = await toCashier(page)
    await page.reload()
    await expect.poll(() => page.locator('pay-button').getAttribute('state')).toBe('waiting')
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('is learnt without a notification too', async () => {
    const page = await newOrder(context, shop)
    await fillIn(page, 'EWALLET')
    const cashier = await toCashier(page)
    await cashier.getByRole('checkbox', { name: /Send notification/ }).uncheck()
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('is made once by a double click', async () => {
    const page = await newOrder(context, shop)
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

describe('a blocked window', () => {
  it('leaves a link to press, which opens the same payment', async () => {
    const page = await newOrder(context, shop)
    await fillIn(page, 'EWALLET')
    const stolen = page.waitForEvent('popup')
    await page.evaluate(() => {
      // A click opens one window: whoever is first leaves none for the others.
      document.addEventListener('click', () => window.open('about:blank'), {
        capture: true,
        once: true,
      })
    })
    await pressOn(page)
    await (await stolen).close()
    expect(context.pages()).toEqual([page])

    const [cashier] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Open Vexora' }).click(),
    ])
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('is real: this browser refuses what is opened late, and opens what is asked for in a click', async () => {
    const page = await newOrder(context, shop)
    /** Whether a window opens that long after a click, in milliseconds. */
    const opensAfter = async (delay: number) => {
      const opened = page.evaluate(
        (wait) =>
          new Promise<boolean>((resolve) => {
            const open = () => resolve(window.open('about:blank') !== null)
            addEventListener('click', () => (wait > 0 ? setTimeout(open, wait) : open()), {
              once: true,
            })
          }),
        delay,
      )
      await page.getByRole('heading', { level: 1 }).click()
      return opened
    }
    expect(await opensAfter(0)).toBe(true)
    expect(await opensAfter(5_500)).toBe(false)
  })
})

describe('a form', () => {
  it('says what is wrong beside each field, and goes to the first', async () => {
    const page = await newOrder(context, shop)
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
    expect(context.pages()).toEqual([page])
    expect(shop.sandbox.calls('checkout')).toBe(before)
  })
})
