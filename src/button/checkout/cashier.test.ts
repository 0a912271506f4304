import { expect } from 'chai'
import { presentationFor } from '../presentation.js'
import { FakeWindows } from '../testing/fake-window.js'
import { openWindow, thisTab } from './cashier.js'

let windows: FakeWindows
beforeEach(() => {
  windows = new FakeWindows()
})
afterEach(() => {
  windows.restore()
})

const open = () => openWindow('en', 'Preparing…', ['<b>Shop</b>', 'NT$300'], 'Close me')

describe('the cashier’s window', () => {
  it('is centred, blank, without an opener, and says in text what happens', () => {
    open()
    const { features = '', opener, document: blank, url } = windows.last ?? {}
    const { width, height, left, top } = Object.fromEntries(
      features.split(',').map((feature) => feature.split('=')),
    )
    expect([width, height]).to.deep.equal(['480', '760'])
    expect(Number(left)).to.equal(screenX + (outerWidth - 480) / 2)
    expect(Number(top)).to.equal(screenY + (outerHeight - 760) / 2)
    expect(opener).to.equal(null)
    expect(url).to.equal(undefined)
    expect([blank?.title, blank?.documentElement.lang]).to.deep.equal(['Preparing…', 'en'])
    expect([...(blank?.body.children ?? [])].map(({ innerHTML }) => innerHTML)).to.deep.equal([
      '&lt;b&gt;Shop&lt;/b&gt;',
      'NT$300',
      'Preparing…',
    ])
  })

  it('leaves once, and is not touched after that', () => {
    const cashier = open()
    expect(cashier?.leaveFor('https://cashier.example/1')).to.equal(true)
    expect(cashier?.leaveFor('https://cashier.example/2')).to.equal(false)
    cashier?.abandon()
    expect(windows.last?.url).to.equal('https://cashier.example/1')
    expect(windows.last?.closed).to.equal(false)
  })

  it('is closed where it is given up while blank', () => {
    const cashier = open()
    cashier?.abandon()
    expect(windows.last?.closed).to.equal(true)
    expect(cashier?.leaveFor('https://cashier.example/1')).to.equal(false)
  })

  it('does not leave where the payer has closed it', () => {
    const cashier = open()
    windows.last?.close()
    expect(cashier?.leaveFor('https://cashier.example/1')).to.equal(false)
  })

  it('is the tab itself where a web view gives that', () => {
    window.open = () => window
    const before = document.body.childElementCount
    expect(open()).to.equal(thisTab)
    expect(document.body.childElementCount).to.equal(before)
  })

  it('is closed where the page goes while it is blank, and is not tried again', () => {
    open()
    dispatchEvent(new Event('pagehide'))
    expect(windows.last?.closed).to.equal(true)
    expect(presentationFor('auto', { userAgent: '' })).to.equal('redirect')
    sessionStorage.clear()
  })

  it('can be brought to the front once it has left, and stays where the page goes', () => {
    const cashier = open()
    cashier?.leaveFor('https://cashier.example/1')
    dispatchEvent(new Event('pagehide'))
    expect(cashier?.isOpen).to.equal(true)
    cashier?.show()
    expect(windows.last?.shown).to.equal(1)
    windows.last?.close()
    expect(cashier?.isOpen).to.equal(false)
    sessionStorage.clear()
  })

  it('does not leave where it can not be steered, and is closed', () => {
    windows.isUnsteerable = true
    expect(open()?.leaveFor('https://cashier.example/1')).to.equal(false)
    expect(windows.last?.closed).to.equal(true)
    // Chromium does not close it either.
    expect(windows.last?.document.body.textContent).to.equal('Close me')
  })

  it('is not there where it is blocked, with null or aloud', () => {
    windows.isBlocked = true
    expect(open()).to.equal(undefined)
    window.open = () => {
      throw new DOMException('', 'SecurityError')
    }
    expect(open()).to.equal(undefined)
  })
})

describe('this tab', () => {
  it('goes nowhere where it is given up', () => {
    const before = location.href
    thisTab.abandon()
    expect(location.href).to.equal(before)
  })
})
