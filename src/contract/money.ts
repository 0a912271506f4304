import * as z from 'zod/mini'

/**
 * Decimals of every currency we handle. ISO 4217 gives 2 to TWD, USD, IDR, HKD and CNY alike;
 * `Intl` disagrees for IDR, so it is never asked. An unlisted currency is counted with 2 as well.
 */
const DECIMALS = 2

/** A decimal string in major units, as it travels: at most 12 digits and 2 decimals. */
export const MONEY_VALUE = /^(0|[1-9]\d{0,11})(\.\d{1,2})?$/
export const CURRENCY = /^[A-Z]{3}$/

/** The same above zero. */
const MONEY_ABOVE_ZERO = new RegExp(`^(?!0(?:\\.0+)?$)${MONEY_VALUE.source.slice(1)}`)

/**
 * An amount above zero: `{"value": "300", "currency": "TWD"}`, major units. This schema and the
 * button's others are only made when first asked: all at once they would hold up a slow phone.
 */
export const moneySchema = z.lazy(() =>
  z.object({
    value: z.string().check(z.regex(MONEY_ABOVE_ZERO)),
    currency: z.string().check(z.regex(CURRENCY)),
  }),
)

/** Money on the wire, in major units. */
export type Money = z.infer<typeof moneySchema>

/**
 * Minor units (cents) of a decimal string in major units.
 *
 * @throws {RangeError} when `value` is not a decimal of at most 2 places.
 */
export function toMinor(value: string): bigint {
  if (!MONEY_VALUE.test(value)) throw new RangeError('not an amount of money')
  const [whole = '', fraction = ''] = value.split('.')
  return BigInt(whole + fraction.padEnd(DECIMALS, '0'))
}

/** The decimal string of minor units, always with two decimals: `300.00`. */
export function toDecimal(minor: bigint): string {
  const digits = minor.toString().padStart(DECIMALS + 1, '0')
  return `${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`
}

/** The decimal string of minor units: without decimals if whole, else with two. */
export function fromMinor(minor: bigint): string {
  return toDecimal(minor).replace(/\.0+$/, '')
}

/** Whether two amounts are the same money, however they are written. */
export function sameMoney(a: Money, b: Money): boolean {
  return a.currency === b.currency && toMinor(a.value) === toMinor(b.value)
}
