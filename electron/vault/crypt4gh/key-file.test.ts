import { execFileSync } from 'node:child_process'
import { pbkdf2Sync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Aead, chooseAead } from '../aead.ts'
import { toHex } from '../hex.ts'
import { readPublicKey, readSecretKey, writePublicKey, writeSecretKey } from './key-file.ts'

let aead: Aead
beforeAll(async () => {
  aead = await chooseAead()
})

const never = async (): Promise<string> => {
  throw new Error('nobody should be asked')
}
const secret = Uint8Array.from({ length: 32 }, (_, index) => index + 1)

// A test key published with the reference implementation (tests/_common, alice): bcrypt, 100 rounds.
const reference = {
  secret:
    'YzRnaC12MQAGYmNyeXB0ABQAAABk8Kn90WJVzJBevxN4980aWwARY2hhY2hhMjBfcG9seTEzMDUAPBdXfpV1zOcMg5EJRlGNpKZXT4PXM2iraMGCyomRQqWaH5iBGmJXU/JROPsyoX5nqmNo8oxANvgDi1hqZQ==',
  public: 'oyERnWAhzV4MAh9XIk0xD4C+nNp2tpLUiWtQoVS/xB4=',
}
const pem = (label: string, body: string) => `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`

test("the reference's bcrypt key opens with its passphrase and fits its public key", async () => {
  const key = await readSecretKey(aead, pem('ENCRYPTED PRIVATE KEY', reference.secret), async () => 'alice')
  const known = readPublicKey(aead, pem('CRYPT4GH PUBLIC KEY', reference.public))
  expect(toHex(aead.publicKeyOf(key))).toBe(toHex(known))
})

test('keys that we write, open or locked, are read back; a public key too', async () => {
  expect(await readSecretKey(aead, writeSecretKey(aead, secret), never)).toEqual(secret)
  const locked = writeSecretKey(aead, secret, '日本語の合言葉')
  expect(await readSecretKey(aead, locked, async () => '日本語の合言葉')).toEqual(secret)
  await expect(readSecretKey(aead, locked, async () => '')).rejects.toMatchObject({ code: 'wrong-passphrase' })
  expect(readPublicKey(aead, writePublicKey(aead.publicKeyOf(secret)))).toEqual(aead.publicKeyOf(secret))
})

function c4gh(kdf: string, rounds: number, derived: Uint8Array): string {
  const field = (bytes: Uint8Array) => Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes])
  const count = Buffer.alloc(4)
  count.writeUInt32BE(rounds)
  const nonce = new Uint8Array(12).fill(1)
  const bytes = Buffer.concat([
    Buffer.from('c4gh-v1'),
    field(Buffer.from(kdf)),
    field(Buffer.concat([count, Buffer.alloc(16, 4)])),
    field(Buffer.from('chacha20_poly1305')),
    field(Buffer.concat([nonce, aead.seal(secret, nonce, derived)])),
    field(Buffer.from('a comment')),
  ])
  return pem('CRYPT4GH PRIVATE KEY', bytes.toString('base64'))
}

test('a key locked with PBKDF2 opens; rounds that would run for hours are refused at once', async () => {
  const derived = new Uint8Array(pbkdf2Sync('pass', Buffer.alloc(16, 4), 100_000, 32, 'sha256'))
  expect(await readSecretKey(aead, c4gh('pbkdf2_hmac_sha256', 100_000, derived), async () => 'pass')).toEqual(secret)
  const started = performance.now()
  for (const kdf of ['pbkdf2_hmac_sha256', 'bcrypt'])
    for (const rounds of [0, 0xffff_ffff])
      await expect(readSecretKey(aead, c4gh(kdf, rounds, derived), async () => 'pass')).rejects.toMatchObject({
        code: 'bad-key-file',
      })
  await expect(readSecretKey(aead, c4gh('md5', 1, derived), async () => 'pass')).rejects.toMatchObject({
    code: 'unsupported-key-file',
  })
  expect(performance.now() - started).toBeLessThan(1_000)
})

const broken = [
  ['empty', ''],
  ['no PEM', 'hello'],
  ['not base64', pem('CRYPT4GH PRIVATE KEY', '***')],
  ['other content', pem('CRYPT4GH PRIVATE KEY', Buffer.from('something else').toString('base64'))],
  ['cut', pem('CRYPT4GH PRIVATE KEY', Buffer.from('c4gh-v1\0\u0006scry').toString('base64'))],
  ['a length past the end', pem('CRYPT4GH PRIVATE KEY', Buffer.from('c4gh-v1\xff\xffnone', 'latin1').toString('base64'))],
] as const
test.each(broken)('a key file that is %s is refused by type', async (_, text) => {
  await expect(readSecretKey(aead, text, never)).rejects.toMatchObject({ code: 'bad-key-file' })
  expect(() => readPublicKey(aead, text)).toThrow(expect.objectContaining({ code: 'bad-key-file' }))
})

const hasSshKeygen = (() => {
  try {
    execFileSync('ssh-keygen', ['-l', '-f', '/dev/null'], { stdio: 'ignore' })
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
  }
})()

describe.skipIf(!hasSshKeygen)('OpenSSH keys, made by ssh-keygen', () => {
  const make = (type: string, passphrase: string) => {
    const folder = mkdtempSync(join(tmpdir(), 'ssh-'))
    try {
      execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'a comment', '-f', join(folder, 'key')])
      return { secret: readFileSync(join(folder, 'key'), 'utf8'), public: readFileSync(join(folder, 'key.pub'), 'utf8') }
    } finally {
      rmSync(folder, { recursive: true })
    }
  }
  test.each(['', 'open sesame'])('ed25519 with the passphrase %j', async passphrase => {
    const made = make('ed25519', passphrase)
    const key = await readSecretKey(aead, made.secret, async () => passphrase)
    expect(toHex(aead.publicKeyOf(key))).toBe(toHex(readPublicKey(aead, made.public)))
    if (passphrase)
      await expect(readSecretKey(aead, made.secret, async () => 'x')).rejects.toMatchObject({ code: 'wrong-passphrase' })
  })
  test('other kinds are refused by type', async () => {
    const made = make('ecdsa', '')
    await expect(readSecretKey(aead, made.secret, never)).rejects.toMatchObject({ code: 'unsupported-key-file' })
    expect(() => readPublicKey(aead, made.public)).toThrow(expect.objectContaining({ code: 'unsupported-key-file' }))
  })
})
