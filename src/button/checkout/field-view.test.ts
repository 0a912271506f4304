import { sendKeys, sendMouse } from '@web/test-runner-commands'
import { expect } from 'chai'
import type { Channel } from '../../contract/offer.js'
import type { PayButton } from '../index.js'
import { part, settled, status, TestPage, typeInto, until } from '../testing/page.js'
import { NET_BANKING, offer, STORE } from '../testing/payment.js'

let page: TestPage
beforeEach(() => {
  page = new TestPage()
})
afterEach(() => {
  page.close()
})

async function opened(channels: Channel[], patch: Partial<PayButton> = {}): Promise<PayButton> {
  page.proxy.offer = offer({ channels })
  const button = await page.addReady(patch)
  button.open()
  await settled(button)
  await until(() => !part(button, '.loading'))
  return button
}

const input = (button: PayButton, name: string) =>
  part<HTMLInputElement>(button, `[name="${name}"]`)
const news = (button: PayButton) => part(button, 'form > [role=status]')?.textContent
const faults = (button: PayButton) =>
  [...button.renderRoot.querySelectorAll('[part=fault]')].map(({ textContent }) =>
    textContent?.trim(),
  )

describe('a field', () => {
  for (const [name, type, autocomplete] of [
    ['firstName', 'text', 'given-name'],
    ['lastName', 'text', 'family-name'],
    ['mobile', 'tel', 'tel'],
    ['email', 'email', 'email'],
    ['postcode', 'text', 'postal-code'],
    ['address', 'text', 'street-address'],
  ] as const) {
    it(`asks for ${name} by the right keyboard, and lets the browser fill it in`, async () => {
      const button = await opened([STORE])
      const field = input(button, name)
      expect([field?.type, field?.inputMode, field?.autocomplete]).to.deep.equal([
        type,
        type,
        autocomplete,
      ])
      expect([field?.spellcheck, field?.getAttribute('autocorrect')]).to.deep.equal([false, 'off'])
      expect(field?.getAttribute('enterkeyhint')).to.equal(name === 'address' ? 'go' : 'next')
    })
  }

  it('is tidied when it is left, and not touched while it is typed', async () => {
    const button = await opened([STORE])
    input(button, 'mobile')?.focus()
    await sendKeys({ type: '+886 912-345 67' })
    input(button, 'mobile')?.setSelectionRange(5, 5)
    await sendKeys({ type: '９' })
    await button.updateComplete
    expect(input(button, 'mobile')?.value).to.equal('+886 ９912-345 67')
    expect(input(button, 'mobile')?.selectionStart).to.equal(6)
    await sendKeys({ press: 'Backspace' })
    await sendKeys({ press: 'End' })
    await sendKeys({ type: '8' })
    await sendKeys({ press: 'Tab' })
    await button.updateComplete
    expect(input(button, 'mobile')?.value).to.equal('0912345678')
  })

  it('tells a screen reader once what is wrong where it was left', async () => {
    const button = await opened([STORE])
    typeInto(button, 'mobile', '12')
    await button.updateComplete
    expect(news(button)).to.equal('Mobile phone: Enter a phone number such as 0912345678.')
    typeInto(button, 'email', 'wang@example.com')
    await button.updateComplete
    expect(news(button)).to.equal('')
  })

  it('says nothing while the payer is away in another window', async () => {
    const button = await opened([STORE])
    input(button, 'mobile')?.focus()
    await sendKeys({ type: '12' })
    // What a browser sends when its window is left: the input is still the active one.
    input(button, 'mobile')?.dispatchEvent(new FocusEvent('blur'))
    await button.updateComplete
    expect(faults(button)).to.deep.equal([])
  })

  it('does not push the button away that is being pressed', async () => {
    const button = await opened([NET_BANKING])
    const mobile = input(button, 'mobile')
    mobile?.focus()
    await sendKeys({ type: '12' })
    const submit = part(button, '[part=submit]')
    submit?.scrollIntoView()
    const { x = 0, y = 0, width = 0, height = 0 } = submit?.getBoundingClientRect() ?? {}
    let presses = 0
    submit?.addEventListener('click', () => {
      presses += 1
    })
    await sendMouse({
      type: 'move',
      position: [Math.round(x + width / 2), Math.round(y + height / 2)],
    })
    await sendMouse({ type: 'down' })
    await button.updateComplete
    expect(faults(button)).to.deep.equal([])
    await sendMouse({ type: 'up' })
    await until(() => faults(button).length)
    expect(presses).to.equal(1)
    expect(news(button)).to.equal('Please check the marked fields.')
  })

  it('takes names in any script', async () => {
    const button = await opened([STORE])
    const names = { firstName: '𡈽', lastName: 'Nguye\u0302\u0303n', address: '葛󠄀飾區１－２' }
    for (const [name, text] of Object.entries(names)) typeInto(button, name, text)
    await button.updateComplete
    expect(faults(button)).to.deep.equal([])
    expect(input(button, 'lastName')?.value).to.equal('Nguye\u0302\u0303n')
    expect(input(button, 'address')?.value).to.equal('葛󠄀飾區1-2')
  })

  it('keeps what was typed over a failed request and a closed dialog, and in no storage', async () => {
    const button = await opened([{ ...STORE, ways: [] }])
    for (const [name, text] of Object.entries({
      firstName: '小明',
      lastName: '王',
      mobile: '0912345678',
      email: 'wang@example.com',
      postcode: '110',
      address: '信義路',
    })) {
      typeInto(button, name, text)
    }
    page.proxy.answer = ({ method }) =>
      method === 'POST' ? new Response('{}', { status: 404 }) : undefined
    await button.updateComplete
    part(button, '[part=submit]')?.click()
    await until(() => page.heard('pay-error').length || undefined)
    await settled(button)
    expect(status(button)).to.match(/\S/)
    expect(input(button, 'email')?.value).to.equal('wang@example.com')
    button.close()
    button.open()
    await settled(button)
    expect(input(button, 'address')?.value).to.equal('信義路')
    expect(JSON.stringify([{ ...sessionStorage }, { ...localStorage }])).not.to.contain('wang@')
  })

  for (const lang of ['zh-TW', 'zh-HK', 'zh-CN']) {
    it(`asks for the family name first in ${lang}`, async () => {
      const button = await opened([STORE], { lang })
      const names = [...button.renderRoot.querySelectorAll<HTMLInputElement>('input[part=input]')]
      expect(names.map(({ name }) => name).slice(0, 2)).to.deep.equal(['lastName', 'firstName'])
    })
  }
})
