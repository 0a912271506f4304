import { expect } from 'chai'
import { fill, languageFor, languageOf, loadWords } from './language.js'

describe('the language of a tag', () => {
  for (const [tag, language] of [
    ['zh-TW', 'zh-Hant'],
    ['zh-Hant', 'zh-Hant'],
    ['zh-hant-tw', 'zh-Hant'],
    ['ZH-tw', 'zh-Hant'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['fr', 'en'],
    ['zhx', 'en'],
    ['', 'en'],
  ] as const) {
    it(`is ${language} for "${tag}"`, () => {
      expect(languageFor(tag)).to.equal(language)
    })
  }
})

describe('the language of an element', () => {
  it('is its own, else that of what is around it, through shadow roots', () => {
    const outer = document.createElement('div')
    const root = outer.attachShadow({ mode: 'open' })
    const inner = root.appendChild(document.createElement('p'))
    outer.lang = 'zh-TW'
    document.body.append(outer)
    expect(languageOf(inner)).to.equal('zh-Hant')
    inner.lang = 'en'
    expect(languageOf(inner)).to.equal('en')
    inner.lang = ''
    expect(languageOf(inner)).to.equal('en')
    outer.remove()
    expect(languageOf(document.createElement('p'))).to.equal('en')
  })
})

describe('words', () => {
  it('are the labels and the checkout’s sentences in one', async () => {
    const words = await loadWords('zh-Hant')
    expect([words.pay, words.stop]).to.deep.equal(['付款', '停止等待'])
  })

  it('are filled in, and keep a slot that has no value', () => {
    expect(fill('{a} of {b}, {a}', { a: '1' })).to.equal('1 of {b}, 1')
    expect(fill('{a}', { a: '$&' })).to.equal('$&')
  })
})
