import { expect } from 'chai'
import type { PayButton, PayErrorEvent, PaySubmitEvent } from './index.js'
import { json, problem } from './testing/fake-proxy.js'
import { click, expectAccessible, part, settled, status, TestPage, until } from './testing/page.js'
import { NET_BANKING, offer, STORE } from './testing/payment.js'
import { nextTask } from './turns.js'

let page: TestPage
beforeEach(() => {
  page = new TestPage()
})
afterEach(() => {
  page.close()
})

const label = (button: Element) =>
  button.shadowRoot?.querySelector('[part=label]')?.textContent?.trim()

describe('<pay-button>', () => {
  it('says "Pay", and how much once it knows', async () => {
    const button = page.add()
    await button.updateComplete
    expect(label(button)).to.equal('Pay')
    await until(() => label(button) === 'Pay NT$300')
    expect(button.hasAttribute('state')).to.equal(false)
    await expectAccessible(button)
  })

  it('asks for the offer once for all buttons of the same order', async () => {
    await Promise.all([page.addReady(), page.addReady(), page.addReady()])
    expect(page.proxy.askedFor('GET', 'orders/A-1001')).to.have.length(1)
  })

  it('marks test mode plainly, beside its name', async () => {
    page.proxy.offer = offer({ test: true })
    const button = await page.addReady()
    const control = part(button, '[part=button]')
    const mark = part(button, `#${control?.getAttribute('aria-describedby')}`)
    expect([label(button), mark?.textContent]).to.deep.equal(['Pay NT$300', 'Test'])
    await expectAccessible(button)
  })

  it('asks for nothing while it is far below the fold', async () => {
    const spacer = document.createElement('div')
    spacer.style.blockSize = '5000px'
    page.root.append(spacer)
    const button = page.add()
    await settled(button)
    expect(page.proxy.asked).to.deep.equal([])
    button.scrollIntoView()
    await until(() => page.proxy.asked.length)
  })

  it('sends an order token as it is', async () => {
    page.add({ order: 'a/b?c.d' })
    await until(() => page.proxy.asked.length)
    expect(page.proxy.asked[0]?.path).to.equal('orders/a%2Fb%3Fc.d')
  })

  it('reflects what it is told, but no function', async () => {
    const button = page.add({ channel: STORE.id, presentation: 'redirect', disabled: true })
    await button.updateComplete
    const attributes = [...button.attributes].map(({ name, value }) => [name, value])
    expect(Object.fromEntries(attributes)).to.deep.equal({
      order: 'A-1001',
      endpoint: page.proxy.endpoint,
      channel: 'vexora-taiwan:STORE',
      presentation: 'redirect',
      disabled: '',
    })
    button.order = () => 'A-1001'
    await button.updateComplete
    expect(button.hasAttribute('order')).to.equal(false)
  })

  it('speaks the language of the nearest lang, and follows its own', async () => {
    page.root.lang = 'zh-TW'
    const button = await page.addReady()
    expect(label(button)).to.equal('付款 NT$300')
    button.lang = 'en'
    await until(() => label(button) === 'Pay NT$300')
    expect(part(button, '[part=button]')?.lang).to.equal('en')
  })

  it('lets the page word it', async () => {
    const button = await page.addReady({ strings: { payAmount: 'Donate {amount}' } })
    expect(label(button)).to.equal('Donate NT$300')
  })

  it('shows what stands inside it while idle', async () => {
    const button = page.add()
    button.append('Buy the tea')
    await settled(button)
    const slot = part<HTMLSlotElement>(button, 'slot:not([name])')
    expect(slot?.assignedNodes().map(({ textContent }) => textContent)).to.deep.equal([
      'Buy the tea',
    ])
  })

  it('keeps its own words where there is only white space inside it', async () => {
    const button = await page.addReady()
    button.append('\n  ')
    await settled(button)
    expect(label(button)).to.equal('Pay NT$300')
    expect(part(button, 'slot:not([name])')?.hidden).to.equal(true)
  })

  it('is pressed by any element in its trigger slot', async () => {
    const button = await page.addReady()
    button.innerHTML = '<a slot="trigger">Pay</a>'
    button.querySelector('a')?.click()
    expect(page.heard('pay-open')).to.have.length(1)
  })

  it('is paid where the order is, and takes no press', async () => {
    page.proxy.offer = offer({ paid: true, channels: [] })
    const button = await page.addReady()
    expect(button.getAttribute('state')).to.equal('paid')
    expect(label(button)).to.equal('Paid')
    click(button)
    expect(page.events).to.deep.equal([])
    await expectAccessible(button)
  })

  it('looks at the order again when it is told to', async () => {
    const button = await page.addReady()
    page.proxy.offer = offer({ amount: { value: '299.5', currency: 'TWD' } })
    await button.refresh()
    await button.updateComplete
    expect(label(button)).to.equal('Pay NT$299.50')
    expect(button.offer?.amount.value).to.equal('299.5')
  })

  it('takes up another order', async () => {
    const button = await page.addReady()
    page.proxy.offer = offer({ order: 'B-2', amount: { value: '5', currency: 'USD' } })
    button.order = 'B-2'
    await until(() => label(button) === 'Pay $5')
  })
})

