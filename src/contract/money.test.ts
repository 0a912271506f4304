import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromMinor, type Money, moneySchema, sameMoney, toMinor } from './money.js'

const LARGEST = 99_999_999_999_999n
const minor = fc.bigInt({ min: 0n, max: LARGEST })
const wire = fc.stringMatching(/^(0|[1-9]\d{0,11})(\.\d{1,2})?$/)
const twd = (value: string): Money => ({ value, currency: 'TWD' })

describe('toMinor', () => {
  it.each([
    ['0', 0n],
    ['300', 30_000n],
    ['300.5', 30_050n],
    ['300.05', 30_005n],
    ['0.01', 1n],
    // 4.35 × 100 is 434.99… as a float.
    ['4.35', 435n],
    ['999999999999.99', LARGEST],
  ])('counts %s', (value, expected) => {
    expect(toMinor(value)).toBe(expected)
  })

  it.each([
    '',
    ' 300',
    '300 ',
    '300\n',
    '+300',
    '-300',
    '0300',
    '.5',
    '300.',
    '300.005',
    '3e2',
    '0x10',
    '1,000',
    '１００',
    'NaN',
    '1000000000000',
  ])('refuses %j', (value) => {
    expect(() => toMinor(value)).toThrow(RangeError)
  })
})

describe('fromMinor', () => {
  it.each([
    [0n, '0'],
    [1n, '0.01'],
    [10n, '0.10'],
    [99n, '0.99'],
    [100n, '1'],
    [30_000n, '300'],
    [30_050n, '300.50'],
    [LARGEST, '999999999999.99'],
  ])('writes %s without decimals if whole, else with two', (minorUnits, expected) => {
    expect(fromMinor(minorUnits)).toBe(expected)
  })
})

describe('money never loses a unit', () => {
  it('from minor units to the wire and back', () => {
    fc.assert(fc.property(minor, (units) => toMinor(fromMinor(units)) === units))
  })

  it('from the wire to minor units and back', () => {
    fc.assert(
      fc.property(wire, (value) => {
        const again = fromMinor(toMinor(value))
        return sameMoney(twd(value), twd(again)) && fromMinor(toMinor(again)) === again
      }),
    )
  })

  it('in the order of its minor units', () => {
    fc.assert(
      fc.property(
        minor,
        minor,
        (a, b) => (a === b) === sameMoney(twd(fromMinor(a)), twd(fromMinor(b))),
      ),
    )
  })

  it('and what is above zero is money on the wire', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: LARGEST }), (units) => {
        expect(moneySchema.parse(twd(fromMinor(units)))).toEqual(twd(fromMinor(units)))
      }),
    )
  })
})

describe('sameMoney', () => {
  it.each([
    ['300', '300.00', true],
    ['300.5', '300.50', true],
    ['300', '300.01', false],
    ['300', '3000', false],
  ])('%s and %s: %s', (a, b, expected) => {
    expect(sameMoney(twd(a), twd(b))).toBe(expected)
  })

  it('tells currencies apart', () => {
    expect(sameMoney(twd('300'), { value: '300', currency: 'USD' })).toBe(false)
  })
})

describe('moneySchema', () => {
  it.each([twd('300'), twd('0.01'), { value: '1', currency: 'XXX' }])('takes %j', (money) => {
    expect(moneySchema.parse(money)).toEqual(money)
  })

  it.each([
    twd('0'),
    twd('0.00'),
    twd('-1'),
    twd('300.005'),
    twd('300\n'),
    twd('1e3'),
    { value: 300, currency: 'TWD' },
    { value: ['300'], currency: 'TWD' },
    { value: '300', currency: 'twd' },
    { value: '300', currency: 'TWDD' },
    { value: '300', currency: 'NT$' },
    { value: '300' },
    { currency: 'TWD' },
    '300',
    null,
  ])('refuses %j', (money) => {
    expect(moneySchema.safeParse(money).success).toBe(false)
  })
})
