import { sendKeys, setViewport } from '@web/test-runner-commands'
import { expect } from 'chai'
import type { PayButton } from '../index.js'
import {
  choose,
  expectAccessible,
  part,
  settled,
  TestPage,
  typeInto,
  until,
} from '../testing/page.js'
import { NET_BANKING, offer, STORE } from '../testing/payment.js'

let page: TestPage
beforeEach(() => {
  page = new TestPage()
})
afterEach(() => {
  page.close()
})

async function opened(patch: Partial<PayButton> = {}): Promise<PayButton> {
  page.proxy.offer = offer({ channels: [NET_BANKING] })
  const button = await page.addReady(patch)
  button.open()
  await until(() => part(button, 'fieldset[aria-describedby]'))
  return button
}

const input = (button: PayButton, name: string) =>
  part<HTMLInputElement>(button, `[name="${name}"]`)
const values = (button: PayButton) =>
  [...button.renderRoot.querySelectorAll<HTMLInputElement>('fieldset[aria-describedby] input')].map(
    ({ value }) => value,
  )
const bankOf = (button: PayButton, index = 0) =>
  button.renderRoot.querySelectorAll<HTMLSelectElement>('fieldset[aria-describedby] select')[index]
const focused = (button: PayButton) => button.shadowRoot?.activeElement?.getAttribute('name')
const news = (button: PayButton) => part(button, 'form > [role=status]')?.textContent
const faults = (button: PayButton) =>
  [...button.renderRoot.querySelectorAll('[part=fault]')].map(({ textContent }) =>
    textContent?.trim(),
  )

function paste(button: PayButton, name: string, text: string): void {
  const clipboardData = new DataTransfer()
  const pasted = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
  // Firefox makes an event with a clipboard of its own.
  pasted.clipboardData?.setData('text', text)
  input(button, name)?.dispatchEvent(pasted)
}

describe('a bank account', function () {
  // The first one loads axe.
  this.timeout(10_000)

  it('is asked in a fieldset of its own, and is said to be the only kind that may pay', async () => {
    const button = await opened()
    const fieldset = part(button, 'fieldset[aria-describedby]')
    expect(fieldset?.querySelector('legend')?.textContent).to.equal('Bank account 1')
    const hint = part(button, `#${fieldset?.getAttribute('aria-describedby')}`)
    expect(hint?.textContent).to.equal(
      'Transfer only from an account that you list here: Vexora sends money from any other account back.',
    )
    const account = input(button, 'bankAccounts.0')
    expect([account?.inputMode, account?.autocomplete, account?.type]).to.deep.equal([
      'numeric',
      'off',
      'text',
    ])
    await expectAccessible(button)
  })

  it('has its bank by code or by name, each showing the other', async () => {
    const button = await opened()
    typeInto(button, 'bankAccounts.0.code', '８０８')
    await button.updateComplete
    expect(input(button, 'bankAccounts.0.code')?.value).to.equal('808')
    expect(bankOf(button)?.selectedOptions[0]?.textContent?.trim()).to.equal('808 玉山商業銀行')

    const bank = bankOf(button)
    if (bank) bank.value = '004'
    bank?.dispatchEvent(new Event('change', { bubbles: true }))
    await button.updateComplete
    expect(input(button, 'bankAccounts.0.code')?.value).to.equal('004')

    typeInto(button, 'bankAccounts.0.code', '999')
    await button.updateComplete
    expect(bankOf(button)?.value).to.equal('')
    typeInto(button, 'bankAccounts.0', '0358988888888')
    await button.updateComplete
    expect(faults(button)).to.deep.equal([])
  })

  for (const name of ['bankAccounts.0', 'bankAccounts.0.code']) {
    it(`pasted whole into ${name} fills both inputs, and says so`, async () => {
      const button = await opened()
      paste(button, name, '玉山銀行（８０８） 0358–9888–88888')
      await button.updateComplete
      expect(values(button)).to.deep.equal(['808', '0358988888888'])
      expect(bankOf(button)?.value).to.equal('808')
      expect(news(button)).to.equal('Bank code and account number are filled in.')
    })
  }

  it('leaves a paste that is only a number to the browser', async () => {
    const button = await opened()
    let isLeft = false
    button.renderRoot.addEventListener('paste', (event) => {
      isLeft = !event.defaultPrevented
    })
    paste(button, 'bankAccounts.0', '0358988888888')
    expect(isLeft).to.equal(true)
    expect(values(button)).to.deep.equal(['', ''])
  })

  it('does not move the caret while it is typed in the middle', async () => {
    const button = await opened()
    const account = input(button, 'bankAccounts.0')
    account?.focus()
    await sendKeys({ type: '0358 888' })
    account?.setSelectionRange(2, 2)
    await sendKeys({ type: '９-9' })
    await button.updateComplete
    expect(account?.value).to.equal('03９-958 888')
    expect(account?.selectionStart).to.equal(5)
  })

  it('shows its faults when all of it is left, not on the way between its inputs', async () => {
    const button = await opened()
    input(button, 'bankAccounts.0.code')?.focus()
    await sendKeys({ type: '80' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ type: '12' })
    expect(faults(button)).to.deep.equal([])
    await sendKeys({ press: 'Tab' })
    await button.updateComplete
    expect(faults(button)).to.deep.equal([
      'Enter the bank’s three digits, or choose the bank.',
      'Enter the account number: 6 to 16 digits, with the zeros in front.',
    ])
    await expectAccessible(button)
    typeInto(button, 'bankAccounts.0.code', '808')
    await button.updateComplete
    expect(faults(button)).to.have.length(1)
  })

  it('shows nothing while the payer is away in another window to copy from', async () => {
    const button = await opened()
    const code = input(button, 'bankAccounts.0.code')
    code?.focus()
    await sendKeys({ type: '808' })
    // What a browser sends when its window is left: the input is still the active one.
    code?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    await button.updateComplete
    expect(faults(button)).to.deep.equal([])
  })

  it('gets the faults that the proxy found', async () => {
    page.proxy.answer = ({ method }) =>
      method === 'POST'
        ? new Response(
            JSON.stringify({
              status: 422,
              code: 'payer-fields-invalid',
              fields: { 'bankAccounts.1': 'format' },
            }),
            { status: 422, headers: { 'content-type': 'application/problem+json' } },
          )
        : undefined
    const button = await opened()
    for (const [name, text] of Object.entries({
      firstName: '小明',
      lastName: '王',
      mobile: '0912345678',
      email: 'wang@example.com',
      'bankAccounts.0': '808-0358988888888',
    })) {
      typeInto(button, name, text)
    }
    choose(button, 'Add another account')
    await settled(button)
    typeInto(button, 'bankAccounts.1', '013-0458988888888')
    await button.updateComplete
    part(button, '[part=submit]')?.click()
    await until(() => faults(button).length)
    expect(faults(button)).to.deep.equal([
      'Enter the account number: 6 to 16 digits, with the zeros in front.',
    ])
    expect(focused(button)).to.equal('bankAccounts.1')
    typeInto(button, 'bankAccounts.1', '0458988888889')
    await button.updateComplete
    expect(faults(button)).to.deep.equal([])
  })
})

