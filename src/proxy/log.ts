/**
 * Everything that may stand in a log. What is not listed here cannot be logged: no name, phone,
 * e-mail, account, address, token or secret, and no path that holds one.
 */
export interface LogFields {
  payment?: string
  order?: string
  provider?: string
  channel?: string
  tradeNo?: string
  status?: string
  reason?: string
  code?: string | number
  route?: string
  method?: string
  milliseconds?: number
  count?: number
  type?: string
  version?: number
  /** The name and the code of an error, never its message: that may quote what was sent. */
  error?: string
  hint?: string
}

/** What the proxy writes to; pino fits. */
export interface Logger {
  info(fields: LogFields, message: string): void
  warn(fields: LogFields, message: string): void
  error(fields: LogFields, message: string): void
}

/** The least that is written, the most first; `silent` writes nothing at all. */
export const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const

/** An error as a log may show it: `UnreachableError ECONNREFUSED`. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const cause = error.cause instanceof Error ? error.cause : undefined
  return [error.name, codeOf(error) ?? codeOf(cause)].filter(Boolean).join(' ')
}

function codeOf(error: Error | undefined): string | undefined {
  return error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/**
 * A provider's code as a log may show it. Theirs are a few characters; whatever is longer may be a
 * sentence that quotes the payer.
 */
export function shownCode(code: string): string {
  return /^[\w-]{1,8}$/.test(code) ? code : 'not a code'
}
