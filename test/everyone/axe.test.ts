import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  changeLook,
  LANGUAGES,
  LOOKS,
  languageAt,
  openWall,
  STATES,
  settle,
  show,
  type Wall,
} from './wall.js'

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

async function violations(): Promise<string[]> {
  const results = await page.evaluate(
    (values) =>
      (window as unknown as { axe: typeof axe }).axe.run('pay-button', {
        runOnly: { type: 'tag', values: [...values] },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
      }) as Promise<AxeResults>,
    RULES,
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${any[0]?.message ?? ''} ${html}`),
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

/**
 * Each look once, and each language: what colours break they break in any language, and the rest
 * has no colour.
 */
const ROUNDS = LOOKS.map((look, index) => ({ look, language: languageAt(index) }))

/** Of three states in a row each has others, but in the browsers' own tests, where each has all. */
function roundsOf(index: number) {
  return ROUNDS.filter((_, at) => process.env.BROWSER || at % 3 === index % 3)
}

it('is looked at in every language', () => {
  expect(new Set(ROUNDS.map(({ language }) => language))).toEqual(new Set(LANGUAGES))
})

it.each([...STATES.keys()].map((state, index) => ({ state, index })))(
  'has no fault that axe finds, in any language and in any colours: $state',
  async ({ state, index }) => {
    await show(page, state)
    const found: Record<string, string[]> = {}
    for (const { look, language } of roundsOf(index)) {
      await changeLook(page, look)
      await speak(language)
      const faults = await violations()
      if (faults.length > 0) found[`${look}, ${language}`] = faults
    }
    expect(found).toEqual({})
  },
)
