import { toMinor } from '../../contract/money.js'

/**
 * A provider's amount in minor units. Zeros after the second decimal are dropped (`300.0000`).
 *
 * @returns `undefined` for what is no amount, or none that can be counted exactly.
 */
export function readAmount(text: string | undefined): bigint | undefined {
  const [, amount] = /^(\d+(?:\.\d{1,2})?)0*$/.exec(text?.trim() ?? '') ?? []
  try {
    return amount === undefined ? undefined : toMinor(amount.replace(/^0+(?=\d)/, ''))
  } catch {
    return undefined
  }
}
