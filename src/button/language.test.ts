import { expect } from 'chai'
import { fill, languageFor, languageOf, loadWords } from './language.js'

describe('the language of a tag', () => {
  for (const [tag, language] of [
    ['zh-TW', 'zh-Hant-TW'],
    ['zh-Hant', 'zh-Hant-TW'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['ZH-tw', 'zh-Hant-TW'],
    ['zh_TW', 'zh-Hant-TW'],
    ['zh-Hant-SG', 'zh-Hant-TW'],
    ['zh-HK', 'zh-HK'],
    ['zh-MO', 'zh-HK'],
    ['zh-Hant-HK', 'zh-HK'],
    ['zh-hant-mo', 'zh-HK'],
    ['zh_Hant_HK', 'zh-HK'],
    ['zh', 'zh-Hans'],
    ['zh-CN', 'zh-Hans'],
    ['zh-SG', 'zh-Hans'],
    ['zh-Hans', 'zh-Hans'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-Hans-TW', 'zh-Hans'],
    ['zh_CN', 'zh-Hans'],
    ['id', 'id'],
    ['id-ID', 'id'],
    ['ID', 'id'],
    ['in-ID', 'id'],
    ['idx', 'en'],
    ['ms', 'en'],
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
    expect(languageOf(inner)).to.equal('zh-Hant-TW')
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
    const { words, language } = await loadWords('zh-Hant-TW')
    expect(language).to.equal('zh-Hant-TW')
    expect([words.paid, words.stop]).to.deep.equal(['已付款', '停止等待'])
  })

  it('are filled in, and keep a slot that has no value', () => {
    expect(fill('{a} of {b}, {a}', { a: '1' })).to.equal('1 of {b}, 1')
    expect(fill('{a}', { a: '$&' })).to.equal('$&')
  })
})
