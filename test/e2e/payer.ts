import type { Page } from 'playwright-core'

/** What a payer does, by what is written on the screen. Clicks are a person's: trusted. */

export const PERSON = {
  'First name': '小明',
  'Last name': '王',
  'Mobile phone': '+886 912-345-678',
  'E-mail': 'wang@example.com',
}

export const CHANNELS = {
  NET_BANKING: {
    name: 'Bank transfer',
    answers: { ...PERSON, 'Account 1': '808-0358988888888', 'Account 2': '０１３－0458988888888' },
  },
  STORE: {
    name: 'Convenience store',
    answers: { ...PERSON, Postcode: '110', Address: '台北市信義路五段7號' },
  },
  EWALLET: { name: 'E-wallet', answers: PERSON },
} as const

export type ChannelCode = keyof typeof CHANNELS

/** Opens the checkout and fills in what the channel asks. */
export async function fillIn(page: Page, code: ChannelCode): Promise<void> {
  const { name, answers } = CHANNELS[code]
  await page.getByRole('button', { name: 'Pay NT$300' }).click()
  await page.getByRole('radio', { name }).check()
  if ('Account 2' in answers)
    await page.getByRole('button', { name: 'Add another account' }).click()
  await answer(page, answers)
}

export async function answer(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(answers)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  }
}

/** Presses on, to the cashier in its window. */
export async function toCashier(page: Page, press = pressOn): Promise<Page> {
  const [cashier] = await Promise.all([page.waitForEvent('popup'), press(page)])
  await cashier.getByRole('button', { name: 'Approve payment' }).waitFor()
  return cashier
}

export async function pressOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Continue to / }).click()
}

/** Presses a button of the cashier, which sends the payer back: its window closes by itself. */
export async function answerCashier(cashier: Page, action: string): Promise<void> {
  const closed = cashier.waitForEvent('close')
  await cashier.getByRole('button', { name: action }).click()
  await closed
}
