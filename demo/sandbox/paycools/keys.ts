import { generateKeyPairSync } from 'node:crypto'

/** Base64 of DER, as PayCools' own sample code prints keys: PKCS#8 private, X.509 public. */
export interface KeyPair {
  privateKey: string
  publicKey: string
}

export interface KeyPairs {
  merchant: KeyPair
  /** PayCools' own, which signs notifications. */
  payCools: KeyPair
}

let pairs: KeyPairs | undefined

/** Made when they are first needed, once in each process: RSA keys take their time. */
export function keyPairs(): KeyPairs {
  pairs ??= { merchant: newPair(), payCools: newPair() }
  return pairs
}

function newPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  })
  return {
    privateKey: privateKey.toString('base64'),
    publicKey: publicKey.toString('base64'),
  }
}
