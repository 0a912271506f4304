import { randomFillSync } from 'node:crypto'

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

const RANDOM_DIGITS = 16

/** Our number at the provider: `yyyymmddhhmmss` (UTC) and random digits, 30 in all. */
export function newTradeNo(now: number): string {
  const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)
  let digits = ''
  while (digits.length < RANDOM_DIGITS) {
    // Bytes from 250 on would make the first digits likelier than the others.
    for (const byte of randomBytes(RANDOM_DIGITS)) if (byte < 250) digits += byte % 10
  }
  return stamp + digits.slice(0, RANDOM_DIGITS)
}
