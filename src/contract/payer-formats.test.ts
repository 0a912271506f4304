import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PayerFormat, payerFormats } from './payer-fields.js'
import { typedText } from './testing/typed-text.js'

function format(name: string): PayerFormat {
  const found = payerFormats[name]
  if (!found) throw new Error(`no format ${name}`)
  return found
}

/** The normalised value of what was typed, or its fault in brackets. */
function read(name: string, typed: string): string {
  const value = format(name).normalise(typed)
  const fault = format(name).fault(value)
  return fault ? `[${fault}]` : value
}

const DASHES = ['-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uff0d']

describe.each(Object.keys(payerFormats))('%s', (name) => {
  it('normalises a normalised value to itself', () => {
    fc.assert(
      fc.property(typedText, (typed) => {
        const once = format(name).normalise(typed)
        expect(format(name).normalise(once)).toBe(once)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never lets through what could re-cut a signed text', () => {
    fc.assert(
      fc.property(typedText, (typed) => {
        const value = format(name).normalise(typed)
        return (
          format(name).fault(value) !== undefined || !/[=\p{Cc}\p{Cs}\u2028\u2029]/u.test(value)
        )
      }),
      { numRuns: 1_000 },
    )
  })

  it.each(['a=b', 'a\u0000b', 'a\nb', 'a\u0085b', 'a\u2028b', 'a\u2029b', 'a\ud83db', '\udc00'])(
    'refuses %j',
    (typed) => {
      expect(format(name).fault(typed)).toBeDefined()
    },
  )
})

describe('names and addresses', () => {
  it.each(['given-name', 'family-name', 'full-name', 'address'])('%s keeps any script', (name) => {
    expect(read(name, '  王小明 ')).toBe('王小明')
    expect(read(name, 'Zoë O’Brien 👩🏽‍💻')).toBe('Zoë O’Brien 👩🏽‍💻')
  })

  it.each([
    ['characters outside the BMP', '𠮷田𡈽人'],
    ['an ideographic variation sequence', '葛󠄀城'],
    ['combining marks', 'Nguye\u0302\u0303n'],
    ['one letter', '我'],
    ['an indigenous name with its dot', '谷辣斯·尤達卡'],
    ['marks that shape a script', 'می‌خواهم'],
    ['no Latin at all', 'สมชาย ใจดี'],
  ])('keep %s as typed', (_, typed) => {
    expect(read('given-name', typed)).toBe(typed)
  })

  it('folds digits and dashes of an address', () => {
    expect(read('address', '台北市信義路５段７號１０１－２')).toBe('台北市信義路5段7號101-2')
  })
})

describe('mobile-taiwan', () => {
  it.each([
    '0912345678',
    ' 0912-345-678 ',
    '(09)12 345 678',
    '（０９）１２．３４５．６７８',
    '+886 (0)912 345 678',
    '+886 912-345-678',
    '+886 0912 345 678',
    '886912345678',
    '00886912345678',
    '＋８８６９１２３４５６７８',
    '０９１２３４５６７８',
    '\u202a+886 912 345 678\u202c',
    ...DASHES.map((dash) => `0912${dash}345${dash}678`),
  ])('reads %j', (typed) => {
    expect(read('mobile-taiwan', typed)).toBe('0912345678')
  })

  it.each([
    '912345678',
    '091234567',
    '09123456789',
    '+85291234567',
    '+8869123456',
    'x0912345678',
    '٠٩١٢٣٤٥٦٧٨',
  ])('refuses %j', (typed) => {
    expect(read('mobile-taiwan', typed)).toBe('[format]')
  })
})

describe('mobile-international', () => {
  it.each([
    ['+91 82345 67890', '+918234567890'],
    ['0091 82345-67890', '+918234567890'],
    ['＋９１ ８２３４５６７８９０', '+918234567890'],
    // Never guessed: this may be a local number or one that forgot its plus.
    ['918234567890', '[country-code]'],
    ['0912345678', '[country-code]'],
    ['+0912345678', '[format]'],
    ['+1234567', '[format]'],
    ['+1234567890123456', '[format]'],
    ['+91 phone', '[format]'],
  ])('reads %j as %s', (typed, expected) => {
    expect(read('mobile-international', typed)).toBe(expected)
  })
})

describe('email', () => {
  it.each([
    ['  wang@example.com ', 'wang@example.com'],
    ['wang＠example.com', 'wang@example.com'],
    ['ｗａｎｇ．ｐａｙ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'wang.pay@example.com'],
    ['wang＝pay@example.com', '[format]'],
    ['wang@example.com\u200b', 'wang@example.com'],
    ['Wang+Pay@Mail.Example.TW', 'Wang+Pay@Mail.Example.TW'],
    ['wang@example', '[format]'],
    ['wang', '[format]'],
    ['a@b@example.com', '[format]'],
    ['wang@-example.com', '[format]'],
    ['王@example.com', '[format]'],
    ['a=b@example.com', '[format]'],
    ['<wang@example.com>', '[format]'],
  ])('reads %j as %s', (typed, expected) => {
    expect(read('email', typed)).toBe(expected)
  })
})

describe('postcode', () => {
  it.each([
    [' １１０ ', '110'],
    ['110 615', '110615'],
    ['999077', '999077'],
    ['SW1A 1AA', 'SW1A1AA'],
    ['ＳＷ１Ａ　１ＡＡ', 'SW1A1AA'],
    ['110;', '[format]'],
  ])('reads %j as %s', (typed, expected) => {
    expect(read('postcode', typed)).toBe(expected)
  })
})

describe('bank-account-taiwan', () => {
  it.each([
    '808-0358988888888',
    '808 0358988888888',
    ' 808 - 0358 9888 88888 ',
    '８０８－０３５８９８８８８８８８８',
    '808-0358-9888-88888',
    '808\u200b-0358-9888-88888',
    '8 08-0358-9888-88888',
    ...DASHES.map((dash) => `808${dash}0358988888888`),
  ])('reads %j', (typed) => {
    expect(read('bank-account-taiwan', typed)).toBe('808-0358988888888')
  })

  it.each([
    '8080358988888888',
    '80-0358988888888',
    '808-12345',
    '808-12345678901234567',
    '808-',
    '808-0358988888888,013-0458988888888',
    'abc-0358988888888',
  ])('refuses %j', (typed) => {
    expect(read('bank-account-taiwan', typed)).toBe('[format]')
  })
})
