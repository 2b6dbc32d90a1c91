import { pbkdf2Sync, scryptSync } from 'node:crypto'
import type { Aead } from '../aead.ts'
import { bcryptKey, type Passphrase } from './bcrypt-key.ts'
import { byteReader } from './byte-reader.ts'
import { Crypt4ghError } from './crypt4gh-error.ts'
import { opensshMagic, opensshPublicKey, opensshSecretKey } from './openssh-key.ts'

const c4ghMagic = 'c4gh-v1'
// A key file may come from anybody: rounds that would run for minutes are refused, not run.
const maxPbkdf2Rounds = 10_000_000

/**
 * The 32-byte X25519 secret of a key file: Crypt4GH's own (`c4gh-v1`, open or locked with scrypt, bcrypt or PBKDF2)
 * or OpenSSH's ed25519.
 * @throws Crypt4ghError 'bad-key-file' | 'unsupported-key-file' | 'wrong-passphrase'
 */
export async function readSecretKey(aead: Aead, text: string, passphrase: Passphrase): Promise<Uint8Array> {
  const blob = pemBody(text)
  const isC4gh = latin1(blob, c4ghMagic.length) === c4ghMagic
  if (!isC4gh && latin1(blob, opensshMagic.length) !== opensshMagic) throw bad('this is not a Crypt4GH or OpenSSH secret key')
  const secret = isC4gh ? await c4ghSecret(aead, blob, passphrase) : await opensshSecretKey(aead, blob, passphrase)
  if (secret.length !== 32) throw bad('the secret key does not have 32 bytes')
  return secret
}

/** The 32-byte X25519 public key of a Crypt4GH public key file or of a line of OpenSSH's `ssh-ed25519`. */
export function readPublicKey(aead: Aead, text: string): Uint8Array {
  if (/^\s*(ssh|ecdsa|sk)-/.test(text)) return opensshPublicKey(aead, text.trim())
  if (!/^-----BEGIN CRYPT4GH PUBLIC KEY-----/m.test(text)) throw bad('this is not a Crypt4GH or OpenSSH public key')
  const key = pemBody(text)
  if (key.length !== 32) throw bad('the public key does not have 32 bytes')
  return key
}

export function writePublicKey(publicKey: Uint8Array): string {
  return pem('CRYPT4GH PUBLIC KEY', publicKey)
}

/** A `c4gh-v1` secret key file; locked with scrypt when there is a passphrase, as the reference writes it. */
export function writeSecretKey(aead: Aead, secretKey: Uint8Array, passphrase?: string): string {
  const magic = Buffer.from(c4ghMagic, 'latin1')
  if (!passphrase) return pem('CRYPT4GH PRIVATE KEY', Buffer.concat([magic, text16('none'), text16('none'), bytes16(secretKey)]))
  const salt = aead.random(16)
  const nonce = aead.random(12)
  const sealed = aead.seal(secretKey, nonce, derive('scrypt', passphrase, salt, 0))
  const options = Buffer.concat([Buffer.alloc(4), salt])
  return pem(
    'CRYPT4GH PRIVATE KEY',
    Buffer.concat([
      magic,
      text16('scrypt'),
      bytes16(options),
      text16('chacha20_poly1305'),
      bytes16(Buffer.concat([nonce, sealed])),
    ]),
  )
}

async function c4ghSecret(aead: Aead, blob: Uint8Array, passphrase: Passphrase): Promise<Uint8Array> {
  const reader = byteReader(blob, c4ghMagic.length)
  const kdf = Buffer.from(reader.prefixed16()).toString('latin1')
  const options = kdf === 'none' ? undefined : reader.prefixed16()
  const cipher = Buffer.from(reader.prefixed16()).toString('latin1')
  const data = reader.prefixed16()
  if (cipher === 'none') return data.slice()
  if (cipher !== 'chacha20_poly1305' || !options) throw unsupported('its cipher')
  if (options.length < 5 || data.length !== 12 + 32 + 16) throw bad('the secret key file is damaged')
  const rounds = new DataView(options.buffer, options.byteOffset, 4).getUint32(0)
  const secret = aead.open(data.subarray(12), data.subarray(0, 12), derive(kdf, await passphrase(), options.subarray(4), rounds))
  if (!secret) throw new Crypt4ghError('wrong-passphrase', 'the passphrase does not open the secret key')
  return secret
}

function derive(kdf: string, passphrase: string, salt: Uint8Array, rounds: number): Uint8Array {
  if (kdf === 'scrypt') return scryptSync(passphrase, salt, 32, { N: 1 << 14, r: 8, p: 1, maxmem: 64 << 20 })
  if (kdf === 'pbkdf2_hmac_sha256') {
    if (rounds < 1 || rounds > maxPbkdf2Rounds) throw bad(`${rounds} rounds of PBKDF2 are not accepted`)
    return pbkdf2Sync(passphrase, salt, rounds, 32, 'sha256')
  }
  if (kdf === 'bcrypt') return bcryptKey(passphrase, salt, rounds, 32)
  throw unsupported('its key derivation')
}

function pemBody(text: string): Uint8Array {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
  const body = lines.slice(1, -1).join('')
  if (!lines[0]?.startsWith('-----BEGIN ') || !lines.at(-1)?.startsWith('-----END ') || !/^[A-Za-z0-9+/]+={0,2}$/.test(body))
    throw bad('the key file is not in PEM form')
  return Uint8Array.from(Buffer.from(body, 'base64'))
}

function pem(label: string, bytes: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(bytes).toString('base64')}\n-----END ${label}-----\n`
}

function bytes16(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function text16(text: string): Buffer {
  return bytes16(Buffer.from(text, 'latin1'))
}

function latin1(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.subarray(0, length)).toString('latin1')
}

function bad(message: string): Crypt4ghError {
  return new Crypt4ghError('bad-key-file', message)
}

function unsupported(what: string): Crypt4ghError {
  return new Crypt4ghError('unsupported-key-file', `the secret key file is of a kind that is not supported: ${what}`)
}