describe('bank accounts', () => {
  it('are added and removed with the focus where the payer goes on', async () => {
    const button = await opened()
    expect(() => choose(button, 'Remove')).to.throw()
    typeInto(button, 'bankAccounts.0', '808-0358988888888')
    for (let number = 2; number <= 5; number += 1) {
      choose(button, 'Add another account')
      await settled(button)
      expect(focused(button)).to.equal(`bankAccounts.${number - 1}.code`)
    }
    expect(() => choose(button, 'Add another account')).to.throw()
    typeInto(button, 'bankAccounts.4', '013-0458988888888')
    await expectAccessible(button)

    choose(button, 'Remove bank account 2')
    await settled(button)
    expect(news(button)).to.equal('Bank account 2 was removed.')
    expect(focused(button)).to.equal('bankAccounts.1.code')
    expect(values(button).filter(Boolean)).to.deep.equal([
      '808',
      '0358988888888',
      '013',
      '0458988888888',
    ])
    choose(button, 'Remove bank account 4')
    await settled(button)
    expect(focused(button)).to.equal('bankAccounts.2.code')
  })

  it('are kept over a change of channel and a closed dialog', async () => {
    page.proxy.offer = offer({ channels: [NET_BANKING, STORE] })
    const button = await page.addReady()
    button.open()
    await settled(button)
    const pick = (index: number) =>
      button.renderRoot.querySelectorAll<HTMLInputElement>('[name=channel]')[index]?.click()
    pick(0)
    await until(() => part(button, 'fieldset[aria-describedby]'))
    typeInto(button, 'bankAccounts.0', '808-0358')
    pick(1)
    await button.updateComplete
    expect(part(button, 'fieldset[aria-describedby]')).to.equal(null)
    button.close()
    button.open()
    pick(0)
    await settled(button)
    expect(values(button).join('')).to.contain('0358')
    expect(JSON.stringify([{ ...sessionStorage }, { ...localStorage }])).not.to.contain('0358')
  })

  it('can be listed by keyboard alone', async () => {
    const button = await opened()
    input(button, 'bankAccounts.0.code')?.focus()
    await sendKeys({ type: '808' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ type: '0358988888888' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Enter' })
    await settled(button)
    await sendKeys({ type: '013' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ type: '0458988888888' })
    await button.updateComplete
    expect(values(button)).to.deep.equal(['808', '0358988888888', '013', '0458988888888'])
  })

  for (const width of [320, 1280]) {
    it(`have targets of 44 px, and nothing beside the dialog, at ${width} px`, async function () {
      await setViewport({ width, height: 800 })
      // WebKitGTK's window is never narrower than its own bar.
      if (innerWidth > width) {
        await setViewport({ width: 800, height: 600 })
        this.skip()
      }
      const button = await opened({ lang: 'id' })
      choose(button, 'Tambah rekening')
      await settled(button)
      const targets = button.renderRoot.querySelectorAll(
        'fieldset[aria-describedby] :is(input, select, button)',
      )
      expect(targets.length).to.equal(8)
      for (const target of targets) {
        expect(target.getBoundingClientRect().height).to.be.at.least(44)
      }
      const dialog = part(button, 'dialog')
      expect(dialog?.scrollWidth).to.equal(dialog?.clientWidth)
      await expectAccessible(button)
      await setViewport({ width: 800, height: 600 })
    })
  }
})
