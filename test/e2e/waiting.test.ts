import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { engine } from '../browsers/browser.js'
import { until } from '../browsers/page.js'
import { expectPaidOnce } from './books.js'
import { shopForTests } from './harness.js'
import {
  answer,
  answerCashier,
  fillIn,
  isInState,
  ONE_PRESS,
  OPEN_AGAIN,
  payInOnePress,
  pressOnce,
  toCashier,
  WAITING,
} from './payer.js'
import { expectTold } from './told.js'

const shop = shopForTests()
const settleLast = () => shop.sandbox.settle(shop.booked().at(-1)?.tradeNo ?? '', 'approve')

/** What a browser says in the console of a connection that broke. */
const BROKEN =
  /Failed to load|ERR_|Cross-Origin Request Blocked|access control checks|NetworkError|Importing a module|Loading failed/

/** Has the cashier take the page's place, as on a phone; notes whether it was kept for a return. */
const sameTab = () => {
  document.addEventListener('DOMContentLoaded', () =>
    document.querySelector('pay-button')?.setAttribute('presentation', 'redirect'),
  )
  addEventListener('pageshow', ({ persisted }) => {
    sessionStorage.setItem('persisted', String(persisted))
  })
}

describe('a page that waits', () => {
  it.each([
    ['as it was left', 'no-cache'],
    ['anew', 'no-store'],
  ])(
    'that the back button brings back %s is not stuck, and pays the same payment',
    async (_, caching) => {
      shop.twist = { before: sameTab, headers: { 'cache-control': caching } }
      const page = await shop.newOrder(ONE_PRESS.tea)
      await pressOnce(page)
      await page.sees({ role: 'button', name: 'Approve payment' })
      await page.tab.back()
      await page.isAt(/\/orders\//)
      if (caching === 'no-cache' && engine !== 'firefox') {
        // Firefox keeps no page that has a connection open, as the shop's has for its news.
        expect(await page.evaluate(() => sessionStorage.getItem('persisted'))).toBe('true')
      }
      await page.click(WAITING)
      await page.click(OPEN_AGAIN)
      await page.click({ role: 'button', name: 'Approve payment' })
      await page.isAt(/\/orders\//)
      await isInState(page, 'paid')
      expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
    },
  )

  it.runIf(engine === 'chromium')(
    'frozen by the browser, and thawed, learns what it missed',
    async () => {
      // Only Chromium's protocol freezes a page; the others have no such command.
      const page = await shop.newOrder(ONE_PRESS.tea)
      const cashier = await payInOnePress(page)
      await page.tab.setFrozen?.(true)
      await answerCashier(cashier, 'Approve payment')
      await page.tab.setFrozen?.(false)
      await page.tab.show()
      await expectPaidOnce(shop, page)
    },
  )

  it.runIf(engine === 'chromium')('offline, and online again, learns what it missed', async () => {
    // WebKitGTK's protocol can't cut the network; Firefox's leaves open what is under way.
    shop.expectComplaint(BROKEN)
    const page = await shop.newOrder(ONE_PRESS.tea)
    const cashier = await payInOnePress(page)
    await page.tab.setOffline?.(true)
    expect(await page.evaluate(() => navigator.onLine)).toBe(false)
    await settleLast()
    await cashier.tab.close()
    await pause(1_000)
    await page.tab.setOffline?.(false)
    await isInState(page, 'paid')
    expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
  })

  it('outlives the proxy, which goes and comes back', async () => {
    shop.expectComplaint(BROKEN)
    const page = await shop.newOrder(ONE_PRESS.tea)
    const cashier = await payInOnePress(page)
    await shop.proxy.stop()
    await pause(3_000)
    await isInState(page, 'waiting')
    expect(await page.texts({ role: 'button', name: 'Try again' })).toEqual([])
    await shop.proxy.start()
    await answerCashier(cashier, 'Approve payment')
    await isInState(page, 'paid')
    expect(shop.booked().map(({ status }) => status)).toEqual(['paid'])
  })

  it('counts down by the clock, though its timers slept for ten minutes', async () => {
    shop.twist = {
      before: () => {
        let slept = 0
        const now = Date.now.bind(Date)
        Date.now = () => now() + slept
        Object.assign(window, {
          sleep: (ms: number) => {
            slept += ms
            document.dispatchEvent(new Event('visibilitychange'))
          },
        })
      },
    }
    const page = await shop.newOrder('Java jasmine tea')
    await page.click({ role: 'button', name: /^Pay IDR\s85,000/ })
    await page.click({ role: 'radio', name: 'BNI' })
    await answer(page, { 'Full name': 'Budi Santoso', 'E-mail': 'budi@example.com' })
    await page.click({ role: 'button', name: /PayCools.*IDR\s85,000/ })
    await page.sees({ role: 'timer' })
    const left = async () => {
      const [text = ''] = await page.texts({ role: 'timer' })
      const clock = /(?:(\d+) days? )?(?:(\d\d):)?(\d\d):(\d\d)/.exec(text)
      if (!clock) throw new Error(`no time in ${text}`)
      const [days = 0, hours = 0, minutes = 0, seconds = 0] = clock
        .slice(1)
        .map((part) => Number(part ?? 0))
      return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    }
    const before = await left()
    await page.evaluate(() => (Reflect.get(window, 'sleep') as (ms: number) => void)(600_000))
    await until('the clock to have moved on', async () => before - (await left()) >= 600)
    expect(before - (await left())).toBeLessThan(660)
    await settleLast()
    await expectTold(page, {
      onPage: ['pay-pending', 'pay-success'],
      onServer: ['payment.succeeded'],
    })
  })
})

describe('on to the phone', () => {
  const PHONE = { role: 'button', name: 'Pay on your phone instead' } as const

  it('goes a payment by a picture of its link, drawn under the strictest policy', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    const cashier = await payInOnePress(page)
    await page.click(WAITING)
    await page.click(PHONE)
    await page.sees({ selector: 'svg[role=img][aria-label]', name: '' })
    await answerCashier(cashier, 'Approve payment')
    await expectPaidOnce(shop, page)
  })

  it('goes none whose payer must keep one address', async () => {
    const page = await shop.newOrder()
    await fillIn(page, 'EWALLET')
    await toCashier(page)
    await page.sees(OPEN_AGAIN)
    expect(await page.texts(PHONE)).toEqual([])
  })
})

describe('a button', () => {
  it('removed while it waits, and added again, carries on', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    const cashier = await payInOnePress(page)
    await page.evaluate(() => {
      const button = document.querySelector('pay-button')
      Object.assign(window, { button, place: button?.parentElement })
      button?.remove()
    })
    await answerCashier(cashier, 'Approve payment')
    await page.evaluate(() => {
      const { button, place } = window as unknown as Record<'button' | 'place', Element>
      place.append(button)
    })
    await expectPaidOnce(shop, page)
  })

  it('whose order changes while it waits sees the old payment to its end first', async () => {
    const page = await shop.newOrder(ONE_PRESS.tea)
    const cashier = await payInOnePress(page)
    const other = await shop.visit(await shop.orderAddress())
    const order = await other.attribute({ selector: 'pay-button' }, 'order')
    await other.tab.close()
    await page.tab.show()
    await page.evaluate(
      (token) => document.querySelector('pay-button')?.setAttribute('order', token ?? ''),
      order,
    )
    await isInState(page, 'waiting')
    await answerCashier(cashier, 'Approve payment')
    await expectTold(page, {
      onPage: ['pay-pending', 'pay-success'],
      onServer: ['payment.succeeded'],
    })
    await page.sees({ role: 'button', name: 'Pay NT$300' })
  })

  it('whose order token is over says that the page is out of date, and takes no money', async () => {
    shop.expectComplaint(/410/)
    shop.twist = { tokenEndsIn: 4 }
    const page = await shop.newOrder(ONE_PRESS.tea)
    await pause(4_500)
    await page.click({ role: 'button', name: /^Pay/ })
    await page.sees({ name: 'This page is out of date.' })
    expect(shop.booked()).toEqual([])
  })

  it('whose checkout fails to load once loads it again, and pays', async () => {
    shop.expectComplaint(BROKEN)
    let broken = 0
    shop.pay.breaks = (path) => /checkout.*\.js/.test(path) && broken++ < 1
    const page = await shop.newOrder(ONE_PRESS.tea)
    await answerCashier(await payInOnePress(page), 'Approve payment')
    await expectPaidOnce(shop, page)
    expect(broken).toBeGreaterThan(1)
  })

  it('whose checkout can’t be loaded says so, and offers to try again', async () => {
    shop.expectComplaint(BROKEN)
    shop.pay.breaks = (path) => /checkout.*\.js/.test(path)
    const page = await shop.newOrder(ONE_PRESS.tea)
    await page.click({ role: 'button', name: /^Pay/ })
    await page.sees({ role: 'button', name: 'Try again' })
    expect(shop.booked()).toEqual([])
  })

  it('whose form of bank accounts can’t be loaded offers to try again, and has it', async () => {
    shop.expectComplaint(BROKEN)
    shop.pay.breaks = (path) => /bank-accounts.*\.js/.test(path)
    const page = await shop.newOrder('Alishan high mountain oolong')
    await page.click({ role: 'button', name: /^Pay/ })
    await page.click({ role: 'radio', name: /^Bank transfer/ })
    await page.sees({ role: 'button', name: 'Try again' })
    shop.pay.breaks = () => false
    await page.click({ role: 'button', name: 'Try again' })
    await page.sees({ role: 'button', name: 'Add another account' })
  })
})
