import { MONEY_VALUE } from '../../contract/money.js'
import { ConfigurationError } from '../options.js'

/** Environment variables; one that is empty or blank counts as not set. */
export class Variables {
  readonly #values: ReadonlyMap<string, string>
  readonly #asked = new Set<string>()

  constructor(environment: Record<string, string | undefined>) {
    this.#values = new Map(
      Object.entries(environment).flatMap(([name, value]) => {
        const text = value?.trim()
        return text ? [[name, text] as const] : []
      }),
    )
  }

  get(name: string): string | undefined {
    this.#asked.add(name)
    return this.#values.get(name)
  }

  /** Whether any variable of this family is set. */
  hasAny(prefix: string): boolean {
    return [...this.#values.keys()].some((name) => name.startsWith(prefix))
  }

  /** Those of these families that nothing has asked for: misspelt, or of no use without another. */
  ignored(prefixes: readonly string[]): string[] {
    return [...this.#values.keys()].filter(
      (name) => !this.#asked.has(name) && prefixes.some((prefix) => name.startsWith(prefix)),
    )
  }
}

/** @throws {ConfigurationError} */
export function needed(variables: Variables, name: string): string {
  const value = variables.get(name)
  if (value === undefined) throw new ConfigurationError(name, 'is missing')
  return value
}

export function list(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

export function oneOf<const T extends string>(
  variables: Variables,
  name: string,
  words: readonly T[],
): T | undefined {
  const value = variables.get(name)
  const word = words.find((each) => each === value)
  if (value !== undefined && word === undefined) {
    throw new ConfigurationError(name, `must be ${words.join(' or ')}`)
  }
  return word
}

export function port(variables: Variables, name: string, otherwise: number): number {
  const value = variables.get(name)
  if (value === undefined) return otherwise
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) {
    throw new ConfigurationError(name, 'must be a port number')
  }
  return Number(value)
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000 }

/** `15s`, `5m`, `1h` in milliseconds. */
export function parseDuration(name: string, text: string): number {
  const [, count, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? []
  const milliseconds = Number(count) * UNITS[unit as keyof typeof UNITS]
  if (!(milliseconds > 0)) throw new ConfigurationError(name, 'must be written like 15s, 5m or 1h')
  return milliseconds
}

export function duration<const K extends string>(
  variables: Variables,
  name: string,
  option: K,
): { [P in K]?: number } {
  const text = variables.get(name)
  return text === undefined
    ? {}
    : ({ [option]: parseDuration(name, text) } as { [P in K]?: number })
}

/** It is sent as a header, where a line break would begin another one. */
export function word(variables: Variables, name: string): string {
  const value = needed(variables, name)
  if (!/^[\x21-\x7e]+$/.test(value)) throw new ConfigurationError(name, 'must be one plain word')
  return value
}

/** Hosts, comma-separated. */
export function hosts(variables: Variables, name: string): string[] | undefined {
  const text = variables.get(name)
  return text === undefined ? undefined : list(text.toLowerCase(), ',')
}

/** An amount in major units. */
export function amount(variables: Variables, name: string): string | undefined {
  const value = variables.get(name)
  if (value !== undefined && !MONEY_VALUE.test(value)) {
    throw new ConfigurationError(name, 'must be an amount in major units, such as 100')
  }
  return value
}
