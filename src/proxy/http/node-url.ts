import type { IncomingMessage } from 'node:http'

/** What a URL parser would leave as it is. */
const PLAIN_TARGET = /^\/[\w!$&'()*+,\-./:;=?@[\]~]*$/
const DOT_SEGMENT = /\/\.\.?(?:[/?]|$)/
const PLAIN_HOST = /^[a-z0-9._-]+(?::[1-9]\d{3,4})?$/
/** RFC 9112 §3.2.2: every server takes it, though only proxies are sent it. */
const ABSOLUTE = /^https?:\/\//

/**
 * The address that a request names; `undefined` where its target or its `Host` is none, or a parser
 * would read it otherwise than it was written.
 */
export function urlOf({ url: target = '', headers, socket }: IncomingMessage): string | undefined {
  if (ABSOLUTE.test(target)) return parsed(target)?.href
  const host = headers.host ?? String(headers[':authority'] ?? '')
  if (!target.startsWith('/') || host === '') return undefined
  const url = `${'encrypted' in socket ? 'https' : 'http'}://${host}${target}`
  if (PLAIN_TARGET.test(target) && !DOT_SEGMENT.test(target) && PLAIN_HOST.test(host)) return url
  const { href, hostname } = parsed(url, target) ?? {}
  return hostname === host.replace(/:\d+$/, '').toLowerCase() ? href : undefined
}

/** Of a backslash in the path a parser makes a slash. */
function parsed(url: string, target = url): URL | undefined {
  const [path = ''] = target.split('?', 1)
  return !path.includes('\\') && URL.canParse(url) ? new URL(url) : undefined
}
