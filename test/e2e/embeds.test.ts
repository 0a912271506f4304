import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type Page, until } from '../browsers/page.js'
import { shopForTests } from './harness.js'
import { answerCashier, CONTINUE, isInState, PAY_BUTTON, toCashier, WAITING } from './payer.js'

const shop = shopForTests()

/** The path of what the pages with a cart ask the shop's server for. */
const PLACE_ORDER = 'POST /embeds/orders'
/** Milliseconds in which what should not happen would. */
const A_WHILE = 500

const placed = () => shop.asked().filter((asked) => asked === PLACE_ORDER).length
/** The tokens of the orders that the proxy was asked for, one for each question. */
const offers = () => shop.pay.asked.filter((asked) => asked.startsWith('GET /pay/orders/'))
const payments = () => shop.pay.asked.filter((asked) => /^(GET|POST) \/pay\/payments/.test(asked))

/** Waits until a press of the page's first button has nothing to wait for. */
async function isReady(page: Page): Promise<void> {
  await until('the offer', () =>
    page.evaluate(() => {
      const button = document.querySelector('pay-button')
      return Boolean(button && Reflect.get(button, 'offer'))
    }),
  )
}

async function isDefined(page: Page): Promise<void> {
  await until('the button', () =>
    page.evaluate(() => Boolean(document.querySelector(':defined:is(pay-button)'))),
  )
}

async function choose(page: Page, value: string): Promise<void> {
  await page.evaluate((wanted) => {
    const select = document.querySelector('select')
    const option = [...(select?.options ?? [])].find(({ text }) => text === wanted)
    if (!select || !option) throw new Error(`no ${wanted} to choose`)
    select.value = option.value
    select.dispatchEvent(new Event('change', { bubbles: true }))
  }, value)
}

/** What the page heard of its payments, and the order that they are of. */
function heard(page: Page): Promise<{ told: string[]; order: string }> {
  return page.evaluate(() => {
    const titles = [...document.querySelectorAll('#page-log strong')]
    const told = titles.map(({ textContent }) => textContent ?? '')
    const order = document.querySelector('#page-log a')?.textContent ?? ''
    return { told: told.filter((title) => !/^pay-(open|submit|close)$/.test(title)), order }
  })
}

/** The shop's server learnt it once, and so did the page by each of its buttons of that order. */
async function expectPaid(page: Page, { amount = '188', buttons = 1 } = {}): Promise<void> {
  const told = ['pay-pending', 'pay-success'].flatMap((title) => Array(buttons).fill(title))
  await expect.poll(async () => (await heard(page)).told, { timeout: 15_000 }).toEqual(told)
  const { order } = await heard(page)
  await until('the word to the shop', async () => {
    const answer = await fetch(`${shop.url}/orders/${order}?lang=en`)
    return (await answer.text()).includes('Paid. Your tea is on its way.')
  })
  await pause(A_WHILE)
  expect((await heard(page)).told).toEqual(told)
  expectBookedOnce(amount)
}

/** The provider took money once. */
function expectBookedOnce(amount: string): void {
  const booked = shop.booked().map((order) => [order.status, order.createCalls, order.amount])
  expect(booked).toEqual([['paid', 1, amount]])
}

describe('a trigger of the page', () => {
  const LINK = { role: 'button', name: 'pay for it now' } as const
  const TRIGGERS: [string, (page: Page) => Promise<void>][] = [
    ['a link', (page) => page.click(LINK, 2)],
    ['a tile', (page) => page.click({ role: 'button', name: 'Ripe Pu’er, pressed' })],
    ['a button elsewhere', (page) => page.click({ role: 'button', name: /elsewhere/ })],
    ['a shortcut', (page) => page.tab.press('Enter', 'Control')],
  ]

  /** Notes in which event a window was opened. */
  function noteOpening(): void {
    let within = ''
    for (const type of ['click', 'keydown']) {
      addEventListener(type, () => (within = type), true)
      addEventListener(type, () => (within = ''))
    }
    const open = window.open
    window.open = (...how) => {
      document.documentElement.dataset.openedIn = within
      return open.apply(window, how)
    }
  }

  it.each(TRIGGERS)('such as %s opens the window in the press itself', async (name, press) => {
    shop.twist = { before: noteOpening }
    const page = await shop.visit('/embeds/trigger?lang=en')
    await isReady(page)
    const cashier = await toCashier(page, () => press(page))
    const openedIn = await page.attribute({ selector: 'html' }, 'data-opened-in')
    expect(openedIn).toBe(name === 'a shortcut' ? 'keydown' : 'click')
    expect(offers()).toHaveLength(1)
    await isInState(page, 'waiting')
    if (press !== TRIGGERS[0]?.[1]) return

    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page, { buttons: 2 })
    expect(await page.texts({ selector: 'pay-button[state=paid]' })).toHaveLength(2)
    // The second of the two clicks has shown the dialog, where the payment was waiting by then.
    await page.evaluate(() => {
      for (const button of document.querySelectorAll('pay-button')) button.close()
    })
    await page.click(LINK)
    await pause(A_WHILE)
    expect(await shop.tabs()).toEqual([page.tab])
  })
})

