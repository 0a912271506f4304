import type { Browser, Page } from 'puppeteer-core'
import type { Experiment } from '../harness/figure.js'
import { BARE, bareButton } from './bare.js'
import { longestTaskOf, openBrowser, SLOWED, withPage } from './browser.js'
import { page } from './page.js'
import { openPlace } from './place.js'
import { requestsOf } from './requests.js'

const BUTTONS = 100
/** Milliseconds in which what follows of the last step is done. */
const REST = 300

export const many: Experiment = {
  name: 'page/many',
  figures: {
    offers: {
      name: `offers asked for by ${BUTTONS} buttons of an order`,
      unit: 'count',
      better: 'lower',
      goal: { value: 1 },
    },
    upgrade: {
      name: `${BUTTONS} buttons usable after definition, slowed 4 times`,
      unit: 'ms',
      better: 'lower',
    },
    longest: {
      name: `longest task of ${BUTTONS} buttons, slowed 4 times`,
      unit: 'ms CPU',
      better: 'lower',
      goal: { value: 50 },
    },
    shift: {
      name: `layout shift of ${BUTTONS} buttons`,
      unit: 'count',
      better: 'lower',
      goal: { value: 0 },
    },
  },
  async open(machine) {
    const [browser, place] = await Promise.all([openBrowser(machine), openPlace(machine)])
    const order = await place.order({ value: '188', currency: 'HKD' })
    const ours = `<pay-button order="${order}"></pay-button><br>`.repeat(BUTTONS)
    place.put('/ours', page(`${place.payUrl}/pay-button.js`, ours))
    place.put('/bare.js', BARE)
    place.put('/bare', page('/bare.js', `${bareButton}<br>`.repeat(BUTTONS)))
    return {
      ours: () => upgradeAll(browser, `${place.shopUrl}/ours`, 'pay-button', place.payUrl),
      floor: {
        name: 'elements without a library',
        measure: async () => {
          const address = `${place.shopUrl}/bare`
          const { upgrade, longest } = await upgradeAll(browser, address, 'bare-button', address)
          return { upgrade, longest }
        },
      },
    }
  },
}

async function upgradeAll(browser: Browser, url: string, tag: string, payUrl: string) {
  const times = await withPage(browser, SLOWED, async (tab) => {
    const offers = await requestsOf(tab, `${payUrl}/orders/`)
    await tab.evaluateOnNewDocument(watchAll, tag)
    await visit(tab, url, tag)
    const { drawn, shift } = await tab.evaluate(() => window.upgrade)
    return { offers: offers.count, upgrade: drawn, shift }
  })
  return { ...times, longest: await longestTaskOf(browser, (tab) => visit(tab, url, tag)) }
}

/** Until nothing is left to do for any of them. */
async function visit(tab: Page, url: string, tag: string): Promise<void> {
  await tab.goto(url)
  await tab.waitForFunction(
    (name) =>
      name !== 'pay-button' ||
      [...document.querySelectorAll(name)].every((button) => Reflect.get(button, 'offer')),
    { polling: 100 },
    tag,
  )
  await new Promise((resolve) => setTimeout(resolve, REST))
}

declare global {
  interface Window {
    upgrade: {
      /** Milliseconds from the definition until the last was drawn. */
      drawn: number
      /** The sum of all layout shifts. */
      shift: number
    }
  }
}

/** Watches all buttons of this tag; runs in the page, before anything else does. */
function watchAll(tag: string): void {
  const upgrade = { drawn: 0, shift: 0 }
  window.upgrade = upgrade
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) upgrade.shift += Reflect.get(entry, 'value')
  }).observe({ type: 'layout-shift', buffered: true })
  const { define } = customElements
  customElements.define = function (...args) {
    const start = performance.now()
    define.apply(this, args)
    const look = () => {
      const all = [...document.querySelectorAll(tag)]
      if (all.every(({ shadowRoot }) => shadowRoot?.querySelector('button'))) {
        document.body.getBoundingClientRect()
        upgrade.drawn = performance.now() - start
      } else {
        setTimeout(look)
      }
    }
    if (args[0] === tag) queueMicrotask(look)
  }
}
