/** The keys of one case: destroy them and nothing of the case can be opened any more. */
export interface CaseSecrets {
  /** X25519: delivered files are sealed for it. */
  readonly x25519: Uint8Array
  /** Acts, orders and read-model rows of the case are sealed with it. */
  readonly key: Uint8Array
}

/** All that the vault keeps. Bytes only, no strings, so that locking can wipe it. */
export interface Secrets {
  readonly journalKey: Uint8Array
  readonly indexKey: Uint8Array
  readonly readModelKey: Uint8Array
  readonly deviceEd25519Seed: Uint8Array
  readonly deviceX25519: Uint8Array
  readonly cases: ReadonlyMap<string, CaseSecrets>
  readonly refreshToken: Uint8Array
}

const fixedKeys = ['journalKey', 'indexKey', 'readModelKey', 'deviceEd25519Seed', 'deviceX25519'] as const
const keyLength = 32
const caseFixed = 2 + 2 * keyLength

export function newSecrets(random: (length: number) => Uint8Array): Secrets {
  return {
    journalKey: random(keyLength),
    indexKey: random(keyLength),
    readModelKey: random(keyLength),
    deviceEd25519Seed: random(keyLength),
    deviceX25519: random(keyLength),
    cases: new Map(),
    refreshToken: new Uint8Array(),
  }
}

/** Fixed keys, then the token with its length, then each case: length of the id, id, X25519 secret, key. Integers little-endian. */
export function encodeSecrets(secrets: Secrets): Uint8Array {
  const ids = [...secrets.cases].map(([id, keys]) => ({ id: Buffer.from(id, 'utf8'), keys }))
  const size =
    fixedKeys.length * keyLength + 4 + secrets.refreshToken.length + ids.reduce((sum, { id }) => sum + caseFixed + id.length, 0)
  const bytes = Buffer.alloc(size)
  let at = 0
  const put = (piece: Uint8Array) => {
    bytes.set(piece, at)
    at += piece.length
  }
  for (const name of fixedKeys) put(secrets[name])
  at = bytes.writeUInt32LE(secrets.refreshToken.length, at)
  put(secrets.refreshToken)
  for (const { id, keys } of ids) {
    at = bytes.writeUInt16LE(id.length, at)
    put(id)
    put(keys.x25519)
    put(keys.key)
  }
  return bytes
}

export function decodeSecrets(bytes: Uint8Array): Secrets {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  const take = (length: number) => {
    if (at + length > bytes.length) throw new Error('the secrets end too early')
    at += length
    return Uint8Array.from(bytes.subarray(at - length, at))
  }
  const [journalKey, indexKey, readModelKey, deviceEd25519Seed, deviceX25519] = [take(32), take(32), take(32), take(32), take(32)]
  const tokenLength = buffer.readUInt32LE(at)
  at += 4
  const refreshToken = take(tokenLength)
  const cases = new Map<string, CaseSecrets>()
  while (at < bytes.length) {
    const idLength = buffer.readUInt16LE(at)
    at += 2
    const id = Buffer.from(take(idLength)).toString('utf8')
    cases.set(id, { x25519: take(keyLength), key: take(keyLength) })
  }
  return { journalKey, indexKey, readModelKey, deviceEd25519Seed, deviceX25519, cases, refreshToken }
}

export function wipe(secrets: Secrets): void {
  for (const name of fixedKeys) secrets[name].fill(0)
  secrets.refreshToken.fill(0)
  for (const { x25519, key } of secrets.cases.values()) {
    x25519.fill(0)
    key.fill(0)
  }
}
