import type { Variables } from '../environment/variables.js'
import type { Provider } from './provider.js'

/** A provider as the program knows it: by its environment variables. */
export interface ListedProvider {
  /** The provider's own id. */
  readonly id: string
  /** What its variables begin with, without the `_` after it. */
  readonly prefix: string
  /** @throws {ConfigurationError} naming the variable that is missing or cannot be used. */
  read(variables: Variables): Provider
}
