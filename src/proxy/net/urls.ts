import { isLoopbackHost } from './addresses.js'

export type Mode = 'live' | 'test'

/**
 * The URL, if it may be used: absolute, without credentials, `https:`, or in test mode `http:` to
 * loopback.
 */
export function safeUrl(text: string, mode: Mode): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.username || url.password) return undefined
  const isLocal = mode === 'test' && url.protocol === 'http:' && isLoopbackHost(url.hostname)
  return url.protocol === 'https:' || isLocal ? url : undefined
}
