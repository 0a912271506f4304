import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { sign } from './signature.js'
import vectors from './vectors.json' with { type: 'json' }

/** `openssl dgst`: needs the program, and fails where there is none. */
function openssl(key: string, text: string): Buffer {
  const hexKey = Buffer.from(key, 'utf8').toString('hex')
  const args = ['dgst', '-sha256', '-mac', 'HMAC', '-macopt', `hexkey:${hexKey}`, '-binary']
  return execFileSync('openssl', args, { input: text, stdio: 'pipe' })
}

test('there are vectors to check', () => {
  expect(vectors.length).toBeGreaterThanOrEqual(3)
  expect(new Set(vectors.map(({ algorithm }) => algorithm))).toEqual(new Set(['hmac-sha256']))
})

describe.each(vectors)('vector: $name', ({ key, text, signature }) => {
  test('is what we sign', () => {
    expect(sign(text, key, 'hex')).toBe(signature)
  })

  test('is what openssl signs, in each way of writing it', () => {
    const bytes = openssl(key, text)
    expect(sign(text, key, 'hex')).toBe(bytes.toString('hex'))
    expect(sign(text, key, 'hex-upper')).toBe(bytes.toString('hex').toUpperCase())
    expect(sign(text, key, 'base64')).toBe(bytes.toString('base64'))
  })
})

test('the vector of the RFC is the RFC’s own', () => {
  expect(vectors[0]?.signature).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})
