import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Vexora's signature: every non-empty field but `sign`, sorted by code unit, `key=value` joined by
 * nothing, the app secret at the end, MD5 in lower-case hex. Documented at
 * docs.vexora.com/guide/areas/nigeria/overview; no vendor's vector exists to hold it against.
 *
 * @param fields values as they stand on the wire: a number's own text, `true` and `false` as words.
 */
export function sign(fields: Readonly<Record<string, string>>, appSecret: string): string {
  return createHash('md5')
    .update(signedText(fields) + appSecret, 'utf8')
    .digest('hex')
}

/** What is signed, before the secret. */
export function signedText(fields: Readonly<Record<string, string>>): string {
  return Object.keys(fields)
    .filter((key) => key !== 'sign' && fields[key] !== '')
    .sort()
    .map((key) => `${key}=${fields[key]}`)
    .join('')
}

/** Compares in constant time. */
export function verify(fields: Readonly<Record<string, string>>, appSecret: string): boolean {
  const given = Buffer.from(fields.sign ?? '', 'utf8')
  const expected = Buffer.from(sign(fields, appSecret), 'utf8')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
