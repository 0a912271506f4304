import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What the page was told, event by event, without what only the dialog did. */
function pageEvents(page: Page): Promise<string[]> {
  return titles(page, 'What this page was told', /^pay-(?!open|submit|close)/)
}

/** What the shop's server was told. */
function serverEvents(page: Page): Promise<string[]> {
  return titles(page, 'What the shop’s server was told', /./)
}

async function titles(page: Page, log: string, wanted: RegExp): Promise<string[]> {
  const all = await page.getByRole('log', { name: log }).locator('strong').allTextContents()
  return all.filter((title) => wanted.test(title))
}

/** Long enough for a second telling to arrive, if there was one. Milliseconds. */
const SECOND_TELLING = 1_500

/** Both sides learn this, in this order, and nothing more. */
export async function expectTold(
  page: Page,
  expected: { onPage: string[]; onServer: string[] },
): Promise<void> {
  const told = async () => ({ onPage: await pageEvents(page), onServer: await serverEvents(page) })
  await expect.poll(told, { timeout: 15_000 }).toEqual(expected)
  await page.waitForTimeout(SECOND_TELLING)
  expect(await told()).toEqual(expected)
}

/** Both sides learn once that it is paid, and the page says so. */
export async function expectPaid(page: Page): Promise<void> {
  await expectTold(page, {
    onPage: ['pay-pending', 'pay-success'],
    onServer: ['payment.succeeded'],
  })
  expect(await page.getByRole('status').allTextContents()).toContain(
    'Paid. Your tea is on its way.',
  )
  expect(await page.locator('pay-button').getAttribute('state')).toBe('paid')
}