describe('a hundred buttons of one order', () => {
  let rows: HTMLElement[]
  let buttons: PayButton[]
  const drawn = () => buttons.filter((button) => part(button, 'button'))

  beforeEach(() => {
    // As designers are told to; what is not defined yet stands in each button's place.
    const style = document.createElement('style')
    style.textContent = `
      pay-button, not-yet { min-block-size: 44px; vertical-align: top }
      not-yet { display: inline-block }
    `
    rows = Array.from({ length: 100 }, () => {
      const row = document.createElement('p')
      row.append(document.createElement('not-yet'))
      return row
    })
    page.root.append(style, ...rows)
  })

  function addAll(): void {
    buttons = rows.map((row) => {
      const button = page.add()
      row.replaceChildren(button)
      return button
    })
  }

  it('ask for the offer once', async () => {
    addAll()
    await until(() => buttons.every((button) => label(button) === 'Pay NT$300'))
    await until(() => buttons.every(({ offer }) => offer))
    expect(page.proxy.asked.map(({ path }) => path)).to.deep.equal(['orders/A-1001'])
  })

  it('are drawn in several tasks, the first of them at once', async () => {
    addAll()
    await buttons[0]?.updateComplete
    // Whatever else is drawn meanwhile shares the room of this task.
    const first = drawn()
    expect(first).to.have.length.within(1, 10)
    expect(first).to.deep.equal(buttons.slice(0, first.length))
    await until(() => drawn().length === 100)
  })

  it('move nothing while they are drawn', async function () {
    if (!PerformanceObserver.supportedEntryTypes.includes('layout-shift')) this.skip()
    const shifts: PerformanceEntry[] = []
    const observer = new PerformanceObserver((list) => shifts.push(...list.getEntries()))
    await new Promise(requestAnimationFrame)
    await nextTask()
    observer.observe({ type: 'layout-shift' })
    addAll()
    await until(() => buttons.every(({ offer }) => offer))
    await new Promise(requestAnimationFrame)
    await nextTask()
    shifts.push(...observer.takeRecords())
    observer.disconnect()
    expect(shifts.map((shift) => Reflect.get(shift, 'value'))).to.deep.equal([])
  })
})

