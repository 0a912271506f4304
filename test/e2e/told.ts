import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Page } from '../browsers/page.js'
import { isInState, stateOf } from './payer.js'

interface Told {
  /** Event by event, without what only the dialog did. */
  onPage: string[]
  /** The shop's server, webhook by webhook. */
  onServer: string[]
}

async function told(page: Page): Promise<Told> {
  const titles = (log: string) =>
    page.evaluate(
      (id) =>
        [...document.querySelectorAll(`#${id} strong`)].map((title) => title.textContent ?? ''),
      log,
    )
  const [onPage, onServer] = [await titles('page-log'), await titles('server-log')]
  return { onPage: onPage.filter((title) => !/^pay-(open|submit|close)$/.test(title)), onServer }
}

/** Long enough for a second telling to arrive, if there was one. Milliseconds. */
const SECOND_TELLING = 1_500

/** Both sides learn this, in this order, and nothing more. */
export async function expectTold(page: Page, expected: Told): Promise<void> {
  await expect.poll(() => told(page), { timeout: 15_000 }).toEqual(expected)
  await pause(SECOND_TELLING)
  expect(await told(page)).toEqual(expected)
}

/** As `expectPaid`, by a page that was away meanwhile, and may have come back before the money. */
export async function expectResumed(page: Page): Promise<void> {
  await isInState(page, 'paid')
  await pause(SECOND_TELLING)
  const { onPage, onServer } = await told(page)
  expect(onPage.filter((title) => title !== 'pay-pending')).toEqual(['pay-success'])
  expect(onServer).toEqual(['payment.succeeded'])
}

/** Both sides learn once that it is paid, and the page says so. */
export async function expectPaid(page: Page): Promise<void> {
  await expectTold(page, {
    onPage: ['pay-pending', 'pay-success'],
    onServer: ['payment.succeeded'],
  })
  expect(await page.texts({ role: 'status' })).toContain('Paid. Your tea is on its way.')
  expect(await stateOf(page)).toBe('paid')
}
