import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWall, show, type Wall } from '../everyone/wall.js'
import { differenceOf, forgetDifferent, isUpdating, saveBaseline, toleranceIn } from './compare.js'
import { PICTURES, type Picture } from './list.js'

const SIZES = { phone: { width: 390, height: 780 }, desktop: { width: 800, height: 680 } }

/** Whatever fonts a machine prefers, and whichever of Debian's it has besides. */
const FONTS = `
  pay-button { --pay-font: 1rem / 1.5 'Liberation Sans', 'Noto Sans CJK TC' !important }
  pay-button::part(code) { font-family: 'Liberation Mono' }
`

let wall: Wall
let page: Page
let tolerance: number
beforeAll(async () => {
  forgetDifferent()
  wall = await openWall()
  tolerance = toleranceIn(wall.browser.version())
  page = await wall.newPage()
})
afterAll(() => wall?.close())

async function take({ state, language, look, size }: Picture): Promise<Buffer> {
  await page.setViewportSize(SIZES[size])
  await show(page, state, { language, look })
  await page.addStyleTag({ content: FONTS })
  return still()
}

/** The page as soon as two looks at it are the same. */
async function still(): Promise<Buffer> {
  let before = await screenshot()
  for (;;) {
    const after = await screenshot()
    if (after.equals(before)) return after
    before = after
  }
}

async function screenshot(): Promise<Buffer> {
  const isClosed = await page.evaluate(
    () => !document.querySelector('pay-button')?.shadowRoot?.querySelector('dialog[open]'),
  )
  const clip = { x: 40, y: 340, width: 310, height: 100 }
  return page.screenshot({ animations: 'disabled', caret: 'hide', ...(isClosed ? { clip } : {}) })
}

describe('the pictures', () => {
  it('are at most forty', () => {
    expect(PICTURES.length).toBeLessThanOrEqual(40)
  })

  it.each(PICTURES)('$state, $language, $look, $size', async (picture) => {
    const { state, language, look, size } = picture
    const name = [state, language, look, size].join('.')
    const taken = await take(picture)
    if (isUpdating) saveBaseline(name, taken)
    // What is drawn a moment later, such as a word that was loaded, is no difference.
    const difference = () => still().then((now) => differenceOf(name, now, tolerance))
    await expect.poll(difference, { timeout: 3_000, interval: 300 }).toBe(undefined)
  })
})
