import { expect } from 'chai'
import type { PayButton } from '../index.js'
import { placeName } from '../places.js'
import {
  choose,
  expectAccessible,
  part,
  settled,
  status,
  TestPage,
  until,
} from '../testing/page.js'
import { EWALLET, offer } from '../testing/payment.js'

let page: TestPage
beforeEach(() => {
  page = new TestPage()
})
afterEach(() => {
  page.close()
})

/** A button whose window has left for the cashier, its dialog open. */
async function left(patch: Partial<PayButton> = {}): Promise<PayButton> {
  const button = await page.addReady(patch)
  button.open()
  await until(() => button.state === 'waiting' && page.proxy.waits)
  button.open()
  await settled(button)
  return button
}

const controls = (button: PayButton) =>
  [...button.renderRoot.querySelectorAll('.actions button')].map(({ textContent }) =>
    textContent?.trim(),
  )
const reads = () => page.proxy.askedFor('GET', 'payments/').filter(({ path }) => !/wait/.test(path))
const hidden = (value: boolean) => {
  Object.defineProperty(document, 'hidden', { value, configurable: true })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
}

describe('the cashier’s window, while it waits', function () {
  this.timeout(5000)

  it('is brought to the front', async () => {
    const button = await left()
    choose(button, 'Go to the payment window')
    expect(page.windows.last?.shown).to.equal(1)
    expect(page.windows.opened).to.have.length(1)
  })

  it('that looks closed is only a hint: it asks at once, waits on and offers every way', async () => {
    const button = await left()
    expect(reads()).to.have.length(0)
    page.windows.last?.close()
    await until(() => /^Not paid yet\?/.test(status(button)))
    await until(() => reads().length === 1 && page.proxy.waits)
    expect(controls(button)).to.deep.equal([
      'Open the payment page again',
      'Pay another way',
      'Stop waiting',
    ])
    expect(button.state).to.equal('waiting')
    await expectAccessible(button)
    page.proxy.tell({ status: 'succeeded', next: null })
    await until(() => button.state === 'paid')
  })

  it('may be closed after the success, which is said as long as it is open', async () => {
    const button = await left()
    page.proxy.tell({ status: 'succeeded', next: null })
    await until(() => button.state === 'paid')
    await settled(button)
    const text = () => part(button, 'dialog')?.textContent ?? ''
    expect(text()).to.contain('You can close the payment window.')
    page.windows.last?.close()
    await until(() => !text().includes('You can close'))
    expect(text()).to.contain('Thank you')
  })
})

describe('a page that waits', () => {
  it('says that the proxy is out of reach, goes on, and says no more when it is back', async () => {
    const button = await left()
    page.proxy.answer = () => Promise.reject(new TypeError('failed to fetch'))
    dispatchEvent(new Event('online'))
    await until(() => /^No connection/.test(status(button)))
    page.proxy.answer = () => undefined
    dispatchEvent(new Event('online'))
    await until(() => /^Finish paying/.test(status(button)))
  })

  it('asks at once when the machine has slept', async () => {
    await left()
    const real = Date.now
    Date.now = () => real() + 10 * 60_000
    try {
      await until(() => reads().length === 1)
    } finally {
      Date.now = real
    }
  })
})

describe('another tab with the same order', () => {
  let other: BroadcastChannel
  let heard: unknown[]
  beforeEach(() => {
    heard = []
    other = new BroadcastChannel('pay-button')
    other.onmessage = ({ data }) => {
      if (data.place === place()) heard.push(data)
    }
  })
  afterEach(() => {
    other.close()
  })
  const place = () => placeName(page.proxy.endpoint, 'A-1001')

  it('is told of a payment, also where it asks later', async () => {
    await left()
    await until(() => heard.length === 2)
    other.postMessage({ place: place() })
    await until(() => heard.length === 3)
    const told = { place: place(), id: 'pay_1' }
    expect(heard).to.deep.equal([{ place: place() }, told, told])
  })

  it('makes this one wait for its payment, and learn of the success', async () => {
    const button = await page.addReady()
    page.proxy.tell({
      order: 'A-1001',
      next: { type: 'redirect', url: 'https://cashier.example/9' },
    })
    other.postMessage({ place: place(), id: 'pay_1' })
    await until(() => button.state === 'waiting')
    button.open()
    await button.updateComplete
    expect(controls(button)).to.contain('Open the payment page again')
    expect(page.proxy.askedFor('POST', 'payments')).to.have.length(0)
    page.proxy.tell({ status: 'succeeded', next: null })
    await until(() => button.state === 'paid')
    expect(page.heard('pay-success')).to.have.length(1)
  })

  it('disturbs no payment of this one, and is believed nothing that the proxy does not know', async () => {
    const button = await page.addReady()
    other.postMessage({ place: place(), id: 'pay_unknown' })
    other.postMessage({ place: place(), id: 7 })
    other.postMessage('nonsense')
    await until(() => page.proxy.askedFor('GET', 'payments/pay_unknown').length)
    await settled(button)
    expect(button.state).to.equal(undefined)
    button.open()
    await until(() => button.state === 'waiting')
    page.proxy.tell({ id: 'pay_9', order: 'A-1001' })
    other.postMessage({ place: place(), id: 'pay_9' })
    await settled(button)
    expect(page.proxy.askedFor('GET', 'payments/pay_9')).to.have.length(0)
  })

  it('is not listened to while this page is put away, and asked again when it is back', async () => {
    await left()
    await until(() => heard.length === 2)
    dispatchEvent(new Event('pagehide'))
    other.postMessage({ place: place() })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(heard).to.have.length(2)
    dispatchEvent(new Event('pageshow'))
    await until(() => heard.length === 3)
    expect(heard[2]).to.deep.equal({ place: place() })
  })
})

