import { nativeAead } from './aead-native.ts'
import { wasmAead } from './aead-wasm.ts'
import { knownAnswersFail } from './known-answers.ts'

export type AeadEngine = 'wasm' | 'native'

export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
}

/**
 * The few primitives of Crypt4GH, the same in Node and in Electron. `node:crypto` of Electron (BoringSSL) has neither
 * chacha20-poly1305 nor blake2b512, so libsodium does it: as WebAssembly (always there), or native (four times faster).
 */
export interface Aead {
  readonly engine: AeadEngine
  /** chacha20-poly1305-ietf: cipher text followed by the 16 bytes of the MAC. Key 32 bytes, nonce 12. */
  seal(plain: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array
  /** The plain bytes, or undefined when the MAC does not hold: the verdict comes before any byte. */
  open(sealed: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | undefined
  /** libsodium's `crypto_kx` as client, rx: the key under which `writer` seals for `reader`. Undefined for a degenerate point. */
  readerKey(reader: KeyPair, writerPublic: Uint8Array): Uint8Array | undefined
  /** libsodium's `crypto_kx` as server, tx: the same key, seen by the writer. */
  writerKey(writer: KeyPair, readerPublic: Uint8Array): Uint8Array | undefined
  /** X25519 public key of a 32-byte secret. */
  publicKeyOf(secretKey: Uint8Array): Uint8Array
  /** Unkeyed BLAKE2b of 16 to 64 bytes. */
  blake2b(message: Uint8Array, length: number): Uint8Array
  random(length: number): Uint8Array
  /** X25519 secret of a 64-byte Ed25519 secret (seed, then public key), as OpenSSH keeps it. */
  x25519SecretOfEd25519(secretKey: Uint8Array): Uint8Array
  x25519PublicOfEd25519(publicKey: Uint8Array): Uint8Array
}

export function newKeyPair(aead: Aead): KeyPair {
  return keyPairOf(aead, aead.random(32))
}

export function keyPairOf(aead: Aead, secretKey: Uint8Array): KeyPair {
  return { publicKey: aead.publicKeyOf(secretKey), secretKey }
}

/**
 * The engine to work with, after it gave the published answers (RFC 8439, RFC 7693, RFC 7748, RFC 8032).
 * `prefer: 'native'` (the default) falls back to WebAssembly where the native library is absent or wrong;
 * `require` refuses instead of falling back.
 */
export async function chooseAead(options: { readonly prefer?: AeadEngine; readonly require?: AeadEngine } = {}): Promise<Aead> {
  const wanted = options.require ?? options.prefer ?? 'native'
  if (wanted === 'native') {
    const native = await nativeAead()
    if (native && knownAnswersFail(native) === undefined) return native
    if (options.require === 'native') throw new Error('the native cipher library cannot be loaded on this machine')
  }
  const wasm = await wasmAead()
  const failure = knownAnswersFail(wasm)
  if (failure) throw new Error(`the cipher library gives a wrong answer: ${failure}`)
  return wasm
}
