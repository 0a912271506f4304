import { randomFillSync, randomInt } from 'node:crypto'

/** Random bytes are drawn in pages: one system call for many numbers. */
const page = Buffer.alloc(4096)
let used = page.length

function randomBytes(count: number): Buffer {
  if (used + count > page.length) {
    randomFillSync(page)
    used = 0
  }
  const bytes = Buffer.from(page.subarray(used, used + count))
  page.fill(0, used, used + count)
  used += count
  return bytes
}

/**
 * A payment's id: unguessable, since it is the permission to read it, and rising with time, since
 * an index of such keys stays small. Nine base-36 characters of milliseconds, 128 random bits.
 */
export function newPaymentId(now: number): string {
  return `pay_${now.toString(36).padStart(9, '0')}${randomBytes(16).toString('hex')}`
}

/** Our number at the provider: `yyyymmddhhmmss` (UTC) and 16 random digits, 30 in all. */
export function newTradeNo(now: number): string {
  const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)
  return stamp + eightDigits() + eightDigits()
}

function eightDigits(): string {
  return String(randomInt(1e8)).padStart(8, '0')
}
