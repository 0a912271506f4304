import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from './offer.js'
import { checkPayer, type PayerValues, payerFormats } from './payer-fields.js'
import { typedText } from './testing/typed-text.js'

const firstName: Field = { name: 'firstName', format: 'given-name', required: true, maxLength: 5 }
const mobile: Field = { name: 'mobile', format: 'mobile-taiwan', required: true }
const cardMobile: Field = { name: 'mobile', format: 'mobile-international', required: true }
const postcode: Field = { name: 'postcode', format: 'postcode', required: true, minLength: 3 }
const address: Field = { name: 'address', format: 'address', required: false }
const bankAccounts: Field = {
  name: 'bankAccounts',
  format: 'bank-account-taiwan',
  required: true,
  maxItems: 2,
}

describe('checkPayer', () => {
  it('gives what is sent to the provider', () => {
    const typed = {
      firstName: ' 小明 ',
      mobile: '+886 912-345-678',
      bankAccounts: ['８０８－0358988888888', ' ', '013 0458988888888'],
      address: '',
    }
    expect(checkPayer([firstName, mobile, bankAccounts, address], typed)).toEqual({
      payer: {
        firstName: '小明',
        mobile: '0912345678',
        bankAccounts: ['808-0358988888888', '013-0458988888888'],
      },
      faults: {},
    })
  })

  it.each<[string, Field, PayerValues, Record<string, string>]>([
    ['left out', firstName, {}, { firstName: 'required' }],
    ['blank', firstName, { firstName: ' \u3000' }, { firstName: 'required' }],
    ['optional and blank', address, { address: ' ' }, {}],
    ['without its country code', cardMobile, { mobile: '91=' }, { mobile: 'country-code' }],
    ['malformed and too short', postcode, { postcode: '=' }, { postcode: 'format' }],
    ['malformed and too long', firstName, { firstName: 'abcdef=' }, { firstName: 'format' }],
    ['too short', postcode, { postcode: '11' }, { postcode: 'too-short' }],
    ['long enough', postcode, { postcode: '110' }, {}],
    ['too long', firstName, { firstName: 'abcdef' }, { firstName: 'too-long' }],
    ['counted in code points', firstName, { firstName: '👩👩👩👩👩' }, {}],
    ['a list where one is asked', firstName, { firstName: ['a'] }, { firstName: 'format' }],
    ['one where a list is asked', bankAccounts, { bankAccounts: 'a' }, { bankAccounts: 'format' }],
    ['an empty list', bankAccounts, { bankAccounts: [] }, { bankAccounts: 'required' }],
    ['a list of blanks', bankAccounts, { bankAccounts: ['', ' '] }, { bankAccounts: 'required' }],
    ['a list left out', bankAccounts, {}, { bankAccounts: 'required' }],
    [
      'a list with one bad item, at the place it was typed in',
      bankAccounts,
      { bankAccounts: ['', '808-0358988888888', '013'] },
      { 'bankAccounts.2': 'format' },
    ],
    [
      'a list too long, counted without its blanks',
      bankAccounts,
      { bankAccounts: ['', '808-111111', '808-222222', '808-333333'] },
      { bankAccounts: 'too-long' },
    ],
  ])('%s', (_, field, typed, faults) => {
    expect(checkPayer([field], typed).faults).toEqual(faults)
  })

  it('puts the faults of what is unknown before those of the fields, in their order', () => {
    const { faults } = checkPayer([mobile, firstName], { firstName: '=', email: 'a@b.tw' })
    expect(Object.entries(faults)).toEqual([
      ['email', 'unknown'],
      ['mobile', 'required'],
      ['firstName', 'format'],
    ])
  })

  it('takes no field from a prototype, and gives none to one', () => {
    const typed = JSON.parse('{"__proto__": "x", "constructor": "y", "toString": "z"}')
    const { payer, faults } = checkPayer([firstName], typed)
    expect(Object.entries(faults)).toEqual([
      ['__proto__', 'unknown'],
      ['constructor', 'unknown'],
      ['toString', 'unknown'],
      ['firstName', 'required'],
    ])
    expect(Object.getPrototypeOf(payer)).toBe(Object.prototype)
    const inherited: Field = { name: 'toString', format: 'given-name', required: true }
    expect(checkPayer([inherited], {}).faults).toEqual({ toString: 'required' })
  })

  it.each(['a-format-of-tomorrow', 'constructor', '__proto__'])(
    'asks for a line of text in the format %s, which it does not know',
    (format) => {
      const field: Field = { name: 'taxId', format, required: true }
      expect(checkPayer([field], { taxId: ' Ａ-１ ' })).toEqual({
        payer: { taxId: 'Ａ-1' },
        faults: {},
      })
      expect(checkPayer([field], { taxId: 'a=b' }).faults).toEqual({ taxId: 'format' })
    },
  )

  /** Text that a format takes, so that the properties below are about payers without faults. */
  const acceptable = fc.constantFrom(
    '王小明',
    ' 110 ',
    '１１０６１５',
    'wang＠example.com',
    '+886 912\u2013345\u2013678',
    '0091 82345 67890',
    ' 808 0358\u20139888 ',
    '013-0458988888888',
  )
  const text = fc.oneof(acceptable, typedText)
  const form = fc
    .uniqueArray(
      fc.record({
        name: fc.constantFrom('firstName', 'mobile', 'email', 'bankAccounts', 'address'),
        format: fc.constantFrom(...Object.keys(payerFormats)),
        required: fc.boolean(),
      }),
      { selector: (field) => field.name, minLength: 1 },
    )
    .map((fields): Field[] =>
      fields.map((field) => (field.name === 'bankAccounts' ? { ...field, maxItems: 5 } : field)),
    )
  const filledIn = form.chain((fields) =>
    fc
      .tuple(...fields.map((field) => (field.maxItems ? fc.array(text, { maxLength: 5 }) : text)))
      .map((values) => ({
        fields,
        typed: Object.fromEntries(fields.map((field, index) => [field.name, values[index] ?? ''])),
      })),
  )

  it('what the button accepts the proxy accepts, and changes no more', () => {
    let accepted = 0
    fc.assert(
      fc.property(filledIn, ({ fields, typed }) => {
        const button = checkPayer(fields, typed)
        if (Object.keys(button.faults).length > 0) return
        accepted += 1
        expect(checkPayer(fields, button.payer)).toEqual(button)
      }),
      { numRuns: 2_000 },
    )
    expect(accepted).toBeGreaterThan(100)
  })

  it('never lets through a field that has a fault, whole or part', () => {
    fc.assert(
      fc.property(filledIn, ({ fields, typed }) => {
        const { payer, faults } = checkPayer(fields, typed)
        for (const { name, maxItems } of fields) {
          if (maxItems === undefined && Object.hasOwn(faults, name)) {
            expect(payer).not.toHaveProperty(name)
          }
        }
      }),
    )
  })
})
