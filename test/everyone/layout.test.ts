import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { languageAt, openWall, STATES, show, type Wall } from './wall.js'

let wall: Wall
beforeAll(async () => {
  wall = await openWall()
})
afterAll(() => wall?.close())

/** Everything that can be pressed or written into, in the button and the views inside it. */
function measure() {
  const everything = (root: ParentNode): HTMLElement[] =>
    [...root.querySelectorAll<HTMLElement>('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? everything(element.shadowRoot) : []),
    ])
  const host = document.querySelector('pay-button')?.shadowRoot
  if (!host) throw new Error('no button')
  const shown = everything(host).filter((element) => element.checkVisibility())
  // A radio is pressed by its card.
  const targets = shown.filter((element) =>
    element.matches('button, a, select, input:not([type=radio]), label:has([type=radio])'),
  )
  const dialog = host.querySelector('dialog[open]')
  const place = dialog?.getBoundingClientRect()
  const nameOf = (element: Element) =>
    `${element.localName}.${element.getAttribute('part')} ${element.textContent?.trim().slice(0, 30)}`
  return {
    small: targets
      .filter((element) => {
        const { width, height } = element.getBoundingClientRect()
        return Math.min(width, height) < 44
      })
      .map(nameOf),
    cut: shown
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect()
        const isUnseen = element.closest('.unseen') !== null
        return !isUnseen && (left < 0 || right > innerWidth + 0.5)
      })
      .map(nameOf),
    scrollsAside:
      document.documentElement.scrollWidth > innerWidth ||
      (dialog ? dialog.scrollWidth > dialog.clientWidth : false),
    isInside: !place || (place.top >= 0 && place.bottom <= innerHeight + 0.5),
  }
}

const WELL = { small: [], cut: [], scrollsAside: false, isInside: true }

interface Room {
  width: number
  height: number
  css?: string
}

/** Small phones, 400 % zoom of 1280 px, large type, and what most people have. */
const ROOMS: Readonly<Record<string, Room>> = {
  'a phone of 320 px': { width: 320, height: 568 },
  '400 % zoom': { width: 320, height: 256 },
  'text at 200 %': { width: 640, height: 900, css: 'html{font-size:200%}' },
  'a desktop': { width: 1280, height: 720 },
}

async function enter(page: Page, { width, height, css = '' }: Room): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(text)
    document.adoptedStyleSheets = [sheet]
  }, css)
}

describe('every state', () => {
  let page: Page
  beforeAll(async () => {
    page = await wall.newPage()
  })

  it.each([...STATES.keys()].map((state, index) => ({ state, language: languageAt(index) })))(
    'keeps its targets large in every room, and nothing is cut off or scrolls aside: $state, $language',
    async ({ state, language }) => {
      await show(page, state, { language })
      const found: Record<string, unknown> = {}
      for (const [name, room] of Object.entries(ROOMS)) {
        await enter(page, room)
        found[name] = await page.evaluate(measure)
      }
      expect(found).toEqual(Object.fromEntries(Object.keys(ROOMS).map((name) => [name, WELL])))
    },
  )

  it('lets the confirming button and the last field be reached', async () => {
    const page = await wall.newPage()
    await show(page, 'store', { language: 'id' })
    for (const room of Object.values(ROOMS)) {
      await enter(page, room)
      for (const control of ['input[name=address]', '[part=submit]']) {
        await page.locator(control).focus()
        expect(await isUncovered(page, control), control).toBe(true)
      }
    }
  })
})

/** Whether the middle of a control is what a press there would hit. */
function isUncovered(page: Page, selector: string): Promise<boolean> {
  return page.locator(selector).evaluate((control) => {
    const { x, y, width, height } = control.getBoundingClientRect()
    const root = control.getRootNode() as ShadowRoot
    const hit = root.elementFromPoint(x + width / 2, y + height / 2)
    return hit !== null && (control.contains(hit) || hit.contains(control))
  })
}

describe('a page', () => {
  it.each([
    ['desktop', { width: 1280, height: 800 }],
    ['phone', { width: 390, height: 844 }],
  ])('does not move while the button loads and learns its amount, on a %s', async (_, viewport) => {
    const page = await wall.newPage({ viewport })
    await page.addInitScript(() => {
      const seen = { shift: 0 }
      Object.assign(window, { seen })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          seen.shift += (entry as PerformanceEntry & { value: number }).value
        }
      }).observe({ type: 'layout-shift', buffered: true })
    })
    // So late that the page has long been drawn without it.
    await page.route('**/pay-button.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await route.continue()
    })
    await page.goto('/?lang=en')
    await page.getByRole('button', { name: 'Buy' }).first().click()
    const button = page.locator('pay-button')
    const heightBefore = await button.evaluate((element) => element.getBoundingClientRect().height)
    await page.getByRole('button', { name: 'Pay NT$300' }).waitFor()
    const heightAfter = await button.evaluate((element) => element.getBoundingClientRect().height)
    await page.waitForTimeout(200)
    expect(heightAfter).toBe(heightBefore)
    expect(await page.evaluate('seen.shift')).toBe(0)
  })
})
