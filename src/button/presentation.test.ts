import { expect } from 'chai'
import { distrustWindows, presentationFor } from './presentation.js'

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15'
const ANDROID = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko)'

beforeEach(() => {
  sessionStorage.clear()
})

describe('where the cashier page opens', () => {
  for (const [browser, userAgent, presentation] of [
    ['Safari on iOS', `${IPHONE} Version/18.0 Mobile/15E148 Safari/604.1`, 'popup'],
    ['Chrome on Android', `${ANDROID} Chrome/130.0 Mobile Safari/537.36`, 'popup'],
    ['Firefox', 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 'popup'],
    ['a browser for online shops', `${ANDROID} Online/1.0`, 'popup'],
    ['LINE on iOS', `${IPHONE} Mobile/15E148 Safari Line/14.1.0`, 'redirect'],
    ['LINE on Android', `${ANDROID} Chrome/130.0 Mobile Safari/537.36 Line/14.1.0`, 'redirect'],
    ['Facebook', `${IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]`, 'redirect'],
    ['Messenger', `${ANDROID} Chrome/130.0 [FB_IAB/MESSENGER]`, 'redirect'],
    ['Instagram', `${IPHONE} Mobile/15E148 Instagram 350.0`, 'redirect'],
    ['WeChat', `${IPHONE} Mobile/15E148 MicroMessenger/8.0`, 'redirect'],
    ['KakaoTalk', `${ANDROID} Chrome/130.0 KAKAOTALK/10.0`, 'redirect'],
    ['NAVER', `${IPHONE} Mobile/15E148 NAVER(inapp; search)`, 'redirect'],
    ['TikTok', `${IPHONE} Mobile/15E148 musical_ly_35.0 BytedanceWebview`, 'redirect'],
    ['the Google app', `${IPHONE} GSA/340.0 Mobile/15E148 Safari/604.1`, 'redirect'],
    ['an Android web view', 'Mozilla/5.0 (Linux; Android 15; wv) Chrome/130.0', 'redirect'],
  ] as const) {
    it(`is a ${presentation} in ${browser}`, () => {
      expect(presentationFor('auto', { userAgent })).to.equal(presentation)
    })
  }

  for (const wanted of [null, undefined, 'iframe']) {
    it(`is the browser's own where the page wants ${wanted}`, () => {
      expect(presentationFor(wanted, { userAgent: ANDROID })).to.equal('popup')
      expect(presentationFor(wanted, { userAgent: `${IPHONE} Line/14.1.0` })).to.equal('redirect')
    })
  }

  it('is this tab in an app on the home screen of iOS', () => {
    const userAgent = `${IPHONE} Mobile/15E148`
    expect(presentationFor('auto', { userAgent, standalone: true })).to.equal('redirect')
    expect(presentationFor('auto', { userAgent, standalone: false })).to.equal('popup')
  })

  it('is this tab where a window took the page’s place before', () => {
    distrustWindows()
    expect(presentationFor('auto', { userAgent: ANDROID })).to.equal('redirect')
    sessionStorage.clear()
    expect(presentationFor('auto', { userAgent: ANDROID })).to.equal('popup')
  })

  it('is what the page says, whatever the browser', () => {
    const userAgent = `${IPHONE} Line/14`
    expect(presentationFor('popup', { userAgent })).to.equal('popup')
    expect(presentationFor('redirect', { userAgent: ANDROID })).to.equal('redirect')
  })
})
