import { expect } from 'chai'
import { IDEMPOTENCY_KEY } from '../../contract/payment.js'
import type { PayButton, PayErrorEvent } from '../index.js'
import { problem } from '../testing/fake-proxy.js'
import { choose, click, details, settled, status, TestPage, until } from '../testing/page.js'
import { EWALLET, NET_BANKING, offer } from '../testing/payment.js'

let page: TestPage
beforeEach(() => {
  page = new TestPage()
})
afterEach(() => {
  history.replaceState(null, '', withoutPayment())
  page.close()
})

function withoutPayment(): string {
  const address = new URL(location.href)
  address.searchParams.delete('payment')
  return address.href
}

const stored = () => Object.entries({ ...sessionStorage }) as [string, string][]
const posts = () => page.proxy.askedFor('POST', 'payments')

async function waiting(button: PayButton): Promise<void> {
  click(button)
  await until(() => button.getAttribute('state') === 'waiting')
}

describe('a payment', () => {
  it('is asked for with a key, the order, the amount on the screen and a way back', async () => {
    const button = await page.addReady()
    await waiting(button)
    const [post] = posts()
    expect(post?.key).to.match(IDEMPOTENCY_KEY)
    expect(post?.body).to.deep.equal({
      order: 'A-1001',
      channel: EWALLET.id,
      amount: { value: '300', currency: 'TWD' },
      payer: {},
      presentation: 'popup',
      returnTo: location.href.split('#')[0],
    })
  })

  it('is followed to its success, which is told once by each of its buttons', async () => {
    const button = await page.addReady()
    const twin = await page.addReady()
    await waiting(button)
    expect(twin.getAttribute('state')).to.equal('waiting')
    await until(() => page.proxy.waits)
    page.proxy.tell({ status: 'succeeded', next: null })
    await until(() => button.getAttribute('state') === 'paid')
    expect(page.heard('pay-pending', 'pay-success')).to.deep.equal([
      'pay-pending',
      'pay-pending',
      'pay-success',
      'pay-success',
    ])
    expect(button.payment?.status).to.equal('succeeded')
    expect(stored()).to.deep.equal([])
  })

  it('is waited for once, however many buttons show it', async () => {
    const button = await page.addReady()
    await page.addReady()
    await waiting(button)
    await until(() => page.proxy.waits)
    await settled(button)
    expect(page.proxy.waits).to.equal(1)
  })

  it('tells a button that comes later, too', async () => {
    const button = await page.addReady()
    await waiting(button)
    page.events.length = 0
    const late = await page.addReady()
    await until(() => late.getAttribute('state') === 'waiting')
    expect(page.events).to.deep.equal(['pay-pending'])
  })

  it('that failed can be made again, with another key', async () => {
    const button = await page.addReady()
    await waiting(button)
    await until(() => page.proxy.waits)
    page.proxy.tell({ status: 'failed', reason: 'refused', next: null })
    await until(() => button.getAttribute('state') === 'failed')
    expect(page.heard('pay-failure')).to.have.length(1)
    expect(stored()).to.deep.equal([])
    click(button)
    await until(() => button.getAttribute('state') === 'waiting')
    expect(new Set(posts().map(({ key }) => key)).size).to.equal(2)
    expect(page.windows.opened).to.have.length(2)
  })

  it('that failed may still succeed', async () => {
    const button = await page.addReady()
    await waiting(button)
    await until(() => page.proxy.waits)
    page.proxy.tell({ status: 'failed', next: null })
    await until(() => button.getAttribute('state') === 'failed')
    await until(() => page.proxy.waits)
    page.proxy.tell({ status: 'succeeded' })
    await until(() => button.getAttribute('state') === 'paid')
    expect(page.heard('pay-pending', 'pay-failure', 'pay-success')).to.deep.equal([
      'pay-pending',
      'pay-failure',
      'pay-success',
    ])
  })

  it('that is left for another one is still followed, as its link can still be paid', async () => {
    const button = await page.addReady()
    await waiting(button)
    click(button)
    await until(() => page.proxy.waits)
    choose(button, 'Pay another way')
    await until(() => button.state === undefined)
    page.proxy.tell({ id: 'pay_1', status: 'succeeded', next: null })
    await until(() => button.getAttribute('state') === 'paid')
    expect(page.heard('pay-success')).to.have.length(1)
    expect(button.payment?.id).to.equal('pay_1')
  })

  it('is no longer followed where the payer stops waiting', async () => {
    const button = await page.addReady()
    await waiting(button)
    click(button)
    await until(() => page.proxy.waits)
    choose(button, 'Stop waiting')
    await until(() => !page.proxy.waits)
    expect(button.state).to.equal(undefined)
    expect(stored()).to.deep.equal([])
    page.proxy.tell({ status: 'succeeded' })
    await settled(button)
    expect(page.heard('pay-success')).to.deep.equal([])
  })

  it('refused at once closes its window and says so', async () => {
    page.proxy.made = { status: 'failed', reason: 'refused', next: null }
    const button = await page.addReady()
    click(button)
    await until(() => button.getAttribute('state') === 'failed')
    expect(page.windows.last?.closed).to.equal(true)
    expect(page.windows.last?.url).to.equal(undefined)
    expect(page.heard('pay-failure')).to.have.length(1)
  })

  it('whose link comes late is waited for in the window', async () => {
    page.proxy.made = { status: 'processing', next: null }
    const button = await page.addReady()
    click(button)
    await until(() => page.proxy.waits)
    expect(page.windows.last?.document.body.textContent).to.contain('Preparing your payment…')
    page.proxy.tell({
      status: 'requires_action',
      next: { type: 'redirect', url: 'https://cashier.example/late' },
    })
    await until(() => page.windows.last?.url === 'https://cashier.example/late')
    expect(page.windows.opened).to.have.length(1)
  })
})

