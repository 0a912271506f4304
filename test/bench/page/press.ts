import type { Browser, Page } from 'puppeteer-core'
import type { Experiment, Measure } from '../harness/figure.js'
import { longestTaskOf, openBrowser, SLOWED, withPage } from './browser.js'
import { page } from './page.js'
import { openPlace } from './place.js'
import { medianOf } from './visits.js'
import { type Press, SHORTEST, watchPress } from './watch-press.js'

const PRESSES = 3
/** Milliseconds between a finger that comes down and goes up again. */
const FINGER = 80
/** Milliseconds until a browser has said what it measured of a press. */
const REST = 400

const SLOWLY = 'slowed 4 times'

export const press: Experiment = {
  name: 'page/press',
  figures: {
    window: { name: `press to window, ${SLOWLY}`, unit: 'ms', better: 'lower' },
    tasks: {
      name: 'tasks between press and window',
      unit: 'count',
      better: 'lower',
      goal: { value: 0 },
    },
    dialog: { name: `press to dialog drawn, ${SLOWLY}`, unit: 'ms', better: 'lower' },
    windowEvent: {
      name: `Event Timing of the press, window, ${SLOWLY}`,
      unit: 'ms',
      better: 'lower',
    },
    dialogEvent: {
      name: `Event Timing of the press, dialog, ${SLOWLY}`,
      unit: 'ms',
      better: 'lower',
      goal: { value: 50 },
    },
    longest: {
      name: `longest task from press to dialog, ${SLOWLY}`,
      unit: 'ms CPU',
      better: 'lower',
      goal: { value: 50 },
    },
  },
  async open(machine) {
    const [browser, place] = await Promise.all([openBrowser(machine), openPlace(machine)])
    const script = `${place.payUrl}/pay-button.js`
    const addresses = { window: `${place.shopUrl}/window`, dialog: `${place.shopUrl}/dialog` }
    place.put('/bare.js', '')
    place.put('/bare-window', page('/bare.js', BARE_WINDOW))
    place.put('/bare-dialog', page('/bare.js', BARE_DIALOG))
    const fresh = async (path: string, amount: { value: string; currency: string }) =>
      place.put(
        path,
        page(script, `<pay-button order="${await place.order(amount)}"></pay-button>`),
      )
    return {
      ours: async () => {
        await fresh('/window', { value: '188', currency: 'HKD' })
        await fresh('/dialog', { value: '300', currency: 'TWD' })
        return measurePresses(browser, addresses.window, addresses.dialog)
      },
      floor: {
        name: 'button of the page',
        measure: async () => {
          const { shopUrl } = place
          const { tasks, ...times } = await measurePresses(
            browser,
            `${shopUrl}/bare-window`,
            `${shopUrl}/bare-dialog`,
          )
          if (tasks !== 0) throw new Error('a window of the page itself came in a later task')
          return times
        },
      },
    }
  },
}

const BARE_WINDOW = `<button id="bare">Pay</button><script>
bare.onclick = () => open('', '', 'popup,width=480,height=760').opener = null
bare.offer = true
</script>`

const BARE_DIALOG = `<button id="bare">Pay</button><dialog><h2>Pay</h2></dialog><script>
bare.onclick = () => document.querySelector('dialog').showModal()
bare.offer = true
</script>`

type Measured = Awaited<ReturnType<Measure>>

function measurePresses(browser: Browser, window: string, dialog: string): Promise<Measured> {
  return medianOf(PRESSES, async () => {
    const opened = await pressOnce(browser, window)
    const shown = await pressOnce(browser, dialog)
    return {
      window: opened.done,
      tasks: opened.tasks,
      windowEvent: opened.event,
      dialog: shown.drawn,
      dialogEvent: shown.event,
      longest: await longestTaskOf(browser, pressByHand, (tab) => waitUntilReady(tab, dialog)),
    }
  })
}

/** By the clock of a slowed page, which is watched. */
function pressOnce(browser: Browser, url: string): Promise<Press> {
  return withPage(browser, SLOWED, async (tab) => {
    await tab.evaluateOnNewDocument(watchPress, SHORTEST)
    await waitUntilReady(tab, url)
    await pressByHand(tab)
    return tab.evaluate(() => window.press)
  })
}

/** Until a press has nothing left to wait for. */
async function waitUntilReady(tab: Page, url: string): Promise<void> {
  await tab.goto(url)
  await tab.waitForFunction(
    () => {
      const button = document.querySelector('pay-button, #bare')
      return button && Reflect.get(button, 'offer')
    },
    { polling: 100 },
  )
  await tab.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => requestAnimationFrame(resolve))),
  )
}

async function pressByHand(tab: Page): Promise<void> {
  const { x, y } = await middle(tab)
  await tab.mouse.move(x, y)
  await tab.mouse.click(x, y, { delay: FINGER })
  await new Promise((resolve) => setTimeout(resolve, REST))
}

function middle(tab: Page): Promise<{ x: number; y: number }> {
  return tab.evaluate(() => {
    const button = document.querySelector('pay-button, #bare')
    const { x, y, width, height } = button?.getBoundingClientRect() ?? new DOMRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
}
