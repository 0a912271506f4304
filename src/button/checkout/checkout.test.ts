import { expect } from 'chai'
import type { Channel } from '../../contract/offer.js'
import { PROBLEMS } from '../../contract/problem.js'
import { formatTime } from '../format-time.js'
import type { PayButton } from '../index.js'
import { problem } from '../testing/fake-proxy.js'
import {
  buttons,
  choose,
  details,
  expectAccessible,
  part,
  settled,
  status,
  TestPage,
  typeInto,
  until,
} from '../testing/page.js'
import { EWALLET, NET_BANKING, offer, STORE } from '../testing/payment.js'

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

async function chooseChannel(button: PayButton, index: number): Promise<void> {
  button.renderRoot.querySelectorAll<HTMLInputElement>('[name=channel]')[index]?.click()
  await button.updateComplete
  await until(() => !part(button, '.loading'))
}

const submit = (button: PayButton) => part(button, '[part=submit]')?.click()
const names = (button: PayButton) =>
  [...button.renderRoot.querySelectorAll<HTMLInputElement>('input[part=input]')].map(
    ({ name }) => name,
  )
const texts = (button: PayButton, selector: string) =>
  [...button.renderRoot.querySelectorAll(selector)].map(({ textContent }) =>
    textContent?.replace(/\s+/g, ' ').trim(),
  )
const faults = (button: PayButton) =>
  Object.fromEntries(
    [...button.renderRoot.querySelectorAll<HTMLInputElement>('[aria-invalid]')].map((input) => [
      input.name,
      part(
        button,
        `#${CSS.escape(input.getAttribute('aria-describedby')?.split(' ')[0] ?? '')}`,
      )?.textContent?.trim(),
    ]),
  )

function answerAll(button: PayButton): void {
  const answers: Record<string, string> = {
    firstName: '小明',
    lastName: '王',
    mobile: '+886 912-345-678',
    email: 'wang@example.com',
    'bankAccounts.0.code': '808',
    'bankAccounts.0': '0358988888888',
  }
  for (const name of names(button)) typeInto(button, name, answers[name] ?? '')
}