describe('a refusal', () => {
  it('closes the blank window, leaves nothing behind and tells the page', async () => {
    page.proxy.answer = ({ method }) =>
      method === 'POST' ? problem(422, 'channel-not-offered') : undefined
    const button = await page.addReady()
    const errors: PayErrorEvent['detail'][] = []
    button.addEventListener('pay-error', ({ detail }) => errors.push(detail))
    click(button)
    await until(() => page.windows.last?.closed)
    await until(() => status(button) === 'This way to pay is no longer available.')
    expect(errors).to.deep.equal([
      { error: { code: 'channel-not-offered', status: 422, retryable: false } },
    ])
    expect(stored()).to.deep.equal([])
    expect(posts()).to.have.length(1)
  })

  it('for another amount shows the new one before anything else', async () => {
    const button = await page.addReady()
    page.proxy.offer = offer({ amount: { value: '350', currency: 'TWD' } })
    page.proxy.answer = ({ body }) =>
      body?.amount.value === '300' ? problem(409, 'amount-changed') : undefined
    click(button)
    await until(() => status(button).startsWith('The amount has changed.'))
    await until(() => button.offer?.amount.value === '350')
    await until(() => button.shadowRoot?.textContent?.includes('Continue to Vexora – NT$350'))
    button.renderRoot.querySelector<HTMLElement>('[part=submit]')?.click()
    await until(() => button.state === 'waiting')
    expect(posts().at(-1)?.body?.amount.value).to.equal('350')
  })

  it('because the order is paid shows it as paid', async () => {
    const button = await page.addReady()
    page.proxy.offer = offer({ paid: true, channels: [] })
    page.proxy.answer = ({ method }) => (method === 'POST' ? problem(409, 'order-paid') : undefined)
    click(button)
    await until(() => button.getAttribute('state') === 'paid')
    await until(() => status(button) === 'This order is already paid.')
    expect(page.heard('pay-success')).to.deep.equal([])
  })

  it('by the limit of an address says until when', async () => {
    page.proxy.answer = ({ method }) =>
      method === 'POST'
        ? problem(429, 'payer-ip-limit', {
            limit: 'payments',
            retryAt: '2026-11-22T00:00:00+08:00',
          })
        : undefined
    const button = await page.addReady()
    click(button)
    await until(() => /used again after .*2026/.test(details(button).join()))
    expect(posts()).to.have.length(1)
  })

  it('puts the fault at its field, and the payer there', async () => {
    page.proxy.offer = offer({ channels: [NET_BANKING] })
    page.proxy.answer = ({ method }) =>
      method === 'POST'
        ? problem(422, 'payer-fields-invalid', { fields: { 'bankAccounts.0': 'format' } })
        : undefined
    const button = await page.addReady()
    button.open()
    await until(() => button.renderRoot.querySelector('fieldset[aria-describedby]'))
    fill(button)
    button.renderRoot.querySelector<HTMLElement>('[part=submit]')?.click()
    const input = await until(() => button.shadowRoot?.querySelector('[aria-invalid]'))
    expect(input.getAttribute('name')).to.equal('bankAccounts.0')
    await until(() => button.shadowRoot?.activeElement === input)
  })
})

