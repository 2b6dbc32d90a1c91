import { createHash, createPublicKey, verify } from 'node:crypto'
import type { Crypto } from '#sync/jws.ts'

/** Ed25519 and SHA-256 by Node; both exist in Electron's BoringSSL. */
export const platformCrypto: Crypto = {
  async verifyEd25519(message, signature, x) {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, message, key, signature)
  },
  sha256: async bytes => sha256Hex(bytes),
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function base64Url(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString('base64url')
}

/** Compact JWS with EdDSA (RFC 8037) by a key that never leaves its holder. */
export function signJws(typ: string, kid: string, payload: string, sign: (message: Uint8Array) => Uint8Array): string {
  const head = base64Url(JSON.stringify({ alg: 'EdDSA', kid, typ }))
  const body = base64Url(payload)
  return `${head}.${body}.${base64Url(sign(Buffer.from(`${head}.${body}`)))}`
}
