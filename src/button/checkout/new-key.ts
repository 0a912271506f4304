/** An idempotency key of 128 random bits. */
export function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-')
}
