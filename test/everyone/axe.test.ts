import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeLook, LANGUAGES, LOOKS, openWall, STATES, settle, show, type Wall } from './wall.js'

let wall: Wall
let page: Page
beforeAll(async () => {
  wall = await openWall()
  // So tall that nothing is scrolled out of sight, which axe would take for too small.
  page = await wall.newPage({ viewport: { width: 390, height: 2600 } })
  await page.addInitScript(axe.source)
})
afterAll(() => wall?.close())

/** All of WCAG 2.2 AA that axe knows, and what it calls good practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function violations(tags: readonly string[]): Promise<string[]> {
  const results = await page.evaluate(
    (values) =>
      (window as unknown as { axe: typeof axe }).axe.run('pay-button', {
        runOnly: { type: 'tag', values: [...values] },
        // Tried in each look, by itself: another language has the same colours.
        rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled: false } },
        resultTypes: ['violations'],
      }) as Promise<AxeResults>,
    tags,
  )
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** What only colours can break. */
async function contrastFaults(): Promise<string[]> {
  const results = await page.evaluate(
    () =>
      (window as unknown as { axe: typeof axe }).axe.run('pay-button', {
        runOnly: { type: 'rule', values: ['color-contrast'] },
        resultTypes: ['violations'],
      }) as Promise<AxeResults>,
  )
  return results.violations.flatMap(({ nodes }) =>
    nodes.map(({ html, any }) => `${any[0]?.message}: ${html}`),
  )
}

async function speak(language: string): Promise<void> {
  await page.evaluate((lang) => {
    document.documentElement.lang = lang
    const button = document.querySelector<HTMLElement>('pay-button')
    if (button) button.lang = lang
  }, language)
  await settle(page)
}

describe.each([...STATES.keys()])('%s', (state) => {
  it('has no fault that axe finds, in any language and in any colours', async () => {
    await show(page, state)
    const found: Record<string, string[]> = {}
    for (const look of LOOKS) {
      await changeLook(page, look)
      found[look] = await contrastFaults()
    }
    await changeLook(page, 'light')
    for (const language of LANGUAGES) {
      await speak(language)
      found[language] = await violations(RULES)
    }
    const none = Object.fromEntries(Object.keys(found).map((name) => [name, []]))
    expect(found).toEqual(none)
  })
})
