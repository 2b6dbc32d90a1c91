import { createCipheriv, createDecipheriv } from 'node:crypto'

/** AES-256-GCM: nonce 12, cipher text, tag 16. The associated data must be the same at opening. */
export function sealGcm(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array, associated: string): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(associated, 'utf8'))
  return new Uint8Array(Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]))
}

/** The plain bytes, or undefined when the seal does not hold. */
export function openGcm(key: Uint8Array, sealed: Uint8Array, associated: string): Uint8Array | undefined {
  if (sealed.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
    .setAAD(Buffer.from(associated, 'utf8'))
    .setAuthTag(sealed.subarray(sealed.length - 16))
  const plain = decipher.update(sealed.subarray(12, sealed.length - 16))
  try {
    decipher.final()
    return new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength)
  } catch {
    plain.fill(0)
    return undefined
  }
}
