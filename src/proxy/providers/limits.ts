import { toMinor } from '../../contract/money.js'

/** What a merchant allows, decimal strings in major units. */
export interface AmountLimits {
  min?: string | undefined
  max?: string | undefined
}

/** @returns whether an amount in minor units is within the limits, both included. */
export function withinLimits({ min, max }: AmountLimits): (amount: bigint) => boolean {
  const least = min === undefined ? 1n : toMinor(min)
  const most = max === undefined ? undefined : toMinor(max)
  return (amount) => amount >= least && (most === undefined || amount <= most)
}
