import { pbkdf } from 'bcrypt-pbkdf'
import { Crypt4ghError } from './crypt4gh-error.ts'

// A key file may come from anybody: rounds that would run for minutes are refused, not run.
const maxRounds = 10_000

/** Asked only when the key is locked. */
export type Passphrase = () => Promise<string>

/** OpenBSD's bcrypt_pbkdf, which Crypt4GH and OpenSSH share. */
export function bcryptKey(passphrase: string, salt: Uint8Array, rounds: number, length: number): Uint8Array {
  if (rounds < 1 || rounds > maxRounds) throw new Crypt4ghError('bad-key-file', `${rounds} rounds of bcrypt are not accepted`)
  const secret = Buffer.from(passphrase, 'utf8')
  const key = new Uint8Array(length)
  if (secret.length === 0 || pbkdf(secret, secret.length, salt, salt.length, key, length, rounds) !== 0)
    throw new Crypt4ghError('wrong-passphrase', 'the passphrase does not open the secret key')
  return key
}
