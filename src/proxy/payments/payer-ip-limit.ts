import { ProblemError } from '../http/problem.js'
import type { Provider } from '../providers/provider.js'
import type { IpDays } from './ip-days.js'
import { keyedHash } from './keyed-hash.js'
import type { IpSlot } from './payment-store.js'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The slot that one more payment of this address takes today, where the provider has limits. */
export function ipSlot(
  provider: Provider,
  payerIp: string,
  now: number,
  secret: string,
): IpSlot | undefined {
  const limits = provider.payerIp?.limits
  if (!limits) return undefined
  const day = dayOf(now, limits.utcOffset)
  return {
    key: keyedHash(secret, 'ip-day', [provider.id, provider.merchant, payerIp, day]),
    payments: limits.payments,
    successes: limits.successes,
    // Kept for two days: a success counts on the day of its create call.
    forgetAt: startOf(day + 2, limits.utcOffset),
  }
}

/** The answer to a payer whose address has no slot left today. */
export async function ipLimitProblem(
  ipDays: IpDays,
  provider: Provider,
  slot: IpSlot,
  now: number,
): Promise<ProblemError> {
  const offset = provider.payerIp?.limits?.utcOffset ?? 0
  const retryAt = startOf(dayOf(now, offset) + 1, offset)
  const { successes } = await ipDays.read(slot.key)
  return new ProblemError('payer-ip-limit', {
    limit: successes >= slot.successes ? 'successes' : 'payments',
    retryAt: new Date(retryAt).toISOString(),
    retryAfter: Math.ceil((retryAt - now) / 1000),
  })
}

function dayOf(time: number, utcOffset: number): number {
  return Math.floor((time + utcOffset * HOUR) / DAY)
}

function startOf(day: number, utcOffset: number): number {
  return day * DAY - utcOffset * HOUR
}
