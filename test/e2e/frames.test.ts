import { describe, expect, it } from 'vitest'
import { until } from '../browsers/page.js'
import { shopForTests } from './harness.js'
import { answerCashier, isInState, ONE_PRESS, pressOnce, pressThrough, toCashier } from './payer.js'
import { expectPaid } from './told.js'

const shop = shopForTests()

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

  it.each([
    'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms',
  ])('with sandbox="%s" is paid in a window', async (sandbox) => {
    const page = await framed(shop.url, sandbox)
    await pressOnce(page)
    // A window that can't be steered is closed again, and a link opens one that needs no steering.
    const blocked = { role: 'link', name: 'Open ChingChingPay' } as const
    await until('a cashier or a link', async () => {
      if ((await page.texts(blocked)).length > 0) await page.click(blocked)
      const tabs = await shop.tabs()
      const addresses = await Promise.all(tabs.map((tab) => tab.evaluate('location.href')))
      return addresses.some((address) => /\/chingchingpay\//.test(String(address)))
    })
    await until('no window left blank', async () => (await shop.tabs()).length === 2)
    // The cashier's own form may be forbidden in there; the money comes all the same.
    await shop.sandbox.settle(shop.booked()[0]?.tradeNo ?? '', 'approve')
    await expectPaid(page)
  })

  it('that may open nothing says so, leaves links, and learns of money all the same', async () => {
    shop.expectComplaint(/sandbox|allow-popups|allow-top-navigation|Unsafe attempt/i)
    const page = await framed(shop.url, 'allow-scripts allow-same-origin')
    await pressOnce(page)
    await page.sees({ role: 'link', name: 'Open ChingChingPay' })
    await isInState(page, 'waiting')
    expect(await shop.tabs()).toHaveLength(1)
    await shop.sandbox.settle(shop.booked()[0]?.tradeNo ?? '', 'approve')
    await expectPaid(page)
  })
})