describe('a press', () => {
  it('opens the window in the same task where nothing is left to ask', async () => {
    const button = await page.addReady()
    click(button)
    expect(page.windows.opened).to.have.length(1)
    expect(page.events).to.deep.equal(['pay-open', 'pay-submit'])
    expect(button.state).to.equal('submitting')
    expect(part<HTMLDialogElement>(button, 'dialog')?.open).to.equal(false)
    await until(() => button.state === 'waiting')
    expect(page.windows.last?.url).to.equal('https://cashier.example/1')
  })

  it('opens the dialog at once and fills it where it has to ask', async () => {
    page.proxy.offer = offer({ channels: [STORE, NET_BANKING] })
    const button = page.add()
    await button.updateComplete
    click(button)
    expect(part<HTMLDialogElement>(button, 'dialog')?.open).to.equal(true)
    expect(button.state).to.equal('loading')
    await expectAccessible(button)
    await until(() => part(button, 'fieldset'))
    expect(button.state).to.equal(undefined)
    expect(page.windows.opened).to.deep.equal([])
  })

  it('finds the dialog drawn since its first sign, which itself waits for no drawing', async () => {
    page.proxy.offer = offer({ channels: [STORE, NET_BANKING] })
    const button = await page.addReady()
    expect(part(button, 'fieldset')).to.equal(null)
    part(button, '[name=trigger]')?.dispatchEvent(new PointerEvent('pointerenter'))
    await button.updateComplete
    expect(part(button, 'fieldset')).to.equal(null)
    await until(() => part(button, 'fieldset'))
    expect(part<HTMLDialogElement>(button, 'dialog')?.open).to.equal(false)
  })

  it('has that dialog laid out once, unseen, so that a press only shows it', async () => {
    page.proxy.offer = offer({ channels: [STORE, NET_BANKING] })
    const button = await page.addReady()
    const dialog = part<HTMLDialogElement>(button, 'dialog')
    if (!dialog) throw new Error('no dialog')
    const laidOut: string[] = []
    dialog.getClientRects = () => {
      laidOut.push(getComputedStyle(dialog).display)
      return HTMLElement.prototype.getClientRects.call(dialog)
    }
    for (const sign of ['pointerenter', 'focusin']) {
      part(button, '[name=trigger]')?.dispatchEvent(new Event(sign))
    }
    await until(() => laidOut.length)
    await settled(button)
    expect(laidOut).to.deep.equal(['block'])
    expect(getComputedStyle(dialog).display).to.equal('none')
    expect(dialog.style).to.have.length(0)

    click(button)
    expect(dialog.open).to.equal(true)
    expect(button.isUpdatePending).to.equal(false)
    expect(button.shadowRoot?.activeElement).to.equal(dialog)
    expect(part(button, 'fieldset')?.getClientRects()).to.have.length(1)
  })

  it('does nothing where the page prevents it, where it is disabled, or busy', async () => {
    const button = await page.addReady()
    const prevent = (event: Event) => event.preventDefault()
    page.root.addEventListener('pay-open', prevent)
    click(button)
    expect(page.events).to.deep.equal(['pay-open'])
    page.root.removeEventListener('pay-open', prevent)

    button.disabled = true
    await button.updateComplete
    click(button)
    button.open()
    expect(page.events).to.deep.equal(['pay-open'])

    button.disabled = false
    await button.updateComplete
    click(button)
    click(button)
    button.open()
    expect(page.heard('pay-submit')).to.have.length(1)
    await until(() => button.state === 'waiting')
    expect(page.proxy.askedFor('POST', 'payments')).to.have.length(1)
    expect(page.windows.opened).to.have.length(1)
  })

  it('opens no window where the page prevents the submit', async () => {
    const button = await page.addReady()
    page.root.addEventListener('pay-submit', (event) => event.preventDefault())
    click(button)
    expect(page.windows.opened).to.deep.equal([])
    expect(button.state).to.equal(undefined)
  })

  it('lets the page have a last word before the payment is made', async () => {
    const button = await page.addReady()
    let release = () => {}
    page.root.addEventListener('pay-submit', ((event: PaySubmitEvent) => {
      expect(event.detail).to.include({ channel: 'vexora-taiwan:EWALLET' })
      expect(event.detail.amount).to.deep.equal({ value: '300', currency: 'TWD' })
      event.detail.waitUntil(
        new Promise<void>((resolve) => {
          release = resolve
        }),
      )
    }) as EventListener)
    click(button)
    await settled(button)
    expect(page.windows.opened).to.have.length(1)
    expect(page.proxy.askedFor('POST', 'payments')).to.have.length(0)
    release()
    await until(() => button.state === 'waiting')
  })

  it('makes no payment and closes the window where the page says no', async () => {
    const button = await page.addReady()
    page.root.addEventListener('pay-submit', ((event: PaySubmitEvent) => {
      event.detail.waitUntil(Promise.reject(new Error('sold out')))
    }) as EventListener)
    click(button)
    await until(() => page.windows.last?.closed)
    await until(() => status(button) === 'That did not work.')
    expect(page.proxy.askedFor('POST', 'payments')).to.have.length(0)
    expect(page.heard('pay-error')).to.have.length(1)
  })

  it('opens the dialog while it waits', async () => {
    const button = await page.addReady()
    click(button)
    await until(() => button.getAttribute('state') === 'waiting')
    click(button)
    expect(page.heard('pay-open')).to.have.length(1)
    expect(part<HTMLDialogElement>(button, 'dialog')?.open).to.equal(true)
    await expectAccessible(button)
  })

  it('runs the function that makes the order, once, and no sooner', async () => {
    let runs = 0
    const button = page.add({
      order: async () => {
        runs += 1
        return `made-${runs}`
      },
    })
    await settled(button)
    expect(runs).to.equal(0)
    click(button)
    await until(() => part(button, 'form'))
    expect(page.proxy.asked.map(({ path }) => path)).to.deep.equal(['orders/made-1'])
    part(button, '[part=submit]')?.click()
    await until(() => button.state === 'waiting')
    expect(page.proxy.askedFor('POST', 'payments')[0]?.body?.order).to.equal('made-1')
  })

  it('runs it at each press, for what the cart holds then, until a payment is begun', async () => {
    let cart = 'one-tea'
    const button = page.add({ order: () => cart })
    await settled(button)
    const asked = () => page.proxy.asked.map(({ path }) => path)
    click(button)
    await until(() => part(button, 'form'))
    button.close()
    cart = 'two-teas'
    click(button)
    await button.updateComplete
    expect(part(button, 'form')).to.equal(null)
    await until(() => part(button, 'form'))
    expect(asked()).to.deep.equal(['orders/one-tea', 'orders/two-teas'])
    part(button, '[part=submit]')?.click()
    await until(() => button.state === 'waiting')
    expect(page.proxy.askedFor('POST', 'payments')[0]?.body?.order).to.equal('two-teas')
    await until(() => page.proxy.waits)
    page.proxy.tell({ status: 'failed', next: null })
    await until(() => button.state === 'failed')
    button.close()
    cart = 'three-teas'
    click(button)
    expect(asked().some((path) => path.includes('three-teas'))).to.equal(false)
  })

  it('runs it again where the token has expired, for the offer and for the payment', async () => {
    let runs = 0
    const expired = new Set(['token-1', 'token-2'])
    page.proxy.answer = ({ path, body }) =>
      [...expired].some((token) => path.endsWith(token) || body?.order === token)
        ? problem(410, 'order-token-expired')
        : undefined
    const button = page.add({ order: () => `token-${++runs}` })
    await button.updateComplete
    expired.delete('token-2')
    click(button)
    await until(() => part(button, 'form'))
    expired.add('token-2')
    part(button, '[part=submit]')?.click()
    await until(() => button.state === 'waiting')
    const [first, second] = page.proxy.askedFor('POST', 'payments')
    expect([first?.body?.order, second?.body?.order]).to.deep.equal(['token-2', 'token-3'])
    expect(first?.key).to.equal(second?.key)
    expect(page.windows.opened).to.have.length(1)
  })

  it('tells the page where its function fails', async () => {
    const button = page.add({ order: () => Promise.reject(new Error('no stock')) })
    await button.updateComplete
    const failed = once<PayErrorEvent>(button, 'pay-error')
    click(button)
    expect((await failed).detail.error.code).to.equal('order-unavailable')
  })

  it('says what it lacks where it has no order', async () => {
    const button = page.add({ order: null })
    await button.updateComplete
    const failed = once<PayErrorEvent>(button, 'pay-error')
    click(button)
    expect((await failed).detail.error).to.deep.equal({ code: 'not-configured', retryable: false })
  })

  it('does not lock the page where its dialog would not be drawn', async () => {
    page.proxy.offer = offer({ channels: [STORE] })
    const button = await page.addReady()
    page.root.style.display = 'none'
    const failed = once<PayErrorEvent>(button, 'pay-error')
    button.open()
    expect((await failed).detail.error.code).to.equal('not-rendered')
    expect(part<HTMLDialogElement>(button, 'dialog')?.open).to.equal(false)
  })
})