describe('the form', () => {
  it('tells who is paid, how much and for what, and where the button leads', async () => {
    const button = await opened([STORE])
    expect(texts(button, 'h2, [part=amount], [part=header] .muted')).to.deep.equal([
      'Pay Tea House',
      'NT$300',
      'Alishan oolong, 150 g',
    ])
    expect(texts(button, '[part=submit]')).to.deep.equal([
      'Continue to Vexora – NT$300 (opens a new window)',
    ])
    await expectAccessible(button)
  })

  it('is plain about test money', async () => {
    page.proxy.offer = offer({ test: true, channels: [STORE] })
    const button = await page.addReady()
    button.open()
    await button.updateComplete
    expect(part(button, 'dialog')?.textContent).to.contain('Test mode: no real money moves.')
  })

  it('says nothing of a window where it leads away in this tab', async () => {
    const button = await opened([STORE], { presentation: 'redirect' })
    expect(texts(button, '[part=submit]')).to.deep.equal(['Continue to Vexora – NT$300'])
  })

  it('lets the payer choose among channels, none of them chosen yet', async () => {
    const button = await opened([NET_BANKING, STORE, EWALLET])
    expect(texts(button, '[part=channel]')).to.deep.equal([
      'Bank transfer Vexora',
      'Convenience store Vexora',
      'E-wallet Vexora',
    ])
    expect(part(button, '[name=channel]:checked')).to.equal(null)
    expect(part(button, '[part=submit]')).to.equal(null)
    await chooseChannel(button, 0)
    expect(names(button)).to.deep.equal([
      'firstName',
      'lastName',
      'mobile',
      'email',
      'bankAccounts.0.code',
      'bankAccounts.0',
    ])
    await expectAccessible(button)
  })

  it('offers only the channel that the page wants', async () => {
    const button = await opened([NET_BANKING, STORE], { channel: STORE.id })
    expect(texts(button, 'p[part=channel]')).to.deep.equal(['Convenience store'])
    button.channel = 'no-such:CHANNEL'
    await button.updateComplete
    await until(() => status(button) === 'There is no way to pay NT$300 here at the moment.')
  })

  it('names a channel by its proper noun, and by its operator where it has no words for it', async () => {
    const button = await opened([
      { ...EWALLET, kind: 'virtual-account', label: 'BNI' },
      { ...EWALLET, id: 'new:KIND', kind: 'barter' },
    ])
    expect(texts(button, '[part=channel] span:first-of-type')).to.deep.equal([
      'BNI – Bank virtual account',
      'Vexora',
    ])
  })

  it('keeps what was typed when the channel changes', async () => {
    const button = await opened([NET_BANKING, STORE])
    await chooseChannel(button, 0)
    typeInto(button, 'email', 'wang@example.com')
    await chooseChannel(button, 1)
    expect(part<HTMLInputElement>(button, '[name=email]')?.value).to.equal('wang@example.com')
  })

  it('asks for the family name first where the language does', async () => {
    const button = await opened([NET_BANKING], { lang: 'zh-TW' })
    expect(names(button).slice(0, 2)).to.deep.equal(['lastName', 'firstName'])
    expect(texts(button, 'label').slice(0, 2)).to.deep.equal(['姓氏', '名字'])
  })

  it('helps to fill it in', async () => {
    const button = await opened([NET_BANKING])
    const mobile = part<HTMLInputElement>(button, '[name=mobile]')
    expect([mobile?.type, mobile?.inputMode, mobile?.autocomplete]).to.deep.equal([
      'tel',
      'tel',
      'tel',
    ])
    const dialog = part(button, 'dialog')?.textContent
    expect(dialog).to.contain('sends money from any other account back')
    const hint = mobile?.getAttribute('aria-describedby') ?? 'none'
    expect(part(button, `#${hint}`)?.textContent).to.contain('of the person who really pays')
  })

  it('says of a field that may stay empty that it may', async () => {
    const [firstName, ...others] = STORE.fields
    const button = await opened([
      { ...STORE, fields: firstName ? [{ ...firstName, required: false }, ...others] : [] },
    ])
    expect(texts(button, '[part=field] label')[0]).to.equal('First name (optional)')
  })

  it('shows a fault when its field is left, not while it is typed', async () => {
    const button = await opened([NET_BANKING])
    const input = part<HTMLInputElement>(button, '[name=mobile]')
    input?.focus()
    if (input) input.value = '12'
    input?.dispatchEvent(new InputEvent('input'))
    await button.updateComplete
    expect(faults(button)).to.deep.equal({})
    input?.blur()
    await button.updateComplete
    expect(faults(button)).to.deep.equal({ mobile: 'Enter a phone number such as 0912345678.' })
  })

  it('shows all faults when it is sent, and goes to the first', async () => {
    const button = await opened([NET_BANKING])
    typeInto(button, 'firstName', '小明')
    typeInto(button, 'email', 'wang')
    submit(button)
    await settled(button)
    expect(faults(button)).to.deep.equal({
      lastName: 'Please fill this in. If you have only one name, repeat it.',
      mobile: 'Please fill this in.',
      email: 'Enter an e-mail address such as name@example.com.',
      'bankAccounts.0.code': 'Enter the bank’s three digits, or choose the bank.',
      'bankAccounts.0': 'Enter the account number: 6 to 16 digits, with the zeros in front.',
    })
    expect(button.shadowRoot?.activeElement?.getAttribute('name')).to.equal('lastName')
    expect(page.windows.opened).to.deep.equal([])
    await expectAccessible(button)
  })

  it('sends what was typed, tidied', async () => {
    const button = await opened([NET_BANKING])
    answerAll(button)
    await button.updateComplete
    submit(button)
    expect(page.windows.opened).to.have.length(1)
    await until(() => button.state === 'waiting')
    const [post] = page.proxy.askedFor('POST', 'payments')
    expect(post?.body?.payer).to.deep.equal({
      firstName: '小明',
      lastName: '王',
      mobile: '0912345678',
      email: 'wang@example.com',
      bankAccounts: ['808-0358988888888'],
    })
    expect(post?.body?.way).to.equal('BANK_TRANSFER')
  })

  it('lets the payer choose a way where a channel has several', async () => {
    const button = await opened([STORE])
    expect(texts(button, 'fieldset legend')).to.deep.equal(['Where would you like to pay?'])
    for (const name of names(button)) {
      typeInto(button, name, { email: 'a@b.co', mobile: '0912345678' }[name] ?? '110')
    }
    expect(part<HTMLInputElement>(button, '[name=way]:checked')?.value).to.equal('711')
    button.renderRoot.querySelectorAll<HTMLInputElement>('[name=way]')[1]?.click()
    await button.updateComplete
    submit(button)
    await until(() => button.state === 'waiting')
    expect(page.proxy.askedFor('POST', 'payments')[0]?.body?.way).to.equal('FAMI')
  })
})

