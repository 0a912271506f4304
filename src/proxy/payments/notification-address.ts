import { isSameSecret } from '../constant-time.js'
import type { Provider } from '../providers/provider.js'
import type { Settings } from '../settings.js'
import { keyedHash } from './keyed-hash.js'

/**
 * Where a provider tells us of a payment. One that does not sign is given an address that nobody
 * can guess: our number and a keyed hash of it.
 */
export function notificationAddress(
  provider: Provider,
  tradeNo: string,
  { publicUrl, secrets }: Settings,
): string {
  const address = `${publicUrl}/notifications/${provider.id}`
  return provider.secretAddress
    ? `${address}/${tradeNo}-${proofOf(provider, tradeNo, secrets[0])}`
    : address
}

/** @returns our number, if the last part of the address is one that we gave out. */
export function readNotificationAddress(
  provider: Provider,
  part: string | undefined,
  { secrets }: Settings,
): string | undefined {
  const [, tradeNo, proof] = /^([A-Za-z0-9]{10,32})-([\w-]{43})$/.exec(part ?? '') ?? []
  if (tradeNo === undefined || proof === undefined) return undefined
  const isOurs = secrets.some((secret) => isSameSecret(proofOf(provider, tradeNo, secret), proof))
  return isOurs ? tradeNo : undefined
}

function proofOf(provider: Provider, tradeNo: string, secret: string): string {
  return keyedHash(secret, 'notification-address', [provider.id, tradeNo])
}