describe('a page that the payer comes back to', () => {
  it('looks at the order again where its offer has aged', async () => {
    const button = await page.addReady()
    page.proxy.offer = { ...page.proxy.offer, paid: true, channels: [] }
    hidden(false)
    await settled(button)
    expect(page.proxy.askedFor('GET', 'orders/')).to.have.length(1)
    const real = Date.now
    Date.now = () => real() + 60_000
    try {
      hidden(true)
      await settled(button)
      expect(page.proxy.askedFor('GET', 'orders/')).to.have.length(1)
      hidden(false)
      await until(() => button.state === 'paid')
    } finally {
      Date.now = real
      Reflect.deleteProperty(document, 'hidden')
    }
  })

  it('looks at it at once where it was offline', async () => {
    page.proxy.answer = () => Promise.reject(new TypeError('failed to fetch'))
    const button = page.add()
    button.open()
    await until(() => page.heard('pay-error').length)
    page.proxy.answer = () => undefined
    dispatchEvent(new Event('online'))
    await until(() => part(button, '[part=amount]'))
  })
})

describe('elsewhere', () => {
  const image = (button: PayButton) => part(button, 'svg')
  const real = window.matchMedia
  const onDesktop = (matches: boolean) => {
    window.matchMedia = (query) => ({ ...real(query), matches })
  }
  afterEach(() => {
    window.matchMedia = real
  })
  const portable = () => {
    page.proxy.offer = offer({ channels: [{ ...EWALLET, portable: true }] })
  }

  it('the payer can go on with the phone, by a code that the page makes', async () => {
    portable()
    onDesktop(true)
    const button = await left()
    choose(button, 'Pay on your phone instead')
    const code = await until(() => image(button))
    expect(code.getAttribute('aria-label')).to.equal('QR code of the payment page')
    expect(code.querySelectorAll('path')).to.have.length(2)
    await expectAccessible(button)
    choose(button, 'Pay on your phone instead')
    await button.updateComplete
    expect(image(button)).to.equal(null)
  })

  it('is not offered where the provider’s rules do not say so, or the screen is a phone’s', async () => {
    onDesktop(true)
    const button = await left()
    expect(controls(button)).not.to.contain('Pay on your phone instead')
    portable()
    await button.refresh()
    await settled(button)
    expect(controls(button)).to.contain('Pay on your phone instead')
    onDesktop(false)
    button.requestUpdate()
    await button.updateComplete
    expect(controls(button)).not.to.contain('Pay on your phone instead')
  })

  it('is the phone’s browser for who came by LINE, with the payment', async () => {
    Object.defineProperty(navigator, 'userAgent', {
      value: 'Mozilla/5.0 (iPhone) Mobile/15E148 Safari Line/14.1.0',
      configurable: true,
    })
    try {
      const button = await left({ presentation: 'popup' })
      const link = await until(() => part<HTMLAnchorElement>(button, 'dialog a'))
      const { origin, pathname, searchParams } = new URL(link.href)
      expect(origin + pathname).to.equal(location.origin + location.pathname)
      expect([searchParams.get('openExternalBrowser'), searchParams.get('payment')]).to.deep.equal([
        '1',
        'pay_1',
      ])
    } finally {
      Reflect.deleteProperty(navigator, 'userAgent')
    }
  })
})

describe('a page without an origin', () => {
  it('is told so up front, and asks nothing', async () => {
    const real = window.origin
    window.origin = 'null'
    try {
      const button = page.add()
      button.open()
      await until(() => page.heard('pay-error').length)
      expect(page.proxy.asked).to.deep.equal([])
      const link = await until(() => part<HTMLAnchorElement>(button, 'dialog a'))
      expect([link.href, link.target]).to.deep.equal([location.href, '_blank'])
      expect(status(button)).to.equal('This part of the page can’t take payments.')
      await expectAccessible(button)
    } finally {
      window.origin = real
    }
  })
})
