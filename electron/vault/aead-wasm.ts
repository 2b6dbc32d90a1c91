import './web-crypto.ts'
import sodium from 'libsodium-wrappers'
import type { Aead } from './aead.ts'

/** libsodium compiled to WebAssembly: on every machine, about 200 MB/s. */
export async function wasmAead(): Promise<Aead> {
  await sodium.ready
  return {
    engine: 'wasm',
    seal: (plain, nonce, key) => sodium.crypto_aead_chacha20poly1305_ietf_encrypt(plain, null, null, nonce, key),
    open: (sealed, nonce, key) => {
      if (sealed.length < 16) return undefined
      return orUndefined(() => sodium.crypto_aead_chacha20poly1305_ietf_decrypt(null, sealed, null, nonce, key))
    },
    readerKey: (reader, writerPublic) =>
      orUndefined(() => sodium.crypto_kx_client_session_keys(reader.publicKey, reader.secretKey, writerPublic).sharedRx),
    writerKey: (writer, readerPublic) =>
      orUndefined(() => sodium.crypto_kx_server_session_keys(writer.publicKey, writer.secretKey, readerPublic).sharedTx),
    publicKeyOf: secretKey => sodium.crypto_scalarmult_base(secretKey),
    blake2b: (message, length) => sodium.crypto_generichash(length, message, null),
    random: length => sodium.randombytes_buf(length),
    x25519SecretOfEd25519: secretKey => sodium.crypto_sign_ed25519_sk_to_curve25519(secretKey),
    x25519PublicOfEd25519: publicKey => sodium.crypto_sign_ed25519_pk_to_curve25519(publicKey),
  }
}

/** libsodium's wrapper throws for a wrong MAC and for a degenerate point alike; both are expected here. */
function orUndefined(compute: () => Uint8Array): Uint8Array | undefined {
  try {
    return compute()
  } catch {
    return undefined
  }
}