describe('an answer that does not come', () => {
  it('is asked for again with the same key, where the connection failed or the proxy is busy', async () => {
    let tries = 0
    page.proxy.answer = ({ method }) => {
      if (method !== 'POST') return undefined
      tries += 1
      if (tries === 1) return Promise.reject(new TypeError('failed to fetch'))
      return tries === 2
        ? new Response('{}', { status: 503, headers: { 'retry-after': '0' } })
        : undefined
    }
    const button = await page.addReady()
    await waiting(button)
    expect(posts()).to.have.length(3)
    expect(new Set(posts().map(({ key }) => key)).size).to.equal(1)
    expect(page.windows.last?.url).to.equal('https://cashier.example/1')
  }).timeout(5000)

  it('is found by its key, and nobody is told to pay again', async () => {
    let isLost = true
    page.proxy.answer = ({ method, path, key, body }) => {
      if (method === 'POST' && isLost) {
        return problem(500, 'internal', { key, body })
      }
      return path.startsWith('payments?key=') && isLost
        ? Promise.reject(new TypeError('failed to fetch'))
        : undefined
    }
    const button = await page.addReady()
    click(button)
    await until(() => page.proxy.askedFor('GET', 'payments?key=').length)
    click(button)
    await until(() => status(button) === 'We can’t confirm this payment yet. Do not pay again.')
    const key = posts()[0]?.key ?? ''
    isLost = false
    await fetch(`${page.proxy.endpoint}payments`, {
      method: 'POST',
      headers: { 'idempotency-key': key },
      body: JSON.stringify(posts()[0]?.body),
    })
    window.dispatchEvent(new Event('online'))
    await until(() => page.windows.last?.url === 'https://cashier.example/1')
    expect(page.heard('pay-error')).to.deep.equal([])
  })

  it('leads back to the form where the proxy has no such payment', async () => {
    page.proxy.answer = ({ method }) => (method === 'POST' ? problem(500, 'internal') : undefined)
    const button = await page.addReady()
    click(button)
    await until(() => page.heard('pay-error').length)
    expect(button.state).to.equal(undefined)
    expect(page.windows.last?.closed).to.equal(true)
    expect(stored()).to.deep.equal([])
    expect(status(button)).to.equal('That did not work.')
  })
})

