import { createHmac } from 'node:crypto'

/**
 * HMAC-SHA256 keyed with the merchant's secret is documented. That it is over the raw body and in
 * lower-case hex is an assumption: the documents' list of steps is not readable.
 */
export function sign(body: string, apiSecret: string): string {
  return createHmac('sha256', apiSecret).update(body, 'utf8').digest('hex')
}
