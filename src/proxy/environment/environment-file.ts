import { existsSync } from 'node:fs'
import { ConfigurationError } from '../options.js'

/**
 * Adds what `.env` in the working folder says, if there is one. What the real environment says
 * goes before it.
 *
 * @throws {ConfigurationError}
 */
export function loadEnvironmentFile(path = '.env'): void {
  if (!existsSync(path)) return
  try {
    process.loadEnvFile(path)
  } catch {
    throw new ConfigurationError(path, 'cannot be read')
  }
}
