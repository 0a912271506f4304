import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { KeyUnreadableError, readPrivateKey, readPublicKey } from './keys.js'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })

type PrivateType = 'pkcs8' | 'pkcs1'
type PublicType = 'spki' | 'pkcs1'

const privatePem = (type: PrivateType) => String(pair.privateKey.export({ type, format: 'pem' }))
const publicPem = (type: PublicType) => String(pair.publicKey.export({ type, format: 'pem' }))
const privateBase64 = (type: PrivateType) =>
  pair.privateKey.export({ type, format: 'der' }).toString('base64')
const publicBase64 = (type: PublicType) =>
  pair.publicKey.export({ type, format: 'der' }).toString('base64')
const onOneLine = (pem: string) => pem.trim().replaceAll('\n', '\\n')
const folded = (base64: string) => base64.replace(/.{64}/g, '$&\r\n')

const pem = (key: KeyObject, type: 'pkcs8' | 'spki') =>
  String(
    type === 'pkcs8' ? key.export({ type, format: 'pem' }) : key.export({ type, format: 'pem' }),
  )

test.each<[string, string]>([
  ['PKCS#8 as PEM', privatePem('pkcs8')],
  ['PKCS#1 as PEM', privatePem('pkcs1')],
  ['PKCS#8 as PEM on one line', onOneLine(privatePem('pkcs8'))],
  ['PKCS#1 as PEM with DOS line ends', privatePem('pkcs1').replaceAll('\n', '\r\n')],
  ['PKCS#8 as bare Base64', privateBase64('pkcs8')],
  ['PKCS#1 as bare Base64', privateBase64('pkcs1')],
  ['PKCS#8 as bare Base64 in lines', folded(privateBase64('pkcs8'))],
])('reads a private key: %s', (_name, text) => {
  expect(readPrivateKey(text).equals(pair.privateKey)).toBe(true)
})

test.each<[string, string]>([
  ['X.509 as PEM', publicPem('spki')],
  ['PKCS#1 as PEM', publicPem('pkcs1')],
  ['X.509 as PEM on one line', onOneLine(publicPem('spki'))],
  ['X.509 as bare Base64', publicBase64('spki')],
  ['PKCS#1 as bare Base64', publicBase64('pkcs1')],
  ['X.509 as bare Base64 in lines', folded(publicBase64('spki'))],
])('reads a public key: %s', (_name, text) => {
  expect(readPublicKey(text).equals(pair.publicKey)).toBe(true)
})

describe('refuses without a word of the key', () => {
  function refusal(read: () => unknown, text: string): string {
    try {
      read()
    } catch (error) {
      expect(error).toBeInstanceOf(KeyUnreadableError)
      const { message, cause } = error as Error
      expect(cause).toBeUndefined()
      if (text.length > 8) expect(message).not.toContain(text.slice(0, 8))
      return message
    }
    throw new Error('it was read')
  }

  const encrypted = pair.privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'secret',
  })

  test.each<[string, string]>([
    ['nothing', ''],
    ['a word', 'not-a-key'],
    ['a public key', publicPem('spki')],
    ['a public key in Base64', publicBase64('spki')],
    ['a cut PEM', privatePem('pkcs8').slice(0, 400)],
    ['cut Base64', privateBase64('pkcs8').slice(0, 400)],
    ['an elliptic curve’s key', pem(curve.privateKey, 'pkcs8')],
    ['a key for RSA-PSS alone', pem(pss.privateKey, 'pkcs8')],
    ['a key with a pass phrase', String(encrypted)],
  ])('%s for a private key', (_name, text) => {
    expect(refusal(() => readPrivateKey(text), text)).toBe(
      'the private key is not an RSA key in PEM or Base64 DER',
    )
  })

  test.each<[string, string]>([
    ['nothing', ''],
    ['a word', 'not-a-key'],
    ['a cut PEM', publicPem('spki').slice(0, 200)],
    ['cut Base64', publicBase64('spki').slice(0, 200)],
    ['an elliptic curve’s key', pem(curve.publicKey, 'spki')],
    ['a key for RSA-PSS alone', pem(pss.publicKey, 'spki')],
  ])('%s for a public key', (_name, text) => {
    expect(refusal(() => readPublicKey(text), text)).toBe(
      'the public key is not an RSA key in PEM or Base64 DER',
    )
  })

  test.each<[string, string]>([
    ['PKCS#8 as PEM', privatePem('pkcs8')],
    ['PKCS#1 as PEM', privatePem('pkcs1')],
    ['PKCS#8 as bare Base64', privateBase64('pkcs8')],
    ['PKCS#1 as bare Base64', privateBase64('pkcs1')],
  ])('a private key for a public one: %s', (_name, text) => {
    // The control: without the check, each of these would have passed.
    const isPem = text.startsWith('-')
    const key = Buffer.from(text, 'base64')
    expect(
      createPublicKey(isPem ? text : { key, format: 'der', type: 'pkcs1' }).asymmetricKeyType,
    ).toBe('rsa')
    expect(refusal(() => readPublicKey(text), text)).toBe('the public key is a private one')
  })
})
