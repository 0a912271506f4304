import { hash, timingSafeEqual } from 'node:crypto'

/** Compares what must not be guessed: the time that it takes tells nothing of either text. */
export function isSameSecret(one: string, other: string): boolean {
  // Hashes are of one length, whatever the texts are.
  const hashed = (text: string) => Buffer.from(hash('sha256', text, 'hex'), 'latin1')
  return timingSafeEqual(hashed(one), hashed(other))
}

/** The same of a signature, whose length is no secret. */
export function isSameSignature(given: Uint8Array, expected: Uint8Array): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected)
}
