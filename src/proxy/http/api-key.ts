import { createHash, timingSafeEqual } from 'node:crypto'
import { ProblemError } from './problem.js'

/**
 * Lets only the shop's server in: `Authorization: Bearer …`.
 *
 * @throws {ProblemError} `unauthorized`
 */
export function requireApiKey(authorization: string | undefined, apiKeys: readonly string[]): void {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  // Hashes are of one length, so that the time to compare tells nothing of the key.
  const hash = (text: string) => createHash('sha256').update(text).digest()
  const isKnown = apiKeys.some((key) => timingSafeEqual(hash(key), hash(given)))
  if (!isKnown) throw new ProblemError('unauthorized')
}
