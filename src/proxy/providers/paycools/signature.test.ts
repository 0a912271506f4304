import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readPublicKey } from './keys.js'
import { SIGN_ALGORITHMS, type SignAlgorithm, sign, verify } from './signature.js'
import vectors from './vectors.json' with { type: 'json' }

const folder = mkdtempSync(join(tmpdir(), 'paycools-'))
afterAll(() => rmSync(folder, { recursive: true }))

const HASH: Record<SignAlgorithm, string> = { 'RSA-SHA256': '-sha256', 'RSA-SHA1': '-sha1' }

function algorithmOf({ algorithm }: (typeof vectors)[number]): SignAlgorithm {
  const found = SIGN_ALGORITHMS.find((each) => each.toLowerCase() === algorithm)
  if (!found) throw new Error(`no such algorithm: ${algorithm}`)
  return found
}

/** `openssl dgst`: needs the program, and fails where there is none. */
function openssl(args: string[], input: string): Buffer {
  return execFileSync('openssl', ['dgst', ...args], { input, stdio: 'pipe' })
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

function opensslVerifies(
  publicKey: string,
  text: string,
  signature: string,
  algorithm: SignAlgorithm,
): boolean {
  const key = file('public.pem', publicKey)
  const bytes = file('signature', Buffer.from(signature, 'base64'))
  try {
    openssl([HASH[algorithm], '-verify', key, '-signature', bytes], text)
    return true
  } catch (error) {
    // 1 is its word for a bad signature; anything else is a fault of the test.
    if (error instanceof Error && 'status' in error && error.status === 1) return false
    throw error
  }
}

test('there are vectors of both hashes, and of two keys', () => {
  expect(new Set(vectors.map(algorithmOf))).toEqual(new Set(SIGN_ALGORITHMS))
  expect(new Set(vectors.map(({ key }) => key)).size).toBe(2)
  expect(vectors.length).toBeGreaterThanOrEqual(6)
})

describe.each(vectors)('vector: $name', (vector) => {
  const { key, text, signature } = vector
  const algorithm = algorithmOf(vector)

  test('verifies here', () => {
    expect(verify(text, signature, readPublicKey(key), algorithm)).toBe(true)
    expect(signature).toHaveLength(344)
  })

  test('verifies with openssl', () => {
    expect(opensslVerifies(key, text, signature, algorithm)).toBe(true)
  })

  test('verifies for no other text, hash or key', () => {
    const publicKey = readPublicKey(key)
    const otherHash = algorithm === 'RSA-SHA1' ? 'RSA-SHA256' : 'RSA-SHA1'
    const otherKey = vectors.find((each) => each.key !== key)?.key ?? ''
    expect(verify(`${text} `, signature, publicKey, algorithm)).toBe(false)
    expect(verify(text, signature, publicKey, otherHash)).toBe(false)
    expect(verify(text, signature, readPublicKey(otherKey), algorithm)).toBe(false)
    expect(opensslVerifies(key, `${text} `, signature, algorithm)).toBe(false)
    expect(opensslVerifies(key, text, signature, otherHash)).toBe(false)
  })
})

describe.each(SIGN_ALGORITHMS)('%s', (algorithm) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const privatePem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const publicPem = String(publicKey.export({ type: 'spki', format: 'pem' }))

  test.each(vectors)('signs as openssl does: $name', ({ text }) => {
    const signature = sign(text, privateKey, algorithm)
    const key = file('private.pem', privatePem)
    expect(signature).toBe(openssl([HASH[algorithm], '-sign', key], text).toString('base64'))
    expect(opensslVerifies(publicPem, text, signature, algorithm)).toBe(true)
    expect(verify(text, signature, publicKey, algorithm)).toBe(true)
  })

  test.each([
    ['nothing', ''],
    ['the documents’ placeholder', '45eebd745dcf0b5f6d6f9fcde28cd9fe8116a892'],
    ['what is no Base64', '****'],
    ['too many bytes', Buffer.alloc(512).toString('base64')],
  ])('does not take %s for a signature', (_name, signature) => {
    expect(verify('{}', signature, publicKey, algorithm)).toBe(false)
  })
})

test('what is parsed and written again is not the text that was signed', () => {
  const spaced = vectors.find(({ text }) => text.includes('": '))
  if (!spaced) throw new Error('no vector with blanks')
  const again = JSON.stringify(JSON.parse(spaced.text))
  expect(verify(again, spaced.signature, readPublicKey(spaced.key), 'RSA-SHA256')).toBe(false)
})
