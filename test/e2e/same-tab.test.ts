import { describe, expect, it } from 'vitest'
import { engine } from '../browsers/browser.js'
import type { Page } from '../browsers/page.js'
import { shopForTests } from './harness.js'
import { ONE_PRESS, pressOnce } from './payer.js'
import { expectResumed } from './told.js'

const shop = shopForTests()

const IOS =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36'

const IN_APP = {
  'LINE on iOS': `${IOS} Version/18.7 Mobile/15E148 Safari/604.1 Line/15.14.0`,
  'LINE on Android': `${ANDROID} Line/15.14.0/IAB`,
  'Facebook on iOS': `${IOS} Mobile/15E148 [FBAN/FBIOS;FBAV/530.0;FBDV/iPhone17,1]`,
  'Instagram on Android': `${ANDROID} Instagram 400.0.0.0 Android`,
  'WeChat on iOS': `${IOS} Mobile/15E148 MicroMessenger/8.0.60 NetType/WIFI Language/zh_TW`,
}

/** Press, cashier and return in the one tab there is. */
async function payInSameTab(page: Page): Promise<void> {
  await pressOnce(page)
  await page.sees({ role: 'button', name: 'Approve payment' })
  expect(await shop.tabs()).toEqual([page.tab])
  await page.click({ role: 'button', name: 'Approve payment' })
  await page.isAt(/\/orders\//)
}

async function expectPaidAndResumed(page: Page): Promise<void> {
  await expectResumed(page)
  expect(await page.evaluate(() => location.search)).not.toContain('payment=')
  expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
}

/** WebKitGTK takes no user agent that breaks HTTP's grammar, as some apps' do. */
const SAYABLE = Object.entries(IN_APP).filter(
  ([, userAgent]) => engine !== 'webkit' || !/\[|\/IAB/.test(userAgent),
)

describe('the same tab from the start', () => {
  it.each(SAYABLE)('in %s', async (_, userAgent) => {
    shop.comeAs({ userAgent })
    const page = await shop.newOrder(ONE_PRESS.tea)
    expect(await page.evaluate(() => navigator.userAgent)).toBe(userAgent)
    await payInSameTab(page)
    await expectPaidAndResumed(page)
  })

  it('in an app on the home screen of iOS', async () => {
    shop.twist = { before: () => Object.defineProperty(navigator, 'standalone', { value: true }) }
    const page = await shop.newOrder(ONE_PRESS.tea)
    await payInSameTab(page)
    await expectPaidAndResumed(page)
  })

  it('in LINE offers the phone’s own browser, which takes the payment up', async () => {
    shop.comeAs({ userAgent: IN_APP['LINE on iOS'] })
    const page = await shop.newOrder()
    await page.click({ role: 'button', name: 'Pay NT$300' })
    const link = { role: 'link', name: 'Open this page in your browser' } as const
    await page.sees(link)
    expect(await page.attribute(link, 'href')).toContain('openExternalBrowser=1')
  })
})
