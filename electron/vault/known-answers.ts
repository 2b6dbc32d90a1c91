import type { Aead } from './aead.ts'
import { fromHex, toHex } from './hex.ts'

/** The name of the first known answer that an engine gets wrong; undefined when all are right. */
export function knownAnswersFail(aead: Aead): string | undefined {
  try {
    return checks.find(check => !check.holds(aead))?.name
  } catch {
    return 'an exception'
  }
}

// RFC 8439 §2.8.2 has associated data, which Crypt4GH never uses; this is the construction of §2.8 without it,
// answer computed with OpenSSL 3 and with libsodium 1.0.22 alike.
const key = fromHex('808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f')
const nonce = fromHex('070000004041424344454647')
const plain = new TextEncoder().encode('Crypt4GH known answer')
const sealed = 'dc09902d75c907f23589e19441ef2acfafb3ff5a7b8551c3ec84ddd03f79da9dd91f977d54'

const checks: readonly { readonly name: string; holds(aead: Aead): boolean }[] = [
  { name: 'chacha20-poly1305 seal', holds: aead => toHex(aead.seal(plain, nonce, key)) === sealed },
  {
    name: 'chacha20-poly1305 open',
    holds: aead => toHex(aead.open(fromHex(sealed), nonce, key) ?? new Uint8Array()) === toHex(plain),
  },
  {
    name: 'chacha20-poly1305 refuses a wrong MAC',
    holds: aead => {
      const bent = fromHex(sealed)
      bent[bent.length - 1] = (bent[bent.length - 1] ?? 0) ^ 1
      return aead.open(bent, nonce, key) === undefined
    },
  },
  {
    name: 'x25519 public key (RFC 7748 §6.1)',
    holds: aead =>
      toHex(aead.publicKeyOf(fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'))) ===
      '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
  },
  {
    name: 'blake2b-512 (RFC 7693 appendix A)',
    holds: aead =>
      toHex(aead.blake2b(new TextEncoder().encode('abc'), 64)) ===
      'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
  },
  {
    name: 'key exchange: both sides, and BLAKE2b-512(shared, reader, writer)',
    holds: aead => {
      const reader = {
        secretKey: fromHex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'),
        publicKey: fromHex('8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'),
      }
      const writer = {
        secretKey: fromHex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'),
        publicKey: fromHex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'),
      }
      const shared = fromHex('4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742')
      const message = new Uint8Array([...shared, ...reader.publicKey, ...writer.publicKey])
      const expected = toHex(aead.blake2b(message, 64).subarray(0, 32))
      const seen = [aead.readerKey(reader, writer.publicKey), aead.writerKey(writer, reader.publicKey)]
      return seen.every(found => found !== undefined && toHex(found) === expected)
    },
  },
]
