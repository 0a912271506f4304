import { createHash } from 'node:crypto'

/**
 * Vexora's signature: every field but `sign`, empty ones skipped, sorted by code unit, joined as
 * `key=value` with nothing between, the app secret at the end, MD5 in lower-case hex.
 */
export function sign(fields: Readonly<Record<string, string>>, appSecret: string): string {
  const text = Object.entries(fields)
    .filter(([key, value]) => key !== 'sign' && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join('')
  return createHash('md5')
    .update(text + appSecret, 'utf8')
    .digest('hex')
}