describe('the dialog', () => {
  it('closes by its button, by the page and by removal, and says so', async () => {
    page.proxy.offer = offer({ channels: [STORE] })
    const button = await page.addReady()
    const reasons: string[] = []
    button.addEventListener('pay-close', ({ detail }) => reasons.push(detail.reason))
    button.open()
    click(button, '[part=close]')
    await settled(button)
    button.open()
    button.close()
    button.close()
    await settled(button)
    button.open()
    button.remove()
    expect(reasons).to.deep.equal(['payer', 'api', 'removed'])
  })

  it('leaves to the closed button only what it did not tell itself', async () => {
    page.proxy.offer = offer({ channels: [STORE] })
    const button = await page.addReady()
    const told = () => part(button, '.unseen[role=status]')?.textContent?.trim()
    click(button)
    page.proxy.offer = offer({ paid: true, channels: [] })
    await button.refresh()
    await until(() => status(button) === 'This order is already paid.')
    button.close()
    await settled(button)
    expect([button.state, told()]).to.deep.equal(['paid', ''])
  })

  it('is one for the page', async () => {
    page.proxy.offer = offer({ channels: [STORE] })
    const [first, second] = [await page.addReady(), await page.addReady()]
    first.open()
    second.open()
    expect(part<HTMLDialogElement>(first, 'dialog')?.open).to.equal(false)
    expect(part<HTMLDialogElement>(second, 'dialog')?.open).to.equal(true)
  })

  it('notices that the browser closed it', async () => {
    page.proxy.offer = offer({ channels: [STORE] })
    const button = await page.addReady()
    button.open()
    const closed = once<CustomEvent>(button, 'pay-close')
    part<HTMLDialogElement>(button, 'dialog')?.close()
    expect((await closed).detail).to.deep.equal({ reason: 'payer' })
  })

  it('says so where the proxy can not be reached, and tries again when told', async () => {
    page.proxy.answer = () => Promise.reject(new TypeError('failed to fetch'))
    const button = page.add()
    await button.updateComplete
    click(button)
    await until(() => status(button).startsWith('Can’t connect.'))
    await expectAccessible(button)
    page.proxy.answer = () => undefined
    part(button, 'dialog .button')?.click()
    await until(() => part(button, 'form'))
  })

  for (const [answer, sentence] of [
    [() => problem(404, 'order-not-found'), 'This order can’t be found.'],
    [() => problem(403, 'origin-not-allowed'), 'This payment can’t be made here.'],
    [() => problem(410, 'order-token-expired'), 'This page is out of date.'],
    [() => problem(503, 'store-unavailable'), 'That did not work.'],
    [() => json({ amount: { value: '300', currency: 'TWD' } }), 'That did not work.'],
    [() => new Response('<html>'), 'That did not work.'],
    [() => json(offer({ channels: [] })), 'There is no way to pay NT$300 here at the moment.'],
    [
      () => json(offer({ channels: [], locked: true })),
      'A payment of this order is already under way.',
    ],
  ] as const) {
    it(`says "${sentence}"`, async () => {
      page.proxy.answer = answer
      const button = page.add()
      await button.updateComplete
      click(button)
      await until(() => status(button) === sentence)
      await expectAccessible(button)
    })
  }
})

function once<Kind extends Event>(target: EventTarget, type: string): Promise<Kind> {
  return new Promise((resolve) => {
    target.addEventListener(type, (event) => resolve(event as Kind), { once: true })
  })
}
