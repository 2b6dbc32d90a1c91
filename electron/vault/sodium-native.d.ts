/** The part of sodium-native that is used; the package brings no types. Every call writes into its first arguments. */
declare module 'sodium-native' {
  interface SodiumNative {
    crypto_aead_chacha20poly1305_ietf_encrypt(
      cipher: Uint8Array,
      message: Uint8Array,
      ad: Uint8Array | null,
      nsec: null,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number
    crypto_aead_chacha20poly1305_ietf_decrypt(
      message: Uint8Array,
      nsec: null,
      cipher: Uint8Array,
      ad: Uint8Array | null,
      nonce: Uint8Array,
      key: Uint8Array,
    ): number
    crypto_kx_client_session_keys(
      rx: Uint8Array,
      tx: Uint8Array,
      clientPublic: Uint8Array,
      clientSecret: Uint8Array,
      serverPublic: Uint8Array,
    ): void
    crypto_kx_server_session_keys(
      rx: Uint8Array,
      tx: Uint8Array,
      serverPublic: Uint8Array,
      serverSecret: Uint8Array,
      clientPublic: Uint8Array,
    ): void
    crypto_scalarmult_base(publicKey: Uint8Array, secretKey: Uint8Array): void
    crypto_generichash(output: Uint8Array, input: Uint8Array): void
    randombytes_buf(output: Uint8Array): void
    crypto_sign_ed25519_sk_to_curve25519(x25519: Uint8Array, ed25519: Uint8Array): void
    crypto_sign_ed25519_pk_to_curve25519(x25519: Uint8Array, ed25519: Uint8Array): void
  }
  const sodium: SodiumNative
  export default sodium
}
