import { generateKeyPairSync } from 'node:crypto'
import { vi } from 'vitest'
import { checkOptions } from '../../../src/proxy/check-options.js'
import { readEnvironment } from '../../../src/proxy/environment/environment.js'
import { Variables } from '../../../src/proxy/environment/variables.js'
import { read } from './pages.js'

/** A row of the operator's tables. */
export interface Variable {
  name: string
  /** `required`, `none` or `any` in plain letters; otherwise the value. */
  default: string
  example: string
}

const ROW = /^\| `([A-Z][A-Z0-9_]+)` \| .+ \| (.+) \| `([^`]+)` \|$/gm

/** What the operator's page says of each variable. */
export function describedVariables(): Variable[] {
  return [...read('src/proxy/README.md').matchAll(ROW)].map(
    ([, name = '', standard = '', example = '']) => ({
      name,
      default: standard,
      example: isCut(example) ? keyOf(name) : example,
    }),
  )
}

/** Keys are too long for a table. */
const isCut = (example: string) => example.endsWith('…')

const KEYS = [1, 2].map(() =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }),
)

/** Ours, and the public one of somebody else. */
function keyOf(name: string): string {
  const [own, theirs] = KEYS
  return (name.includes('PRIVATE') ? own?.privateKey : theirs?.publicKey) ?? ''
}

/** The variables that the program asks for, where all that is described is set. */
export function askedVariables(environment: Record<string, string>): string[] {
  const get = vi.spyOn(Variables.prototype, 'get')
  readEnvironment(environment)
  const asked = get.mock.calls.map(([name]) => name)
  get.mockRestore()
  return [...new Set(asked)]
}

/** What a configuration comes to, with what it leaves to us. */
export function configured(environment: Record<string, string>): unknown {
  const { options, ...rest } = readEnvironment(environment)
  const { log, providers } = options
  const shown = JSON.stringify(providers, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  const level = 'level' in log ? log.level : undefined
  return { ...rest, ...checkOptions(options), level, providers: JSON.parse(shown) }
}
