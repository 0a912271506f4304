import { createHmac } from 'node:crypto'

/** HMAC-SHA256, so that what was hashed cannot be found by trying all phones or addresses. */
export function keyedHash(secret: string, purpose: string, parts: readonly unknown[]): string {
  return createHmac('sha256', secret)
    .update(JSON.stringify([purpose, ...parts]))
    .digest('base64url')
}