describe('while it waits', () => {
  it('names the payment window, and opens it again', async () => {
    const button = await opened([EWALLET])
    await until(() => button.state === 'waiting')
    button.open()
    await button.updateComplete
    expect(status(button)).to.equal(
      'Finish paying in the window of Vexora (cashier.example). This page notices when you have paid.',
    )
    await expectAccessible(button)
    choose(button, 'Open the payment page again')
    expect(page.windows.opened.map(({ url }) => url)).to.deep.equal([
      'https://cashier.example/1',
      'https://cashier.example/1',
    ])
  })

  it('has a link where the window was blocked', async () => {
    page.windows.isBlocked = true
    const button = await opened([EWALLET])
    const link = await until(() => part<HTMLAnchorElement>(button, 'dialog a'))
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://cashier.example/1',
      '_blank',
      'noopener',
    ])
    expect(texts(button, 'dialog a')).to.deep.equal([
      'Open Vexora opens a new window',
      'Open in this tab',
    ])
    expect(part<HTMLDialogElement>(button, 'dialog')?.open).to.equal(true)
    await expectAccessible(button)
    link.addEventListener('click', (event) => event.preventDefault())
    link.click()
    await button.updateComplete
    expect(part(button, 'dialog a')).to.equal(null)
  })

  it('has a link where the window can not be steered, and closes it', async () => {
    page.windows.isUnsteerable = true
    const button = await opened([EWALLET])
    await until(() => part(button, 'dialog a'))
    expect(page.windows.last?.closed).to.equal(true)
  })

  it('has a link where the payer closed the blank window', async () => {
    page.root.addEventListener('pay-submit', () => {
      queueMicrotask(() => page.windows.last?.close())
    })
    const button = await opened([EWALLET])
    await until(() => part(button, 'dialog a'))
    expect(page.windows.last?.url).to.equal(undefined)
  })

  it('shows a payment code, and opens no window', async () => {
    page.proxy.made = {
      next: { type: 'code', code: '880812345678', expiresAt: '2026-11-22T08:00:00Z' },
    }
    const button = await opened([{ ...EWALLET, flow: 'code' }])
    submit(button)
    await until(() => part(button, 'pay-button-code'))
    expect(part(button, 'dialog')?.textContent).to.contain('880812345678')
    expect(page.windows.opened).to.deep.equal([])
    await expectAccessible(button)
  })

  it('says so where the payment is prepared', async () => {
    page.proxy.made = { status: 'processing', next: null }
    const button = await opened([EWALLET])
    await until(() => button.state === 'waiting')
    button.open()
    await button.updateComplete
    expect(status(button)).to.equal('Preparing your payment…')
    expect(() => choose(button, 'Pay another way')).to.throw()
  })

  const HELD = ['Do not pay again. The shop has been told.', 'If you need help, contact the shop.']
  for (const [what, patch, sentence, more, offered] of [
    [
      'has an unknown outcome',
      { status: 'processing', reason: 'unknown-outcome' },
      'We can’t confirm this payment yet. Do not pay again.',
      [
        'If you have paid, the shop is told as soon as that is certain.',
        'This page keeps asking. You can also come back later.',
      ],
      ['Stop waiting'],
    ],
    [
      'is under review',
      { status: 'needs_review', reason: 'number-mismatch' },
      'Your payment is being checked.',
      HELD,
      ['Close'],
    ],
    [
      'was paid in part',
      { status: 'needs_review', reason: 'partial', received: { value: '100', currency: 'TWD' } },
      'NT$100 of NT$300 has arrived.',
      [HELD[0], 'Ask the shop how to pay the rest.'],
      ['Close'],
    ],
    [
      'came with another amount',
      {
        status: 'needs_review',
        reason: 'amount-mismatch',
        received: { value: '30', currency: 'TWD' },
      },
      'NT$30 has arrived instead of NT$300.',
      HELD,
      ['Close'],
    ],
  ] as const) {
    it(`says so where the payment ${what}`, async () => {
      page.proxy.made = { ...patch, next: null }
      const button = await opened([EWALLET])
      await until(() => button.state === 'waiting')
      button.open()
      await until(() => status(button) === sentence)
      expect(details(button)).to.deep.equal(more)
      expect(buttons(button)).to.deep.equal(offered)
      await expectAccessible(button)
    })
  }
})

