const BYTES = 16

/** An idempotency key: 128 random bits in base64url. */
export function newKey(): string {
  const random = crypto.getRandomValues(new Uint8Array(BYTES))
  return btoa(String.fromCharCode(...random))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