describe('a cart', () => {
  it('is ordered at the press, once by a double click, for what it holds then', async () => {
    const page = await shop.visit('/embeds/cart?lang=en')
    await isDefined(page)
    await page.click(PAY_BUTTON)
    await page.sees({ role: 'button', name: 'HK$188' })
    expect(placed()).toBe(1)
    await page.click({ role: 'button', name: 'Close' })

    await choose(page, '2')
    await pause(A_WHILE)
    expect(placed()).toBe(1)
    await page.click(PAY_BUTTON, 2)
    await page.sees({ role: 'button', name: 'HK$376' })
    const cashier = await toCashier(page, () => page.click(CONTINUE, 2))
    expect(placed()).toBe(2)
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page, { amount: '376' })
    expect(placed()).toBe(2)
  })

  it('is ordered again where the token has expired meanwhile, and paid once', async () => {
    shop.twist = { tokenEndsIn: 3 }
    shop.expectComplaint(/410/)
    const page = await shop.visit('/embeds/cart?lang=en')
    await isDefined(page)
    await page.click(PAY_BUTTON)
    await page.sees(CONTINUE)
    await pause(3_200)
    const cashier = await toCashier(page)
    expect(placed()).toBe(2)
    expect(payments().filter((asked) => asked.startsWith('POST'))).toHaveLength(2)
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
  })

  it('tells the payer where the shop can not order it, and is ordered later', async () => {
    shop.expectComplaint(/503/)
    const page = await shop.visit('/embeds/cart?lang=en')
    await isDefined(page)
    await page.click({ role: 'checkbox', name: /fails/ })
    await page.click(PAY_BUTTON)
    await page.sees({ role: 'dialog', name: 'Nothing was charged.' })
    await expect.poll(() => heard(page)).toMatchObject({ told: ['pay-error'] })
    expect([offers(), payments()]).toEqual([[], []])
    await page.tab.press('Escape')
    await page.click({ role: 'checkbox', name: /fails/ })
    await page.click(PAY_BUTTON)
    await page.sees(CONTINUE)
  })
})

describe('many buttons', () => {
  it('ask for each order once, when it comes near, and are paid together', async () => {
    const page = await shop.visit('/embeds/many?lang=en')
    await until('the first offers', async () => offers().length > 0)
    await pause(A_WHILE)
    expect(offers().length).toBeLessThan(30)

    // The hundredth button of one order, below all others.
    const last = { selector: '.copies pay-button:last-of-type' }
    await page.sees(last)
    await page.evaluate(() => document.querySelector('.copies')?.lastElementChild?.scrollIntoView())
    await until(
      'its amount',
      async () => (await page.texts({ role: 'button', name: 'Pay HK$188' })).length > 99,
    )
    await page.evaluate(async () => {
      for (const line of document.querySelectorAll('.lines li')) {
        line.scrollIntoView()
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    })
    await until('all offers', async () => offers().length >= 30)
    await pause(A_WHILE)
    expect(offers()).toHaveLength(30)
    expect(new Set(offers()).size).toBe(30)
    expect(await page.texts({ selector: '#buttons' })).toEqual(['130'])
    expect(await page.texts({ selector: '#asked' })).toEqual(['30'])

    await answerCashier(await toCashier(page, () => page.click(last)), 'Approve payment')
    await until(
      'all to be paid',
      async () => (await page.texts({ selector: 'pay-button[state=paid]' })).length === 101,
    )
    expectBookedOnce('188')
  })
})

describe('a single-page app', () => {
  const BUY = { role: 'link', name: 'Buy the tea' } as const
  const READ = { role: 'link', name: 'Read about it' } as const

  it('finds the payment again that waited when its button went with the view', async () => {
    const page = await shop.visit('/embeds/spa?lang=en&view=story')
    await page.click(BUY)
    await isReady(page)
    const cashier = await toCashier(page, () => page.click(PAY_BUTTON))
    await page.click(WAITING)
    await page.sees({ role: 'button', name: 'Stop waiting' })
    await page.tab.back()
    await until(
      'the reason',
      async () => (await page.texts({ selector: '#said' }))[0] === 'removed',
    )
    expect(await page.texts(PAY_BUTTON)).toEqual([])

    const before = payments().length
    await answerCashier(cashier, 'Approve payment')
    await pause(A_WHILE)
    // The window's return page is one; no button is there to ask.
    expect(
      payments()
        .slice(before)
        .filter((asked) => !asked.endsWith('/return')),
    ).toEqual([])

    await page.click(BUY)
    await isInState(page, 'paid')
    expect((await heard(page)).told.at(-1)).toBe('pay-success')
    await page.click(READ)
    await page.click(BUY)
    await isInState(page, 'paid')
    expectBookedOnce('188')
  })

  it('sees a payment to its end wherever its button moves, then takes the next order', async () => {
    const page = await shop.visit('/embeds/spa?lang=en')
    await isReady(page)
    const cashier = await toCashier(page, () => page.click(PAY_BUTTON))
    await page.click({ role: 'button', name: 'Move the button' })
    expect(await page.texts({ selector: '.place:first-child > pay-button' })).toEqual([])
    await isInState(page, 'waiting')
    await choose(page, '2')
    await pause(A_WHILE)
    await isInState(page, 'waiting')
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page)
    await page.sees({ role: 'button', name: 'Pay HK$376' })
  })
})

describe.each(['react', 'vue'])('%s', (name) => {
  it('orders its cart at the press, once, and pays it', async () => {
    const page = await shop.visit(`/embeds/${name}?lang=en`)
    await isDefined(page)
    await choose(page, '3')
    await choose(page, '2')
    await pause(A_WHILE)
    expect([placed(), offers(), payments()]).toEqual([0, [], []])

    await page.click(PAY_BUTTON, 2)
    await page.sees({ role: 'button', name: 'HK$376' })
    const cashier = await toCashier(page, () => page.click(CONTINUE, 2))
    await isInState(page, 'waiting')
    expect(await page.attribute({ selector: 'select' }, 'disabled')).toBe('')
    await answerCashier(cashier, 'Approve payment')
    await expectPaid(page, { amount: '376' })
    await page.sees({ role: 'status', name: 'Thank you!' })
    expect([placed(), offers().length]).toEqual([1, 1])
    expect(payments().filter((asked) => asked.startsWith('POST'))).toHaveLength(1)
  })
})
