import { createHmac } from 'node:crypto'

/** How the signature is written. Assumed: the documents' list of steps is not readable. */
export const SIGN_ENCODINGS = ['hex', 'hex-upper', 'base64'] as const
export type SignEncoding = (typeof SIGN_ENCODINGS)[number]

/**
 * HMAC-SHA256 with the merchant's secret (documented) over the raw body of the request (assumed:
 * what is signed is not readable in the documents).
 */
export function sign(body: string, apiSecret: string, encoding: SignEncoding): string {
  const hmac = createHmac('sha256', apiSecret).update(body, 'utf8')
  if (encoding === 'base64') return hmac.digest('base64')
  const hex = hmac.digest('hex')
  return encoding === 'hex-upper' ? hex.toUpperCase() : hex
}
