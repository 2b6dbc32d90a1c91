import { createDecipheriv } from 'node:crypto'
import type { Aead } from '../aead.ts'
import { bcryptKey, type Passphrase } from './bcrypt-key.ts'
import { byteReader } from './byte-reader.ts'
import { Crypt4ghError } from './crypt4gh-error.ts'

export const opensshMagic = 'openssh-key-v1\0'

// What `ssh-keygen` has locked keys with since 2014 (aes256-ctr), and its AES neighbours.
const ciphers: Readonly<Record<string, { readonly key: number; readonly node: string }>> = {
  'aes128-ctr': { key: 16, node: 'aes-128-ctr' },
  'aes192-ctr': { key: 24, node: 'aes-192-ctr' },
  'aes256-ctr': { key: 32, node: 'aes-256-ctr' },
  'aes128-cbc': { key: 16, node: 'aes-128-cbc' },
  'aes192-cbc': { key: 24, node: 'aes-192-cbc' },
  'aes256-cbc': { key: 32, node: 'aes-256-cbc' },
}

/** The X25519 secret of an OpenSSH ed25519 key (PROTOCOL.key of OpenSSH), as the reference derives it. */
export async function opensshSecretKey(aead: Aead, blob: Uint8Array, passphrase: Passphrase): Promise<Uint8Array> {
  const reader = byteReader(blob, opensshMagic.length)
  const cipher = asText(reader.prefixed32())
  const kdf = asText(reader.prefixed32())
  const options = reader.prefixed32()
  if (reader.uint32() !== 1) throw new Crypt4ghError('unsupported-key-file', 'the OpenSSH file holds more than one key')
  reader.prefixed32()
  const sealed = reader.prefixed32()
  const opened = cipher === 'none' ? sealed : await unlock(cipher, kdf, options, sealed, passphrase)
  const inner = byteReader(opened, 0)
  const [first, second] = [inner.uint32(), inner.uint32()]
  if (first !== second) throw new Crypt4ghError('wrong-passphrase', 'the passphrase does not open the secret key')
  if (asText(inner.prefixed32()) !== 'ssh-ed25519') throw onlyEd25519()
  inner.prefixed32()
  const secret = inner.prefixed32()
  if (secret.length !== 64) throw new Crypt4ghError('bad-key-file', 'the OpenSSH key is damaged')
  return aead.x25519SecretOfEd25519(secret)
}

export function opensshPublicKey(aead: Aead, line: string): Uint8Array {
  const [type, base64 = ''] = line.split(/\s+/)
  if (type !== 'ssh-ed25519') throw onlyEd25519()
  const reader = byteReader(Uint8Array.from(Buffer.from(base64, 'base64')), 0)
  if (asText(reader.prefixed32()) !== 'ssh-ed25519') throw onlyEd25519()
  const key = reader.prefixed32()
  if (key.length !== 32) throw new Crypt4ghError('bad-key-file', 'the OpenSSH key is damaged')
  return aead.x25519PublicOfEd25519(key)
}

async function unlock(cipher: string, kdf: string, options: Uint8Array, sealed: Uint8Array, passphrase: Passphrase) {
  const known = ciphers[cipher]
  if (!known || kdf !== 'bcrypt')
    throw new Crypt4ghError('unsupported-key-file', 'the OpenSSH key is locked with an unsupported cipher')
  if (sealed.length % 16 !== 0) throw new Crypt4ghError('bad-key-file', 'the OpenSSH key is damaged')
  const reader = byteReader(options, 0)
  const salt = reader.prefixed32()
  const derived = bcryptKey(await passphrase(), salt, reader.uint32(), known.key + 16)
  const decipher = createDecipheriv(known.node, derived.subarray(0, known.key), derived.subarray(known.key)).setAutoPadding(false)
  return Uint8Array.from(Buffer.concat([decipher.update(sealed), decipher.final()]))
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

function onlyEd25519(): Crypt4ghError {
  return new Crypt4ghError('unsupported-key-file', 'of OpenSSH keys only ed25519 can be used')
}
