import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

/** A key cannot be used. Says which and why, never what it was. */
export class KeyUnreadableError extends Error {
  override readonly name = 'KeyUnreadableError'
  readonly which: 'private' | 'public'
  readonly what: string

  constructor(which: 'private' | 'public', what: string) {
    super(`the ${which} key ${what}`)
    this.which = which
    this.what = what
  }
}

/**
 * The merchant's own key: PEM, or bare Base64 of its DER as PayCools' sample code prints it;
 * PKCS#8 or PKCS#1.
 *
 * @throws {KeyUnreadableError}
 */
export function readPrivateKey(text: string): KeyObject {
  return firstThatReads('private', [
    () => createPrivateKey(unfold(text)),
    () => createPrivateKey({ key: der(text), format: 'der', type: 'pkcs8' }),
    () => createPrivateKey({ key: der(text), format: 'der', type: 'pkcs1' }),
  ])
}

/**
 * PayCools' key, which is not the merchant's: PEM, or bare Base64 of its DER (X.509).
 *
 * @throws {KeyUnreadableError}
 */
export function readPublicKey(text: string): KeyObject {
  // `createPublicKey` would derive one from a private key, which nobody means to hand over.
  if (isPrivateKey(text)) throw new KeyUnreadableError('public', 'is a private one')
  return firstThatReads('public', [
    () => createPublicKey(unfold(text)),
    () => createPublicKey({ key: der(text), format: 'der', type: 'spki' }),
    () => createPublicKey({ key: der(text), format: 'der', type: 'pkcs1' }),
  ])
}

function isPrivateKey(text: string): boolean {
  try {
    readPrivateKey(text)
    return true
  } catch {
    return false
  }
}

function firstThatReads(which: 'private' | 'public', readers: (() => KeyObject)[]): KeyObject {
  for (const read of readers) {
    try {
      const key = read()
      if (key.asymmetricKeyType === 'rsa') return key
    } catch {
      // The next form; that none fits is told below, without the key.
    }
  }
  throw new KeyUnreadableError(which, 'is not an RSA key in PEM or Base64 DER')
}

/** An environment file often holds a PEM on one line, with `\n` for its line breaks. */
function unfold(text: string): string {
  return text.replace(/\\n/g, '\n')
}

function der(text: string): Buffer {
  return Buffer.from(text.replace(/\s/g, ''), 'base64')
}

/**
 * Whether a public key belongs to a private one: then it is the merchant's own and not PayCools',
 * and every notification would seem forged.
 */
export function isPair(privateKey: KeyObject, publicKey: KeyObject): boolean {
  return createPublicKey(privateKey).equals(publicKey)
}
