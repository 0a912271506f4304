import { createHmac } from 'node:crypto'
import type { ShopSettings } from '../shop.js'

const HOUR = 60 * 60

/**
 * An order token that has been over for a while, as a page holds it that was left open: the
 * proxy's own `signOrder` makes none, but any language can sign one.
 */
export function signEndedOrder(
  order: Parameters<ShopSettings['signOrder']>[0],
  secret: string,
): string {
  const now = Math.floor(Date.now() / 1000)
  const claims = { order, aud: 'pay-button', iat: now - 2 * HOUR, exp: now - HOUR }
  const signed = [{ alg: 'HS256', typ: 'pay-order+jwt' }, claims].map(inBase64Url).join('.')
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function inBase64Url(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}