describe('an ending', () => {
  const LATE =
    'No money has arrived. If you have paid all the same, do not pay again: the shop is told as soon as it arrives.'
  const OTHERWISE = 'Otherwise you can try again, or choose another way to pay.'
  const CHOOSE = 'You can try again, or choose another way to pay.'
  for (const [patch, sentence, more] of [
    [{ status: 'failed' }, 'The payment did not go through.', [LATE, OTHERWISE]],
    [{ status: 'failed', reason: 'refused' }, 'The payment was refused.', [LATE, OTHERWISE]],
    [
      { status: 'failed', reason: 'unreachable' },
      'The payment could not be started.',
      ['Nothing was charged.', CHOOSE],
    ],
    [{ status: 'expired' }, 'The time to pay is over.', [LATE, OTHERWISE]],
    [{ status: 'canceled' }, 'The payment was canceled.', [LATE, OTHERWISE]],
  ] as const) {
    it(`says "${sentence}" and leads back to the form`, async () => {
      page.proxy.made = { ...patch, next: null }
      const button = await opened([NET_BANKING])
      answerAll(button)
      await button.updateComplete
      submit(button)
      await until(() => status(button) === sentence)
      expect(details(button)).to.deep.equal(more)
      expect(buttons(button)).to.deep.equal(['Try again', 'Close'])
      await expectAccessible(button)
      choose(button, 'Try again')
      await button.updateComplete
      expect(part<HTMLInputElement>(button, '[name=email]')?.value).to.equal('wang@example.com')
    })
  }

  it('leads to the other ways to pay where one was refused', async () => {
    page.proxy.made = { status: 'failed', reason: 'refused', next: null }
    const button = await opened([EWALLET, STORE])
    await chooseChannel(button, 0)
    submit(button)
    await until(() => status(button) === 'The payment was refused.')
    choose(button, 'Pay another way')
    await button.updateComplete
    expect(button.renderRoot.querySelectorAll('[name=channel]')).to.have.length(2)
  })

  it('says so where the order was paid twice', async () => {
    page.proxy.made = { status: 'succeeded', reason: 'duplicate', next: null }
    const button = await opened([NET_BANKING])
    answerAll(button)
    submit(button)
    await until(() => button.state === 'paid')
    await until(() => status(button) === 'This order has been paid twice.')
    expect(details(button)).to.deep.equal([
      'Your second payment has arrived too, and the shop has been told.',
      'Contact the shop to get one of the two back.',
    ])
    expect(buttons(button)).to.deep.equal(['Done'])
  })

  it('thanks for the payment, and closes as settled', async () => {
    page.proxy.made = { status: 'succeeded', next: null }
    const button = await opened([NET_BANKING])
    answerAll(button)
    await button.updateComplete
    submit(button)
    await until(() => status(button) === 'Paid. Thank you!')
    await expectAccessible(button)
    const closed = new Promise<string>((resolve) => {
      button.addEventListener('pay-close', ({ detail }) => resolve(detail.reason))
    })
    choose(button, 'Done')
    expect(await closed).to.equal('settled')
  })

  it('says that the order is paid where another payment of it was', async () => {
    page.proxy.made = { status: 'expired', reason: 'order-paid', next: null }
    const button = await opened([NET_BANKING])
    answerAll(button)
    await button.updateComplete
    submit(button)
    await until(() => status(button) === 'This order is already paid.')
    expect(page.heard('pay-success')).to.deep.equal([])
  })
})

