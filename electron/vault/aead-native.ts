import { createRequire } from 'node:module'
import type { Aead } from './aead.ts'

const macLength = 16

/** sodium-native, about 900 MB/s, where its prebuilt library fits this machine; otherwise undefined. */
export async function nativeAead(): Promise<Aead | undefined> {
  let sodium: typeof import('sodium-native').default
  try {
    // An optional dependency: loaded when asked for, so that its absence is an answer and not a failed start.
    // `require` and not `import()`: a CommonJS main of Electron before 28 cannot import at run time, and would fall back without a word.
    sodium = createRequire(import.meta.url)('sodium-native') as typeof sodium
  } catch {
    return undefined
  }
  return {
    engine: 'native',
    seal: (plain, nonce, key) => {
      const sealed = new Uint8Array(plain.length + macLength)
      sodium.crypto_aead_chacha20poly1305_ietf_encrypt(sealed, plain, null, null, nonce, key)
      return sealed
    },
    open: (sealed, nonce, key) => {
      if (sealed.length < macLength) return undefined
      const plain = new Uint8Array(sealed.length - macLength)
      return did(() => sodium.crypto_aead_chacha20poly1305_ietf_decrypt(plain, null, sealed, null, nonce, key))
        ? plain
        : undefined
    },
    readerKey: (reader, writerPublic) => {
      const rx = new Uint8Array(32)
      const tx = new Uint8Array(32)
      return did(() => sodium.crypto_kx_client_session_keys(rx, tx, reader.publicKey, reader.secretKey, writerPublic))
        ? rx
        : undefined
    },
    writerKey: (writer, readerPublic) => {
      const rx = new Uint8Array(32)
      const tx = new Uint8Array(32)
      return did(() => sodium.crypto_kx_server_session_keys(rx, tx, writer.publicKey, writer.secretKey, readerPublic))
        ? tx
        : undefined
    },
    publicKeyOf: secretKey => written(32, out => sodium.crypto_scalarmult_base(out, secretKey)),
    blake2b: (message, length) => written(length, out => sodium.crypto_generichash(out, message)),
    random: length => written(length, out => sodium.randombytes_buf(out)),
    x25519SecretOfEd25519: secretKey => written(32, out => sodium.crypto_sign_ed25519_sk_to_curve25519(out, secretKey)),
    x25519PublicOfEd25519: publicKey => written(32, out => sodium.crypto_sign_ed25519_pk_to_curve25519(out, publicKey)),
  }
}

function did(compute: () => unknown): boolean {
  try {
    compute()
    return true
  } catch {
    return false
  }
}

function written(length: number, write: (out: Uint8Array) => void): Uint8Array {
  const out = new Uint8Array(length)
  write(out)
  return out
}
