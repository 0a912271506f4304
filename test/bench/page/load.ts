import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'puppeteer-core'
import type { Experiment, Measure } from '../harness/figure.js'
import { median } from '../harness/statistics.js'
import { openBrowser, SLOWED, withPage } from './browser.js'
import { page } from './page.js'
import { openPlace } from './place.js'
import { bundle } from './sizes.js'
import { type Seen, watch } from './watch.js'

/** Runs for one value: what a page takes to load swings more than what a server does. */
const VISITS = 3

export const load: Experiment = {
  name: 'page/load',
  figures: {
    usable: { name: 'script to usable button, slowed 4 times', unit: 'ms', better: 'lower' },
    amount: { name: 'script to the amount on it, slowed 4 times', unit: 'ms', better: 'lower' },
    ready: { name: 'script to ready for a press, slowed 4 times', unit: 'ms', better: 'lower' },
    longest: {
      name: 'longest task of loading, slowed 4 times',
      unit: 'ms',
      better: 'lower',
      goal: { value: 50 },
    },
    shift: {
      name: 'layout shift of loading',
      unit: 'count',
      better: 'lower',
      goal: { value: 0 },
    },
  },
  async open(machine) {
    const [browser, place, google] = await Promise.all([
      openBrowser(machine),
      openPlace(machine),
      bundle('google', machine.folder),
    ])
    const script = `${place.payUrl}/pay-button.js`
    place.put('/google.js', readFileSync(join(google, 'google.js')))
    place.put('/google', page('/google.js', GOOGLE))
    place.put('/bare.js', BARE)
    place.put('/bare', page('/bare.js', '<bare-button></bare-button>'))
    const side = (path: string, tag: string, last: keyof Seen): Measure =>
      visits(browser, `${place.shopUrl}${path}`, tag, last)
    const order = await place.order({ value: '188', currency: 'HKD' })
    place.put('/ours', page(script, `<pay-button order="${order}"></pay-button>`))
    return {
      ours: side('/ours', 'pay-button', 'ready'),
      floor: { name: 'element without a library', measure: side('/bare', 'bare-button', 'usable') },
      peers: [
        {
          name: 'Google element, pay.js free of charge',
          measure: side('/google', 'google-pay-button', 'usable'),
        },
      ],
    }
  },
}

/** The least that can be called a button of one's own. */
const BARE = `customElements.define('bare-button', class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<button>Pay</button>'
  }
})`

/** Google's element, and what it needs of pay.js at no cost: there before it, answering at once. */
const GOOGLE = `<google-pay-button environment="TEST"></google-pay-button><script>
window.google = { payments: { api: { PaymentsClient: class {
  isReadyToPay() { return Promise.resolve({ result: true }) }
  prefetchPaymentData() {}
  createButton() {
    const button = document.createElement('button')
    button.textContent = 'Buy with GPay'
    return button
  }
} } } }
document.querySelector('google-pay-button').paymentRequest = {
  apiVersion: 2,
  apiVersionMinor: 0,
  allowedPaymentMethods: [],
  merchantInfo: { merchantId: '1', merchantName: 'Shop' },
  transactionInfo: { totalPriceStatus: 'FINAL', totalPrice: '1', currencyCode: 'USD' },
}
</script>`

function visits(browser: Browser, url: string, tag: string, last: keyof Seen): Measure {
  return async () => {
    const values: Record<string, number[]> = {}
    for (let visit = 0; visit < VISITS; visit += 1) {
      for (const [key, value] of Object.entries(await visitOnce(browser, url, tag, last))) {
        values[key] = [...(values[key] ?? []), value]
      }
    }
    return Object.fromEntries(Object.entries(values).map(([key, each]) => [key, median(each)]))
  }
}

function visitOnce(
  browser: Browser,
  url: string,
  tag: string,
  last: keyof Seen,
): Promise<Record<string, number>> {
  return withPage(browser, SLOWED, async ({ page, longestTask }) => {
    await page.evaluateOnNewDocument(watch, tag)
    const longest = await longestTask(async () => {
      await page.goto(url)
      await page.waitForFunction((key) => window.seen[key] !== undefined, {}, last)
    })
    const seen = await page.evaluate(() => window.seen)
    const start = await page.evaluate(() => {
      const scripts = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      return scripts.find(({ name }) => name.endsWith('.js'))?.startTime ?? 0
    })
    const { shift, ...times } = seen
    const since = Object.entries(times).map(([key, time]) => [key, time - start])
    // The others' places are not as high as theirs will be.
    const shifted = tag === 'pay-button' ? { shift } : {}
    return { ...Object.fromEntries(since), ...shifted, longest }
  })
}