describe('every problem', () => {
  const SETTLED = 'order-paid'
  const MONEY = {
    none: 'Nothing was charged.',
    unknown: 'If you have paid, the shop is told as soon as that is certain.',
    settled: 'You don’t need to pay again.',
  }
  for (const [code, { status: http, retryable, remedy, money }] of Object.entries(PROBLEMS)) {
    if (http >= 500 && code !== 'provider-unavailable') continue
    it(`${code} says what happened, to the money too, and what to do, in none of the proxy's words`, async () => {
      page.proxy.answer = ({ method }) =>
        method === 'POST'
          ? problem(http, code, { detail: 'secret detail', retryAt: '2026-11-21T16:00:00Z' })
          : undefined
      const button = await opened([EWALLET])
      await until(() => page.heard('pay-error').length || undefined, 8000)
      await until(() => details(button).length)
      expect(status(button)).to.match(/\S/)
      const text = part(button, 'dialog')?.textContent
      expect(text).not.to.match(/secret|\{|undefined/)
      expect(details(button)).to.have.length(remedy === 'none' ? 1 : 2)
      expect(details(button)[0]).to.equal(MONEY[money as keyof typeof MONEY])
      expect(buttons(button)).to.deep.equal(
        code === SETTLED
          ? ['Done']
          : code === 'order-token-expired'
            ? ['Reload the page', 'Close']
            : remedy === 'ask-shop'
              ? ['Check again', 'Close']
              : ['Continue to Vexora – NT$300 (opens a new window)'],
      )
      if (remedy === 'ask-shop') expect(details(button)[1]).to.contain(code)
      expect(button.state).to.equal(undefined)
      expect(page.windows.last?.closed).to.equal(true)
      expect(retryable).to.be.a('boolean')
      await expectAccessible(button)
    }).timeout(10_000)
  }

  it('is forgotten when the order is looked at again', async () => {
    page.proxy.answer = ({ method }) =>
      method === 'POST' ? problem(403, 'origin-not-allowed') : undefined
    const button = await opened([EWALLET])
    await until(() => details(button).length)
    page.proxy.answer = () => undefined
    choose(button, 'Check again')
    await until(() => part(button, '[part=submit]'))
    await button.updateComplete
    expect(status(button)).to.equal('')
  })

  it('of a limit says in the page’s language until when', async () => {
    const retryAt = '2026-11-21T16:00:00Z'
    page.proxy.answer = ({ method }) =>
      method === 'POST' ? problem(429, 'payer-ip-limit', { limit: 'payments', retryAt }) : undefined
    const button = await opened([EWALLET], { lang: 'zh-TW' })
    await until(() => details(button).length)
    expect(status(button)).to.equal('此付款方式今日已達上限。')
    const time = formatTime(retryAt, 'zh-Hant-TW')
    expect(details(button)[1]).to.equal(`${time} 之後可再次使用。`)
  })

  it('of a limit names no time where it knows none', async () => {
    page.proxy.answer = ({ method }) =>
      method === 'POST' ? problem(429, 'payer-ip-limit', { retryAt: 'soon' }) : undefined
    const button = await opened([EWALLET])
    await until(() => details(button).length)
    expect(details(button)).to.deep.equal([
      'Nothing was charged.',
      'You can try again, or choose another way to pay.',
    ])
  })

  it('comes in plain words where its sentences can not be loaded', async () => {
    page.proxy.answer = ({ method }) =>
      method === 'POST' ? problem(409, 'channel-not-offered') : undefined
    const button = await opened([EWALLET], { strings: { 'remedy.retry': 'Oh.' } })
    await until(() => page.heard('pay-error').length)
    await button.updateComplete
    expect(status(button)).to.match(/^(Oh\.|This way to pay is no longer available\.)$/)
  })
})