describe('a reload', () => {
  const name = () => `pay-button ${page.proxy.endpoint} A-1001`

  it('finds the payment by its id, without a press, far below the fold', async () => {
    page.proxy.tell({ id: 'pay_1', next: { type: 'redirect', url: 'https://cashier.example/1' } })
    sessionStorage.setItem(name(), JSON.stringify({ id: 'pay_1' }))
    page.root.style.marginBlockStart = '5000px'
    const button = page.add()
    await until(() => button.payment?.id === 'pay_1')
    await until(() => button.getAttribute('state') === 'waiting')
    page.proxy.tell({ status: 'succeeded' })
    await until(() => page.heard('pay-success').length)
  })

  it('finds the payment by its key, where the answer was lost', async () => {
    sessionStorage.setItem(
      name(),
      JSON.stringify({ key: 'k1', order: 'A-1001', channel: EWALLET.id }),
    )
    await fetch(`${page.proxy.endpoint}payments`, {
      method: 'POST',
      headers: { 'idempotency-key': 'k1' },
      body: JSON.stringify({ channel: EWALLET.id, amount: { value: '300', currency: 'TWD' } }),
    })
    const button = page.add()
    await until(() => button.payment?.id === 'pay_1')
    expect(stored()).to.deep.equal([[name(), JSON.stringify({ id: 'pay_1' })]])
    expect(page.windows.opened).to.deep.equal([])
  })

  it('forgets what the proxy does not know', async () => {
    sessionStorage.setItem(
      name(),
      JSON.stringify({ key: 'k1', order: 'A-1001', channel: EWALLET.id }),
    )
    const button = page.add()
    await until(() => page.proxy.askedFor('GET', 'payments?key=k1').length)
    await until(() => stored().length === 0)
    expect(button.state).to.equal(undefined)
    expect(page.events).to.deep.equal([])
  })

  it('is of the order that was made in place of an expired one', async () => {
    let runs = 0
    page.proxy.made = { ...page.proxy.made, order: 'B-2' }
    page.proxy.answer = ({ body }) =>
      body?.order === 'token-1' ? problem(410, 'order-token-expired') : undefined
    const button = page.add({ order: () => `token-${++runs}` })
    await button.updateComplete
    click(button)
    const submit = () => button.shadowRoot?.querySelector<HTMLElement>('[part=submit]')
    await until(submit)
    submit()?.click()
    await until(() => button.state === 'waiting')
    expect(stored().map(([name]) => name.split(' ').at(-1))).to.deep.equal(['B-2'])
    await until(() => page.proxy.waits)
    page.proxy.tell({ status: 'succeeded', next: null })
    await until(() => button.state === 'paid')
    expect(stored()).to.deep.equal([])
  })

  it('makes nothing of what is not ours in the storage', async () => {
    sessionStorage.setItem(name(), '{"id": 7')
    const button = await page.addReady()
    expect(button.state).to.equal(undefined)
    await waiting(button)
  })

  it('keeps the place from before the answer', async () => {
    const button = await page.addReady()
    let release = () => {}
    page.proxy.answer = ({ method }) =>
      method === 'POST'
        ? new Promise((resolve) => {
            release = () => resolve(problem(422, 'channel-not-offered'))
          })
        : undefined
    click(button)
    await until(() => posts().length)
    const [, place] = stored()[0] ?? []
    expect(JSON.parse(place ?? '')).to.deep.equal({
      key: posts()[0]?.key,
      order: 'A-1001',
      channel: EWALLET.id,
    })
    release()
    await until(() => stored().length === 0)
  })

  it('takes up the payment that the return page names, and takes it out of the address', async () => {
    page.proxy.tell({ id: 'pay_9', status: 'succeeded' })
    history.replaceState({ kept: true }, '', `${withoutPayment()}&payment=pay_9`)
    const button = page.add()
    await until(() => button.getAttribute('state') === 'paid')
    expect(page.heard('pay-success')).to.have.length(1)
    expect(location.search).not.to.contain('pay_9')
    expect(history.state).to.deep.equal({ kept: true })
  })

  it('leaves a payment of another order in the address', async () => {
    page.proxy.tell({ id: 'pay_9', order: 'B-2', status: 'succeeded' })
    history.replaceState(null, '', `${withoutPayment()}&payment=pay_9`)
    const button = page.add()
    await until(() => page.proxy.askedFor('GET', 'payments/pay_9').length)
    await settled(button)
    expect(button.state).to.equal(undefined)
    expect(location.search).to.contain('pay_9')
  })

  it('works without storage', async () => {
    const real = Object.getOwnPropertyDescriptor(window, 'sessionStorage')
    Object.defineProperty(window, 'sessionStorage', {
      configurable: true,
      get() {
        throw new DOMException('', 'SecurityError')
      },
    })
    try {
      const button = await page.addReady()
      await waiting(button)
    } finally {
      if (real) Object.defineProperty(window, 'sessionStorage', real)
    }
  })
})

describe('a button that is removed while paying', () => {
  it('stops waiting, keeps the place, and carries on when it is added again', async () => {
    const button = await page.addReady()
    await waiting(button)
    await until(() => page.proxy.waits)
    button.remove()
    await until(() => !page.proxy.waits)
    expect(stored()).to.have.length(1)
    page.proxy.tell({ status: 'succeeded' })
    await settled(button)
    expect(page.heard('pay-success')).to.deep.equal([])
    page.root.append(button)
    await until(() => page.heard('pay-success').length)
  })

  it('sees a payment to its end before it takes up another order', async () => {
    const button = await page.addReady()
    await waiting(button)
    await until(() => page.proxy.waits)
    page.proxy.offer = offer({ order: 'B-2', amount: { value: '5', currency: 'USD' } })
    button.order = 'B-2'
    await settled(button)
    expect(button.payment?.order).to.equal('A-1001')
    button.open()
    page.proxy.tell({ status: 'succeeded' })
    await until(() => page.heard('pay-success').length)
    await settled(button)
    expect(status(button)).to.equal('Paid. Thank you!')
    button.close()
    await until(() => button.offer?.order === 'B-2')
    expect(button.state).to.equal(undefined)
  })
})

function fill(button: PayButton): void {
  const answers: Record<string, string> = {
    firstName: '小明',
    lastName: '王',
    mobile: '0912345678',
    email: 'wang@example.com',
    'bankAccounts.0': '808-0358988888888',
  }
  for (const [name, value] of Object.entries(answers)) {
    const input = button.renderRoot.querySelector<HTMLInputElement>(`[name="${name}"]`)
    if (!input) throw new Error(`no field ${name}`)
    input.value = value
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  }
}
