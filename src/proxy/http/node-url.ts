import type { IncomingMessage } from 'node:http'

/** What a URL parser would leave as it is: not `'`, which it escapes in a query. */
const PLAIN_TARGET = /^\/[\w!$&()*+,\-./:;=?@[\]~]*$/
const DOT_SEGMENT = /\/\.\.?(?:[/?]|$)/
/** RFC 9112 §3.2.2: every server takes it, though only proxies are sent it. */
const ABSOLUTE = /^https?:\/\//
/** Of a request that may have none: that of HTTP/1.0, which a load balancer may look at us by. */
const DEFAULT_HOST = 'localhost'

/**
 * The address that a request names; `undefined` where its target or its `Host` is none, or a parser
 * would find another one in it.
 */
export function urlOf({ url: target = '', headers, socket }: IncomingMessage): string | undefined {
  if (ABSOLUTE.test(target)) return parse(target, target)?.href
  const host = headers.host ?? String(headers[':authority'] ?? DEFAULT_HOST)
  if (!target.startsWith('/') || host === '') return undefined
  const url = `${'encrypted' in socket ? 'https' : 'http'}://${host}${target}`
  const isPlain = PLAIN_TARGET.test(target) && !DOT_SEGMENT.test(target) && isPlainHost(host)
  if (isPlain) return url
  const { href, hostname } = parse(url, target) ?? {}
  return hostname === withoutPort(host).toLowerCase() ? href : undefined
}

/** Most requests have the host of the one before. */
let lastPlainHost = ''

function isPlainHost(host: string): boolean {
  if (host === lastPlainHost) return true
  const isPlain = parse(`http://${host}`, '')?.href === `http://${host}/`
  if (isPlain) lastPlainHost = host
  return isPlain
}

function parse(url: string, target: string): URL | undefined {
  const [path = ''] = target.split('?', 1)
  // Of a backslash in a path a parser makes a slash.
  if (path.includes('\\') || !URL.canParse(url)) return undefined
  const parsed = new URL(url)
  return parsed.username === '' && parsed.password === '' ? parsed : undefined
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '')
}
