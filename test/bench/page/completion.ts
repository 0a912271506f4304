import type { Browser, Page } from 'puppeteer-core'
import type { Experiment, Measure } from '../harness/figure.js'
import { quantile } from '../harness/statistics.js'
import { openBrowser, withPage } from './browser.js'
import { page } from './page.js'
import { openPlace, type Place } from './place.js'
import { requestsOf } from './requests.js'

/** Payments of one run; enough for its slowest hundredth to be one of them. */
const PAYMENTS = { usual: 100, quick: 10 }
/** Payments that a page polls for at once. */
const POLLED = { usual: 40, quick: 10 }
const POLL_MS = 2_000

/** In full, so that nothing is asked: a code is all that the payer needs. */
const PAYER = { fullName: 'Budi Santoso', email: 'budi@example.com' }
const PRICE = { value: '85000', currency: 'IDR' }
const CHANNEL = 'paycools:ALFAMART_VA'

export const completionInPage: Experiment = {
  name: 'page/completion',
  rounds: 3,
  figures: {
    median: {
      name: 'notification to pay-success in the page, median',
      unit: 'ms',
      better: 'lower',
      goal: { value: 50 },
    },
    p99: { name: 'notification to pay-success in the page, p99', unit: 'ms', better: 'lower' },
    requests: { name: 'requests of the page for each payment', unit: 'count', better: 'lower' },
    calls: { name: 'provider calls for each payment of a page', unit: 'count', better: 'lower' },
  },
  async open(machine) {
    const [browser, place] = await Promise.all([openBrowser(machine), openPlace(machine)])
    const size = machine.isQuick ? 'quick' : 'usual'
    place.put('/pay', page(`${place.payUrl}/pay-button.js`, ''))
    place.put('/poll.js', '')
    place.put('/poll', page('/poll.js', ''))
    return {
      ours: () => payInPage(browser, place, PAYMENTS[size]),
      peers: [
        {
          name: 'page that polls every 2 s',
          measure: () => pollInPage(browser, place, POLLED[size]),
        },
      ],
    }
  },
}

/** One payment after the other, each by the button from its offer to its success. */
async function payInPage(browser: Browser, place: Place, payments: number) {
  return withPage(browser, 1, async (tab) => {
    const requests = await requestsOf(tab, place.payUrl)
    await tab.goto(`${place.shopUrl}/pay`)
    await tab.evaluate(() => customElements.whenDefined('pay-button').then(() => undefined))
    await payOnce(tab, place)
    requests.count = 0
    const callsBefore = place.sandbox.calls('code')
    const times: number[] = []
    for (let payment = 0; payment < payments; payment += 1) times.push(await payOnce(tab, place))
    return {
      ...spreadOf(times),
      requests: requests.count / payments,
      calls: (place.sandbox.calls('code') - callsBefore) / payments,
    }
  })
}

/** @returns milliseconds from the notification at the proxy's door to the event in the page. */
async function payOnce(tab: Page, place: Place): Promise<number> {
  const order = await place.order(PRICE, PAYER)
  await tab.evaluate(openCode, order, CHANNEL)
  const code = place.sandbox.orders().at(-1)
  await place.sandbox.settle(code?.tradeNo ?? '', 'approve')
  const paidAt = await tab.evaluate(() => window.paidAt)
  return paidAt - place.gate.notifiedAt
}

declare global {
  interface Window {
    paidAt: Promise<number>
  }
}

/** Puts a button for the order on the page and pays up to the code that it then waits for. */
async function openCode(order: string, channel: string): Promise<void> {
  document.querySelector('pay-button')?.remove()
  const button = document.createElement('pay-button')
  button.setAttribute('order', order)
  button.setAttribute('channel', channel)
  document.body.append(button)
  const until = (look: () => unknown) =>
    new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        if (!look()) return
        clearInterval(timer)
        resolve()
      }, 2)
    })
  await until(() => Reflect.get(button, 'offer'))
  window.paidAt = new Promise((resolve) => {
    button.addEventListener('pay-success', () =>
      resolve(performance.timeOrigin + performance.now()),
    )
  })
  Reflect.get(button, 'open').call(button)
  const submit = () => button.shadowRoot?.querySelector<HTMLElement>('[part=submit]')
  await until(submit)
  submit()?.click()
  await until(() => button.getAttribute('state') === 'waiting')
  // The wait is sent on its way, and parked.
  await new Promise((resolve) => setTimeout(resolve, 25))
}

/** Several payments at once, each polled from a moment of its own on, as pages do. */
async function pollInPage(browser: Browser, place: Place, payments: number) {
  return withPage(browser, 1, async (tab) => {
    await tab.goto(`${place.shopUrl}/poll`)
    const times: Promise<number>[] = []
    for (let payment = 0; payment < payments; payment += 1) {
      const order = await place.order(PRICE, PAYER)
      const id = await tab.evaluate(createByHand, place.payUrl, order, CHANNEL, PRICE)
      const { tradeNo = '' } = place.sandbox.orders().at(-1) ?? {}
      times.push(pollOnce(tab, place, id, tradeNo))
    }
    return spreadOf(await Promise.all(times))
  })
}

async function pollOnce(tab: Page, place: Place, id: string, tradeNo: string): Promise<number> {
  const paidAt = tab.evaluate(poll, `${place.payUrl}/payments/${id}`, POLL_MS)
  await new Promise((resolve) => setTimeout(resolve, Math.random() * POLL_MS))
  const notifiedAt = performance.timeOrigin + performance.now()
  await place.sandbox.settle(tradeNo, 'approve')
  return (await paidAt) - notifiedAt
}

async function createByHand(
  payUrl: string,
  order: string,
  channel: string,
  amount: typeof PRICE,
): Promise<string> {
  const answer = await fetch(`${payUrl}/payments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': String(Math.random()).slice(2),
    },
    body: JSON.stringify({ order, channel, amount, payer: {}, presentation: 'popup' }),
  })
  return (await answer.json()).id
}

function poll(url: string, every: number): Promise<number> {
  return new Promise((resolve) => {
    const timer = setInterval(async () => {
      const { status } = await (await fetch(url)).json()
      if (status !== 'succeeded') return
      clearInterval(timer)
      resolve(performance.timeOrigin + performance.now())
    }, every)
  })
}

function spreadOf(times: readonly number[]): Awaited<ReturnType<Measure>> {
  const sorted = [...times].sort((a, b) => a - b)
  return { median: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}
