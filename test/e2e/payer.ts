import { exactly, type Query } from '../browsers/find.js'
import { type Page, until } from '../browsers/page.js'

/** What a payer does, by what is written on the screen. Clicks are a person's: trusted. */

export const PERSON = {
  'First name': '小明',
  'Last name': '王',
  'Mobile phone': '+886 912-345-678',
  'E-mail': 'wang@example.com',
}

interface ChannelAnswers {
  name: string
  answers: Readonly<Record<string, string>>
  accounts?: readonly string[]
}

export const CHANNELS = {
  NET_BANKING: {
    name: 'Bank transfer',
    answers: PERSON,
    accounts: ['808-0358988888888', '０１３－0458988888888'],
  },
  STORE: {
    name: 'Convenience store',
    answers: { ...PERSON, Postcode: '110', Address: '台北市信義路五段7號' },
  },
  EWALLET: { name: 'E-wallet', answers: PERSON },
} as const

export type ChannelCode = keyof typeof CHANNELS

/** The tea that is paid for in one press, for nothing is asked. */
export const ONE_PRESS = { tea: 'Ripe Pu’er, pressed', label: 'Pay HK$188' }

/** The button while it waits for the payment; a press shows what can be done. */
export const WAITING = { role: 'button', name: 'Waiting for your payment…' } as const
export const OPEN_AGAIN = { role: 'button', name: 'Open the payment page again' } as const
export const CONTINUE = { role: 'button', name: /^Continue to / } as const
export const PAY_BUTTON = { selector: 'pay-button' } as const

/** Opens the checkout and fills in what the channel asks. */
export async function fillIn(page: Page, code: ChannelCode): Promise<void> {
  const { name, answers, accounts = [] }: ChannelAnswers = CHANNELS[code]
  await page.click({ role: 'button', name: 'Pay NT$300' })
  await page.click({ role: 'radio', name })
  await answer(page, answers)
  for (const [index, account] of accounts.entries()) {
    if (index > 0) await page.click({ role: 'button', name: 'Add another account' })
    await page.fill(accountNumber(index + 1), account)
  }
}

/** The number of a bank account: every one has a fieldset with the same inputs. */
export function accountNumber(account: number): Query {
  return { selector: `[name="bankAccounts.${account - 1}"]` }
}

export async function answer(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(answers)) {
    await page.fill({ role: 'textbox', name: exactly(label) }, text)
  }
}

/** Presses on, to the cashier in its window. */
export async function toCashier(page: Page, press = pressOn): Promise<Page> {
  const cashier = await page.opens(() => press(page))
  await cashier.sees({ role: 'button', name: 'Approve payment' })
  return cashier
}

export async function pressOn(page: Page): Promise<void> {
  await page.click(CONTINUE)
}

/** Presses a button of the cashier, which sends the payer back: its window closes by itself. */
export async function answerCashier(cashier: Page, action: string): Promise<void> {
  await cashier.click({ role: 'button', name: action })
  await cashier.closes()
}

/** Presses the one-press order's button once nothing is left to ask. */
export async function pressOnce(page: Page, times = 1): Promise<void> {
  // Out of sight it loads nothing.
  await until('the offer', () =>
    page.evaluate(() => {
      const button = document.querySelector('pay-button')
      button?.scrollIntoView()
      return Boolean(button && Reflect.get(button, 'offer'))
    }),
  )
  await page.click({ role: 'button', name: ONE_PRESS.label }, times)
}

/** As `pressOnce`, by a payer who is faster than the page and then has to confirm. */
export async function pressThrough(page: Page): Promise<void> {
  await page.click({ role: 'button', name: /^Pay/ })
  await until('a payment or a question', async () => {
    if ((await page.texts(CONTINUE)).length > 0) await pressOn(page)
    return ['submitting', 'waiting'].includes(String(await stateOf(page)))
  })
}

/** As `pressOnce`, to the cashier in its window. */
export function payInOnePress(page: Page): Promise<Page> {
  return toCashier(page, () => pressOnce(page))
}

export async function isInState(page: Page, state: string | null): Promise<void> {
  await until(`state ${state}`, async () => (await stateOf(page)) === state)
}

export async function stateOf(page: Page): Promise<string | null | undefined> {
  return page.attribute(PAY_BUTTON, 'state')
}
