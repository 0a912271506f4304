import { describe, expect, it } from 'vitest'
import { LATE_MS } from '../browsers/browser.js'
import { exactly } from '../browsers/find.js'
import { shopForTests } from './harness.js'
import { answerCashier, fillIn, isInState, ONE_PRESS, toCashier } from './payer.js'
import { expectPaid } from './told.js'

const shop = shopForTests()

describe('a payment', () => {
  it('outlives its window, which is opened again and paid in', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'STORE')
    const first = await toCashier(page)
    const link = await first.isAt(/\/cashier/)
    await first.tab.close()
    // What stands there moves when the page notices.
    await page.sees({ name: 'Not paid yet?' })

    const second = await page.opens(() =>
      page.click({ role: 'button', name: 'Open the payment page again' }),
    )
    await second.isAt(exactly(link))
    await answerCashier(second, 'Approve payment')
    await expectPaid(page)
  })

  it('outlives a reload while it waits', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    const cashier = await toCashier(page)
    await page.tab.reload()
    await isInState(page, 'waiting')
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })
})

describe('a blocked window', () => {
  it('leaves a link to press, which opens the same payment', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    await page.sees({ role: 'button', name: ONE_PRESS.label })
    await page.evaluate((late) => {
      const open = () =>
        document.querySelector<HTMLElement & { open(): void }>('pay-button')?.open()
      addEventListener('click', () => setTimeout(open, late), { once: true })
    }, LATE_MS)
    await page.click({ role: 'heading', name: ONE_PRESS.tea })

    const cashier = await page.opens(() => page.click({ role: 'link', name: 'Open ChingChingPay' }))
    expect(await shop.tabs()).toEqual([page.tab, cashier.tab])
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('is real: this browser refuses what is opened late, and opens what is asked for in a click', async () => {
    const page = await shop.newOrder()
    /** Whether a window opens that long after a click, in milliseconds. */
    const opensAfter = async (delay: number) => {
      await page.evaluate((wait) => {
        const opened = new Promise<boolean>((resolve) => {
          const open = () => resolve(window.open('about:blank') !== null)
          const start = () => (wait > 0 ? setTimeout(open, wait) : open())
          addEventListener('click', start, { once: true })
        })
        Object.assign(window, { opened })
      }, delay)
      await page.click({ role: 'heading', name: 'oolong' })
      return page.evaluate(() => Reflect.get(window, 'opened') as Promise<boolean>)
    }
    expect(await opensAfter(0)).toBe(true)
    expect(await opensAfter(LATE_MS)).toBe(false)
  })
})
