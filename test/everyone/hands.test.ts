import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWall, show, type Wall } from './wall.js'

let wall: Wall
beforeAll(async () => {
  wall = await openWall()
})
afterAll(() => wall?.close())

const PERSON = {
  'First name': 'Ming',
  'Last name': 'Wang',
  'Mobile phone': '0912345678',
  'E-mail': 'ming@example.com',
}

async function order(page: Page, tea: RegExp): Promise<void> {
  await page.goto('/?lang=en')
  await page
    .getByRole('listitem')
    .filter({ hasText: tea })
    .getByRole('button', { name: 'Buy' })
    .click()
}

/** What has the focus, through shadow roots: its role and name in short. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    const label = (at as HTMLInputElement | null)?.labels?.[0]?.textContent
    const text = at?.getAttribute('aria-label') ?? label ?? at?.textContent ?? ''
    return `${at?.localName}: ${text.replace(/\s+/g, ' ').trim()}`.slice(0, 60)
  })
}

/** Presses Tab until something that is called so has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(page)).includes(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never came to ${name}`)
}

async function confirmAtCashier(cashier: Page): Promise<void> {
  await cashier.getByRole('button', { name: 'Approve payment' }).click()
}

describe('a whole purchase', () => {
  it('is made by keyboard alone', async () => {
    const page = await wall.newPage({ viewport: { width: 1280, height: 800 } })
    await order(page, /Alishan/)
    await page.getByRole('button', { name: 'Pay NT$300' }).waitFor()
    await tabTo(page, 'Pay NT$300')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, 'input:')
    // Within radios go the arrows.
    while (!(await focused(page)).includes('E-wallet')) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Space')
    for (const [label, text] of Object.entries(PERSON)) {
      await tabTo(page, label)
      await page.keyboard.type(text)
    }
    await tabTo(page, 'Continue to Vexora')
    const opened = page.waitForEvent('popup')
    await page.keyboard.press('Enter')
    await confirmAtCashier(await opened)
    await page.getByRole('status').filter({ hasText: 'Paid' }).first().waitFor()
    await tabTo(page, 'Done')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await focused(page)).toContain('Paid')
  })

  it('is made by role and name alone, with a code', async () => {
    const page = await wall.newPage()
    await order(page, /Java/)
    await page.getByRole('button', { name: /^Pay IDR/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Pay Mistridge Tea' })
    await dialog.getByRole('radio', { name: 'Alfamart' }).check()
    await dialog.getByRole('textbox', { name: 'Full name' }).fill('Budi Santoso')
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('budi@example.com')
    await dialog.getByRole('button', { name: /PayCools/ }).click()
    await dialog.getByRole('timer').waitFor()
    expect(await dialog.getByRole('listitem').count()).toBeGreaterThan(2)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await dialog.waitFor({ state: 'hidden' })
  })
})

describe('the focus', () => {
  it('stays in the dialog while it is open, and goes back to the button', async () => {
    const page = await wall.newPage()
    await show(page, 'button')
    await page.getByRole('button', { name: 'Pay NT$300' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    const visited = new Set<string>()
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab')
      visited.add(await focused(page))
    }
    expect([...visited].some((name) => name.includes('Pay NT$300'))).toBe(false)
    expect([...visited].some((name) => name.includes('Close'))).toBe(true)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await focused(page)).toContain('Pay NT$300')
  })

  it.each(['submitting', 'limit', 'refused', 'paid', 'partial', 'code-store', 'unsure', 'settled'])(
    'is still in the dialog when what it stood on is gone: %s',
    async (state) => {
      const page = await wall.newPage()
      await show(page, state)
      const isInside = await page.evaluate(() => {
        const root = document.querySelector('pay-button')?.shadowRoot
        return root?.querySelector('dialog')?.contains(root.activeElement) ?? false
      })
      expect(isInside).toBe(true)
      await page.keyboard.press('Tab')
      expect(await focused(page)).not.toMatch(/^body/)
    },
  )
})

describe('a screen reader', () => {
  it('hears what is left to pay a code at three minutes, one, and half a minute', async () => {
    const page = await wall.newPage()
    await show(page, 'code-soon')
    const heard = () =>
      page
        .locator('pay-button-code [aria-live=polite]')
        .evaluate((element) => element.textContent?.trim())
    expect(await heard()).toBe('03:00 left to pay')
    await page.clock.setFixedTime('2026-11-21T08:01:50Z')
    await expect.poll(heard, { timeout: 5_000 }).toBe('01:00 left to pay')
    await page.clock.setFixedTime('2026-11-21T08:02:20Z')
    await expect.poll(heard, { timeout: 5_000 }).toBe('00:30 left to pay')
  })
})
