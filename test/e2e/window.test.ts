import { describe, expect, it } from 'vitest'
import { useShop } from './harness.js'
import { answerCashier, fillIn, pressOn, toCashier } from './payer.js'
import { expectPaid } from './told.js'

const shop = useShop()

describe('a payment', () => {
  it('outlives its window, which is opened again and paid in', async () => {
    const page = await shop.newOrder()
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
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    const cashier = await toCashier(page)
    await page.reload()
    await expect.poll(() => page.locator('pay-button').getAttribute('state')).toBe('waiting')
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })
})

describe('a blocked window', () => {
  it('leaves a link to press, which opens the same payment', async () => {
    const page = await shop.newOrder()
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
    expect(shop.context.pages()).toEqual([page])

    const [cashier] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('link', { name: 'Open Vexora' }).click(),
    ])
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('is real: this browser refuses what is opened late, and opens what is asked for in a click', async () => {
    const page = await shop.newOrder()
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
