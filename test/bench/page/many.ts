import type { Browser } from 'puppeteer-core'
import type { Experiment } from '../harness/figure.js'
import { openBrowser, SLOWED, withPage } from './browser.js'
import { page } from './page.js'
import { openPlace } from './place.js'
import { requestsOf } from './requests.js'

const BUTTONS = 100

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
      unit: 'ms',
      better: 'lower',
    },
  },
  async open(machine) {
    const [browser, place] = await Promise.all([openBrowser(machine), openPlace(machine)])
    const order = await place.order({ value: '188', currency: 'HKD' })
    const ours = `<pay-button order="${order}"></pay-button>`.repeat(BUTTONS)
    place.put('/ours', page(`${place.payUrl}/pay-button.js`, ours))
    place.put('/bare.js', BARE)
    place.put('/bare', page('/bare.js', '<bare-button></bare-button>'.repeat(BUTTONS)))
    return {
      ours: () => upgradeAll(browser, `${place.shopUrl}/ours`, 'pay-button', place.payUrl),
      floor: {
        name: 'elements without a library',
        measure: async () => {
          const address = `${place.shopUrl}/bare`
          const { upgrade, longest } = await upgradeAll(browser, address, 'bare-button', 'none')
          return { upgrade, longest }
        },
      },
    }
  },
}

/** The least that can be called a button of one's own. */
const BARE = `customElements.define('bare-button', class extends HTMLElement {
  connectedCallback() {
    this.attachShadow({ mode: 'open' }).innerHTML = '<button>Pay</button>'
  }
})`

function upgradeAll(browser: Browser, url: string, tag: string, payUrl: string) {
  return withPage(browser, SLOWED, async ({ page: tab, longestTask }) => {
    const offers = await requestsOf(tab, `${payUrl}/orders/`)
    await tab.evaluateOnNewDocument(watchAll, tag)
    const longest = await longestTask(async () => {
      await tab.goto(url)
      await tab.waitForFunction(
        (name) =>
          name !== 'pay-button' ||
          [...document.querySelectorAll(name)].every((button) => Reflect.get(button, 'offer')),
        {},
        tag,
      )
    })
    const upgrade = await tab.evaluate(() => window.upgrade)
    return { offers: offers.count, upgrade, longest }
  })
}

declare global {
  interface Window {
    upgrade: Promise<number>
  }
}

/** From the definition, which upgrades them all, until the last has been drawn. In the page. */
function watchAll(tag: string): void {
  const { define } = customElements
  window.upgrade = new Promise((resolve) => {
    customElements.define = function (...args) {
      const start = performance.now()
      define.apply(this, args)
      if (args[0] !== tag) return
      queueMicrotask(() => {
        const look = () => {
          const all = [...document.querySelectorAll(tag)]
          if (!all.every(({ shadowRoot }) => shadowRoot?.querySelector('button'))) {
            queueMicrotask(look)
            return
          }
          document.body.getBoundingClientRect()
          resolve(performance.now() - start)
        }
        look()
      })
    }
  })
}
