import { UsageError } from './usage-error.js'

/**
 * What `parse` makes of a command's words.
 *
 * @throws {UsageError} in one line, naming the command.
 */
export function readArguments<T>(command: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : '').split('. ')
    throw new UsageError(`pay-button-proxy ${command}: ${line}`)
  }
}
