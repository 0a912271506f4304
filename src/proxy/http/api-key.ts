import { isSameSecret } from '../constant-time.js'
import { ProblemError } from './problem.js'

/**
 * Lets only the shop's server in: `Authorization: Bearer …`.
 *
 * @throws {ProblemError} `unauthorized`
 */
export function requireApiKey(authorization: string | undefined, apiKeys: readonly string[]): void {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  const isKnown = apiKeys.some((key) => isSameSecret(key, given))
  if (!isKnown) throw new ProblemError('unauthorized')
}
