import type { Browser, Page } from 'puppeteer-core'
import type { Experiment, Measure } from '../harness/figure.js'
import { median } from '../harness/statistics.js'
import { openBrowser, SLOWED, withPage } from './browser.js'
import { page } from './page.js'
import { openPlace } from './place.js'
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
      unit: 'ms',
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

async function measurePresses(browser: Browser, window: string, dialog: string): Promise<Measured> {
  const values: Record<string, number[]> = {}
  const keep = (each: Record<string, number>) => {
    for (const [key, value] of Object.entries(each)) values[key] = [...(values[key] ?? []), value]
  }
  for (let round = 0; round < PRESSES; round += 1) {
    const opened = await pressOnce(browser, window)
    keep({ window: opened.press.done, tasks: opened.press.tasks, windowEvent: opened.press.event })
    const shown = await pressOnce(browser, dialog)
    keep({ dialog: shown.press.drawn, dialogEvent: shown.press.event, longest: shown.longest })
  }
  return Object.fromEntries(Object.entries(values).map(([key, each]) => [key, median(each)]))
}

/** A press by hand once nothing is left to wait for. */
function pressOnce(browser: Browser, url: string): Promise<{ press: Press; longest: number }> {
  return withPage(browser, SLOWED, async ({ page: tab, longestTask }) => {
    await tab.evaluateOnNewDocument(watchPress, SHORTEST)
    await tab.goto(url)
    await tab.waitForFunction(() => {
      const button = document.querySelector('pay-button, #bare')
      return button && Reflect.get(button, 'offer')
    })
    await tab.evaluate(
      () => new Promise((resolve) => requestIdleCallback(() => requestAnimationFrame(resolve))),
    )
    const { x, y } = await middle(tab)
    const longest = await longestTask(async () => {
      await tab.mouse.move(x, y)
      await tab.mouse.click(x, y, { delay: FINGER })
      await tab.evaluate((rest) => new Promise((resolve) => setTimeout(resolve, rest)), REST)
    })
    return { press: await tab.evaluate(() => window.press), longest }
  })
}

function middle(tab: Page): Promise<{ x: number; y: number }> {
  return tab.evaluate(() => {
    const button = document.querySelector('pay-button, #bare')
    const { x, y, width, height } = button?.getBoundingClientRect() ?? new DOMRect()
    return { x: x + width / 2, y: y + height / 2 }
  })
}
