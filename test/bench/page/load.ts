import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'puppeteer-core'
import type { Experiment, Measure } from '../harness/figure.js'
import { BARE, bareButton } from './bare.js'
import { longestTaskOf, openBrowser, SLOWED, withPage } from './browser.js'
import { page } from './page.js'
import { openPlace } from './place.js'
import { bundle } from './sizes.js'
import { medianOf } from './visits.js'
import { type Seen, watch } from './watch.js'

const VISITS = 3
/** Milliseconds in which what follows of the last step is done. */
const REST = 300

export const load: Experiment = {
  name: 'page/load',
  figures: {
    usable: { name: 'script to usable button, slowed 4 times', unit: 'ms', better: 'lower' },
    amount: { name: 'script to the amount on it, slowed 4 times', unit: 'ms', better: 'lower' },
    ready: { name: 'script to ready for a press, slowed 4 times', unit: 'ms', better: 'lower' },
    longest: {
      name: 'longest task of loading, slowed 4 times',
      unit: 'ms CPU',
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
    const [browser, place, google, lit] = await Promise.all([
      openBrowser(machine),
      openPlace(machine),
      bundle('google', machine.folder),
      bundle('lit', machine.folder),
    ])
    const script = `${place.payUrl}/pay-button.js`
    place.put('/google.js', readFileSync(join(google, 'google.js')))
    place.put('/google', page('/google.js', GOOGLE))
    place.put('/bare.js', BARE)
    place.put('/bare', page('/bare.js', bareButton))
    place.put('/lit.js', readFileSync(join(lit, 'lit.js')))
    place.put('/lit', page('/lit.js', '<lit-button></lit-button>'))
    const side =
      (path: string, tag: string, last: keyof Seen): Measure =>
      () =>
        medianOf(VISITS, async () => ({
          ...(await timesOf(browser, `${place.shopUrl}${path}`, tag, last)),
          longest: await longestOf(browser, `${place.shopUrl}${path}`, tag),
        }))
    const order = await place.order({ value: '188', currency: 'HKD' })
    place.put('/ours', page(script, `<pay-button order="${order}"></pay-button>`))
    return {
      ours: side('/ours', 'pay-button', 'ready'),
      floor: { name: 'element without a library', measure: side('/bare', 'bare-button', 'amount') },
      peers: [
        { name: 'element of Lit alone', measure: side('/lit', 'lit-button', 'amount') },
        {
          name: 'Google element, pay.js free of charge',
          measure: side('/google', 'google-pay-button', 'usable'),
        },
      ],
    }
  },
}

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

/** By the clock of a slowed page, which is watched. */
function timesOf(
  browser: Browser,
  url: string,
  tag: string,
  last: keyof Seen,
): Promise<Record<string, number>> {
  return withPage(browser, SLOWED, async (tab) => {
    await tab.evaluateOnNewDocument(watch, tag)
    await tab.goto(url)
    await tab.waitForFunction((key) => window.seen[key] !== undefined, {}, last)
    const { shift, ...times } = await tab.evaluate(() => window.seen)
    const start = await tab.evaluate(() => {
      const scripts = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
      return scripts.find(({ name }) => name.endsWith('.js'))?.startTime ?? 0
    })
    const since = Object.entries(times).map(([key, time]) => [key, time - start])
    // The others' places are not as high as theirs will be.
    const shifted = tag === 'pay-button' ? { shift } : {}
    return { ...Object.fromEntries(since), ...shifted }
  })
}

function longestOf(browser: Browser, url: string, tag: string): Promise<number> {
  return longestTaskOf(browser, async (tab) => {
    await tab.goto(url)
    await tab.waitForFunction(
      (name) => {
        const host = document.querySelector(name)
        if (name === 'pay-button') return host && Reflect.get(host, 'offer')
        return (host?.shadowRoot ?? host)?.querySelector('button')
      },
      { polling: 100 },
      tag,
    )
    await new Promise((resolve) => setTimeout(resolve, REST))
  })
}
