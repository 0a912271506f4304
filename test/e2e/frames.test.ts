import { describe, expect, it } from 'vitest'
import { engine } from '../browsers/browser.js'
import { shopForTests } from './harness.js'
import {
  answerCashier,
  isInState,
  ONE_PRESS,
  payInOnePress,
  pressOnce,
  pressThrough,
  toCashier,
} from './payer.js'
import { expectPaid } from './told.js'

const shop = shopForTests()

/** What engines say of a sandbox that holds. */
const SANDBOXED = /sandbox|allow-popups|allow-top-navigation|Unsafe attempt/i

/** The order's page in a frame of a page of this origin. */
async function framed(origin: string, sandbox?: string) {
  shop.twist = { framed: true }
  const of = await shop.orderAddress(ONE_PRESS.tea)
  const around = new URL('/around', origin)
  around.searchParams.set('of', of)
  if (sandbox !== undefined) around.searchParams.set('sandbox', sandbox)
  return (await shop.visit(around.href)).frame
}

describe('a shop in a frame', () => {
  it('of another site is paid in a window', async () => {
    const page = await framed(shop.foreignUrl)
    const cashier = await toCashier(page, () => pressThrough(page))
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('with a sandbox whose windows escape it is paid in a window', async () => {
    const escaping = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox'
    const page = await framed(shop.url, escaping)
    const cashier = await payInOnePress(page)
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('with a sandbox that holds its windows too is paid in one, by a link where need be', async () => {
    shop.expectComplaint(SANDBOXED)
    const page = await framed(shop.url, 'allow-scripts allow-same-origin allow-popups')
    const opened = await page.opens(() => pressOnce(page))
    if (engine === 'chromium') {
      // Only here a frame can neither lead nor close a window whose opener is cut.
      const link = { role: 'link', name: 'Open ChingChingPay' } as const
      const cashier = await page.opens(() => page.click(link))
      await cashier.sees({ role: 'button', name: 'Approve payment' })
      await opened.sees({ name: 'You can close the payment window.' })
      await page.tab.show()
    } else {
      await opened.sees({ role: 'button', name: 'Approve payment' })
    }
    // The cashier's form may be forbidden in there; the money comes all the same.
    await shop.sandbox.settle(shop.booked()[0]?.tradeNo ?? '', 'approve')
    await expectPaid(page)
  })

  it('that may open nothing says so, leaves links, and learns of money all the same', async () => {
    shop.expectComplaint(SANDBOXED)
    const page = await framed(shop.url, 'allow-scripts allow-same-origin')
    await pressOnce(page)
    await page.sees({ role: 'link', name: 'Open ChingChingPay' })
    await isInState(page, 'waiting')
    expect(await shop.tabs()).toHaveLength(1)
    await shop.sandbox.settle(shop.booked()[0]?.tradeNo ?? '', 'approve')
    await expectPaid(page)
  })

  it('without an origin explains itself, and opens in a tab where it is paid', async () => {
    // The shop's own scripts may read nothing from there either.
    shop.expectComplaint(/CORS|Cross-Origin|EventSource|Failed to load|access control/i)
    const page = await framed(shop.url, 'allow-scripts allow-popups allow-popups-to-escape-sandbox')
    await page.click({ role: 'button', name: /^Pay/ })
    await page.sees({ name: 'This part of the page can’t take payments.' })
    const own = await page.opens(() =>
      page.click({ role: 'link', name: 'Open it in a tab of its own' }),
    )
    await own.isAt(/\/orders\//)
    await answerCashier(await payInOnePress(own), 'Approve payment')
    await expectPaid(own)
    expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
  })
})
