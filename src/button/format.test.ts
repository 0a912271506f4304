import { expect } from 'chai'
import { formatMoney } from './format.js'
import { formatTime } from './format-time.js'

describe('money', () => {
  for (const [value, currency, language, shown] of [
    ['300', 'TWD', 'en', 'NT$300'],
    ['300', 'TWD', 'zh-HK', 'NT$300'],
    ['300.00', 'TWD', 'zh-Hant-TW', 'NT$300'],
    ['300.5', 'TWD', 'en', 'NT$300.50'],
    ['1234567.89', 'USD', 'en', '$1,234,567.89'],
    ['999999999999.99', 'USD', 'en', '$999,999,999,999.99'],
    ['85000', 'IDR', 'en', 'IDR 85,000'],
    ['85000.25', 'IDR', 'en', 'IDR 85,000.25'],
    ['0.01', 'HKD', 'en', 'HK$0.01'],
    ['300', 'TWD', 'zh-Hans', 'NT$300'],
    ['300', 'TWD', 'id', 'NT$300'],
    ['300000', 'IDR', 'id', 'Rp 300.000'],
    ['85000.25', 'IDR', 'id', 'Rp 85.000,25'],
    ['188', 'HKD', 'zh-HK', 'HK$188'],
    ['188', 'HKD', 'zh-Hans', 'HK$188'],
    ['128', 'CNY', 'zh-Hans', '¥128'],
    ['128', 'CNY', 'zh-HK', 'CN¥128'],
    ['12.5', 'USD', 'zh-Hant-TW', 'US$12.50'],
    ['5', 'XTS', 'en', 'XTS 5'],
  ] as const) {
    it(`${value} ${currency} is ${shown} in ${language}`, () => {
      const plain = formatMoney({ value, currency }, language).replaceAll('\u00a0', ' ')
      expect(plain).to.equal(shown)
    })
  }
})

describe('a time', () => {
  it('is that of the payer’s own clock', () => {
    const time = new Date(2026, 10, 22, 8, 5)
    expect(formatTime(time.toISOString(), 'en')).to.match(/^Nov 22, 2026, 8:05\sAM$/)
  })
})
