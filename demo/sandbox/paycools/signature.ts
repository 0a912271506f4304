import { createPrivateKey, createPublicKey, createSign, createVerify } from 'node:crypto'

/** Which one it is, PayCools' Indonesian page does not say. */
export type SignAlgorithm = 'RSA-SHA256' | 'RSA-SHA1'

/** PKCS#1 v1.5 in Base64 over the text of `param`. @param privateKey Base64 of PKCS#8. */
export function sign(param: string, privateKey: string, algorithm: SignAlgorithm): string {
  const key = createPrivateKey({ key: bytes(privateKey), format: 'der', type: 'pkcs8' })
  return createSign(algorithm).update(param, 'utf8').sign(key, 'base64')
}

/** @param publicKey Base64 of X.509. */
export function isSigned(
  param: string,
  signature: string,
  publicKey: string,
  algorithm: SignAlgorithm,
): boolean {
  const key = createPublicKey({ key: bytes(publicKey), format: 'der', type: 'spki' })
  return createVerify(algorithm).update(param, 'utf8').verify(key, signature, 'base64')
}

function bytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64')
}
