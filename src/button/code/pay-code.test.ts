import { expect } from 'chai'
import type { Payment } from '../../contract/payment.js'
import { expectNoViolations } from '../testing/accessible.js'
import { nextTask } from '../turns.js'
import { groupCode } from './group-code.js'
import { defineCode, type PayCode } from './pay-code.js'

defineCode()

const PAYMENT = {
  id: 'pay_1',
  order: 'A-1',
  channel: 'paycools:ALFAMART_VA',
  amount: { value: '50000', currency: 'IDR' },
  status: 'requires_action',
  version: 2,
  next: { type: 'code', code: '00012819', expiresAt: '2030-01-01T00:05:00Z' },
  createdAt: '2030-01-01T00:00:00Z',
  updatedAt: '2030-01-01T00:00:00Z',
  now: '2030-01-01T00:00:00Z',
} satisfies Payment

async function show(changes: object = {}, next: object = {}): Promise<PayCode> {
  const view = document.createElement('pay-button-code')
  Object.assign(view, {
    language: 'en',
    channel: { kind: 'convenience-store', label: 'Alfamart' },
    payment: { ...PAYMENT, next: { ...PAYMENT.next, ...next } },
    ...changes,
  })
  document.body.append(view)
  await view.updateComplete
  return view
}

const textOf = (view: PayCode) => view.renderRoot.textContent?.replace(/\s+/g, ' ') ?? ''
const part = (view: PayCode, name: string) =>
  view.renderRoot.querySelector<HTMLElement>(`[part=${name}]`) ?? expect.fail(`no ${name}`)

function withClipboard(writeText: (text: string) => Promise<void>): void {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
}

describe('groupCode', () => {
  for (const code of ['', '1', '0001', '00012819', '8558010100012839', '855801010001283']) {
    it(`loses nothing of ${code || 'nothing'}`, () => {
      expect(groupCode(code).join('')).to.equal(code)
      expect(groupCode(code).every((group) => group.length <= 4)).to.equal(true)
    })
  }
})

describe('pay-button-code', () => {
  afterEach(() => {
    document.body.replaceChildren()
    Reflect.deleteProperty(navigator, 'clipboard')
  })

  it('shows the code in groups that select as the whole', async () => {
    const view = await show()
    const code = part(view, 'code')
    expect([...code.querySelectorAll('span')].map((span) => span.textContent)).to.deep.equal([
      '0001',
      '2819',
    ])
  })

  it('copies the whole code, and says so only then', async () => {
    const copied: string[] = []
    withClipboard(async (text) => {
      copied.push(text)
    })
    const view = await show()
    expect(part(view, 'copy').textContent).to.contain('Copy')
    part(view, 'copy').click()
    await nextTask()
    await view.updateComplete
    expect(copied).to.deep.equal(['00012819'])
    expect(part(view, 'copy').textContent).to.contain('Copied')
  })

  it('marks the code where the browser copies nothing', async () => {
    withClipboard(() => Promise.reject(new Error('denied')))
    const view = await show()
    part(view, 'copy').click()
    await nextTask()
    await view.updateComplete
    expect(textOf(view)).to.contain('Could not copy')
    expect(part(view, 'copy').textContent).not.to.contain('Copied')
  })

  it('counts down by the server’s clock', async () => {
    const view = await show()
    expect(part(view, 'countdown').textContent).to.match(/0[45]:\d\d left to pay/)
  })

  it('without an expiry counts nothing', async () => {
    const view = await show({}, { expiresAt: null })
    expect(view.renderRoot.querySelector('[part=countdown]')).to.equal(null)
  })

  it('past its expiry says so, and that a payment still counts', async () => {
    const view = await show({}, { expiresAt: '2029-12-31T23:59:59Z' })
    expect(part(view, 'countdown').textContent).to.contain('The time to pay is over')
  })

  it('says how to pay at a counter, naming the biller', async () => {
    const text = textOf(await show({}, { biller: 'Toko Teh' }))
    expect(text).to.contain('Alfamart counter').and.to.contain('Toko Teh').and.to.contain('IDR')
  })

  it('says how to pay into a virtual account', async () => {
    const text = textOf(await show({ channel: { kind: 'virtual-account', label: 'BNI' } }))
    expect(text).to.contain('BNI virtual account')
  })

  it('says what holds for every code where the channel is not known', async () => {
    expect(textOf(await show({ channel: undefined }))).to.contain('Use this code where you pay.')
  })

  it('speaks Traditional Chinese', async () => {
    expect(textOf(await show({ language: 'zh-Hant-TW' }))).to.contain('繳費代碼')
  })

  it('prints the code on a page of its own', async () => {
    const sheet = document.implementation.createHTMLDocument()
    const opened = { document: sheet, addEventListener() {}, print: () => printed.push('sheet') }
    const printed: string[] = []
    const { open } = window
    window.open = () => opened as never
    const view = await show()
    view.renderRoot.querySelectorAll('button')[1]?.click()
    window.open = open
    expect(printed).to.deep.equal(['sheet'])
    expect(sheet.body.textContent).to.contain('0001 2819').and.to.contain('Alfamart')
  })

  it('takes the words of the page', async () => {
    const strings = { copy: 'Kopieren', 'steps.convenience-store.1': 'To {place}, now!' }
    const text = textOf(await show({ strings }))
    expect(text).to.contain('Kopieren').and.to.contain('To Alfamart, now!')
    expect(text).to.contain('Print')
  })

  it('has no fault that axe finds', async () => {
    await expectNoViolations(await show())
  })
})
