import { type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto'

/**
 * Which hash PayCools Indonesia signs with. Assumed: the readable part of its page names none; its
 * sibling products and third-party code say SHA-256, so that is the default.
 */
export const SIGN_ALGORITHMS = ['RSA-SHA256', 'RSA-SHA1'] as const
export type SignAlgorithm = (typeof SIGN_ALGORITHMS)[number]

/**
 * RSA, PKCS#1 v1.5, Base64, over the very text that is sent as `param`:
 * developers.paycools.co.id/en/common/ApiSignatureProcess.html
 */
export function sign(param: string, privateKey: KeyObject, algorithm: SignAlgorithm): string {
  return signBytes(algorithm, Buffer.from(param, 'utf8'), privateKey).toString('base64')
}

/** Verifies the text as it came; what is parsed and written again need not be the same text. */
export function verify(
  param: string,
  signature: string,
  publicKey: KeyObject,
  algorithm: SignAlgorithm,
): boolean {
  const bytes = Buffer.from(signature, 'base64')
  return verifyBytes(algorithm, Buffer.from(param, 'utf8'), publicKey, bytes)
}
