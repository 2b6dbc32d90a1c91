import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'

// RFC 8410: the fixed beginning of a PKCS #8 private key, and of an SPKI public key, for Ed25519.
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const spkiLength = 12

export interface SigningKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** Ed25519 signature, 64 bytes. */
  sign(message: Uint8Array): Uint8Array
}

export function signingKey(seed: Uint8Array): SigningKey {
  const der = Buffer.concat([pkcs8, seed])
  const key: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  der.fill(0)
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' })
  return {
    publicKey: new Uint8Array(spki.subarray(spkiLength)),
    sign: message => new Uint8Array(sign(null, message, key)),
  }
}
