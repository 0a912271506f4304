import { hash } from 'node:crypto'
import { isSameSignature } from '../../constant-time.js'

/**
 * Vexora's signature: every non-empty field but `sign`, sorted by code unit, `key=value` joined by
 * nothing, the app secret at the end, MD5 in lower-case hex. Documented at
 * docs.vexora.com/guide/areas/nigeria/overview; no vendor's vector exists to hold it against.
 *
 * @param fields values as they stand on the wire: a number's own text, `true` and `false` as words.
 */
export function sign(fields: Readonly<Record<string, string>>, appSecret: string): string {
  return hash('md5', signedText(fields) + appSecret, 'hex')
}

/** What is signed, before the secret. */
export function signedText(fields: Readonly<Record<string, string>>): string {
  let text = ''
  for (const key of Object.keys(fields).sort()) {
    if (key !== 'sign' && fields[key] !== '') text += `${key}=${fields[key]}`
  }
  return text
}

/** Compares in constant time. */
export function verify(fields: Readonly<Record<string, string>>, appSecret: string): boolean {
  const given = Buffer.from(fields.sign ?? '', 'utf8')
  const expected = Buffer.from(sign(fields, appSecret), 'utf8')
  return isSameSignature(given, expected)
}
