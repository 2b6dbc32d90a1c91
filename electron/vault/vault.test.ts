import { createPublicKey, verify } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeFs } from '../journal/node-fs.ts'
import { noSecretStore, type SecretStore } from '../shell/shell.ts'
import { type Aead, chooseAead } from './aead.ts'
import { caseBoxes } from './case-boxes.ts'
import { toHex } from './hex.ts'
import { createVault, type Vault } from './vault.ts'

const passphrase = '正しい馬の電池ホチキス二千二十六'
const cheap = { memoryKiB: 64, passes: 1, lanes: 1 }
const bytes = (text: string) => new TextEncoder().encode(text)

let dir = ''
let aead: Aead
let time = 0
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'vault-'))
  aead = await chooseAead()
  time = Date.parse('2026-11-22T09:00:00Z')
})
afterEach(() => {
  rmSync(dir, { recursive: true })
})

/** A keychain of the OS, as far as the vault sees it. */
function aKeychain(): SecretStore & { held: Uint8Array | undefined } {
  return {
    held: undefined,
    available: () => ({ kind: 'os-keychain', backend: 'gnome_libsecret' }),
    async read() {
      return this.held
    },
    async write(secret) {
      this.held = secret.slice()
    },
    async clear() {
      this.held = undefined
    },
  }
}

function start(secretStore: SecretStore, folder = dir): Promise<Vault> {
  return createVault({
    fs: nodeFs(),
    dir: folder,
    secretStore,
    clock: { now: () => new Date(time) },
    aead,
    argon: cheap,
    wrongPauseMs: 0,
  })
}

async function aVault(store: SecretStore = aKeychain()): Promise<{ vault: Vault; store: SecretStore }> {
  const vault = await start(store)
  expect(await vault.create(passphrase)).toEqual({ ok: true, value: undefined })
  return { vault, store }
}

const wrong = (vault: Vault) => vault.unlock('not this one, surely')

test('empty, open after creation, locked, and open again with the same keys', async () => {
  const store = aKeychain()
  const vault = await start(store)
  expect(vault.state()).toBe('empty')
  await vault.create(passphrase)
  expect(vault.state()).toBe('open')
  const keys = [vault.journalKey(), vault.indexKey(), vault.readModelKey(), vault.device().ed25519, vault.device().x25519].map(
    toHex,
  )
  expect(new Set(keys).size).toBe(5)
  vault.lock()
  expect(vault.state()).toBe('locked')
  expect(() => vault.journalKey()).toThrow(expect.objectContaining({ code: 'locked' }))

  const again = await start(store)
  expect(again.state()).toBe('locked')
  expect(await again.unlock(passphrase)).toEqual({ ok: true, value: undefined })
  expect(
    [again.journalKey(), again.indexKey(), again.readModelKey(), again.device().ed25519, again.device().x25519].map(toHex),
  ).toEqual(keys)
})

test('a passphrase of 12 characters is too short, 13 are enough, and characters are counted, not bytes', async () => {
  const vault = await start(aKeychain())
  expect(await vault.create('123456789012')).toEqual({ ok: false, error: { code: 'passphrase-too-short' } })
  expect(await vault.create('解錠の言葉です')).toEqual({ ok: false, error: { code: 'passphrase-too-short' } })
  expect(vault.state()).toBe('empty')
  expect((await vault.create('1234567890123')).ok).toBe(true)
  expect(await vault.create(passphrase)).toEqual({ ok: false, error: { code: 'vault-exists' } })
})

test('the same passphrase typed in full-width letters opens too', async () => {
  const { store } = await (async () => {
    const made = aKeychain()
    await (await start(made)).create('panelbench-2026')
    return { store: made }
  })()
  expect((await (await start(store)).unlock('ｐａｎｅｌｂｅｎｃｈ－２０２６')).ok).toBe(true)
})

test('the device key signs so that anybody can check it', async () => {
  const { vault } = await aVault()
  const { ed25519, sign } = vault.device()
  const key = createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(ed25519).toString('base64url') },
    format: 'jwk',
  })
  expect(verify(null, bytes('an act'), key, sign(bytes('an act')))).toBe(true)
  expect(verify(null, bytes('another'), key, sign(bytes('an act')))).toBe(false)
})

test('wrong passphrases: four free, then growing waits, then only a sign-in helps', async () => {
  const { store } = await aVault()
  const vault = await start(store)
  const waits: unknown[] = []
  for (let round = 0; round < 9; round++) {
    const answer = await wrong(vault)
    waits.push(answer.ok ? 'open' : answer.error)
    time += 10 * 60_000
  }
  expect(waits).toEqual(
    [0, 0, 0, 0, 30_000, 60_000, 120_000, 240_000, 480_000].map(retryAfterMs => ({ code: 'wrong-passphrase', retryAfterMs })),
  )
  expect(await wrong(vault)).toEqual({ ok: false, error: { code: 'too-many-tries' } })
  time += 365 * 24 * 3_600_000
  expect(await vault.unlock(passphrase)).toEqual({ ok: false, error: { code: 'too-many-tries' } })
  await vault.signedInOnline()
  expect((await vault.unlock(passphrase)).ok).toBe(true)
})

test('an open vault checks the passphrase too, and counts', async () => {
  const { vault } = await aVault()
  expect(await wrong(vault)).toEqual({ ok: false, error: { code: 'wrong-passphrase', retryAfterMs: 0 } })
  expect(vault.state()).toBe('open')
  for (let round = 0; round < 4; round++) await wrong(vault)
  expect(await vault.unlock(passphrase)).toEqual({ ok: false, error: { code: 'wrong-passphrase', retryAfterMs: 30_000 } })
  time += 30_000
  expect((await vault.unlock(passphrase)).ok).toBe(true)
})

test('during the wait even the right passphrase is not tried, and the wait counts down', async () => {
  const { store } = await aVault()
  const vault = await start(store)
  for (let round = 0; round < 5; round++) await wrong(vault)
  time += 10_000
  expect(await vault.unlock(passphrase)).toEqual({ ok: false, error: { code: 'wrong-passphrase', retryAfterMs: 20_000 } })
  time += 20_000
  expect((await vault.unlock(passphrase)).ok).toBe(true)
})

test('restarting or setting the clock back shortens no wait', async () => {
  const { store } = await aVault()
  const vault = await start(store)
  for (let round = 0; round < 5; round++) await wrong(vault)
  time -= 24 * 3_600_000
  expect(await (await start(store)).unlock(passphrase)).toEqual({
    ok: false,
    error: { code: 'wrong-passphrase', retryAfterMs: 30_000 },
  })
  time += 29_000
  expect((await (await start(store)).unlock(passphrase)).ok).toBe(false)
  time += 1_000
  expect((await (await start(store)).unlock(passphrase)).ok).toBe(true)
})

test('a try counts before it is made, so ending the process in the middle wins nothing', async () => {
  const { store } = await aVault()
  for (let round = 0; round < 4; round++) {
    const vault = await start(store)
    const trying = wrong(vault)
    const seen = () => JSON.parse(readFileSync(join(dir, 'tries.json'), 'utf8')).wrong
    await trying
    expect(seen()).toBe(round + 1)
  }
  // As a kill in mid-try leaves it: counted, not answered.
  writeFileSync(join(dir, 'tries.json'), JSON.stringify({ wrong: 10, since: time }))
  expect(await (await start(store)).unlock(passphrase)).toEqual({ ok: false, error: { code: 'too-many-tries' } })
})

test('the disk alone opens nothing: without the keychain of this machine the passphrase is not enough', async () => {
  const { vault } = await aVault()
  vault.lock()
  expect(await (await start(aKeychain())).unlock(passphrase)).toEqual({ ok: false, error: { code: 'device-secret-missing' } })
  const other = aKeychain()
  await other.write(new Uint8Array(32).fill(9))
  expect(await (await start(other)).unlock(passphrase)).toEqual({ ok: false, error: { code: 'device-secret-missing' } })
})

test('without a keychain the vault works and says that only the passphrase guards it', async () => {
  const { vault, store } = await aVault(noSecretStore('basic_text'))
  expect(vault.protection()).toEqual({ protection: 'passphrase-only', keychain: 'basic_text' })
  expect((await (await start(store)).unlock(passphrase)).ok).toBe(true)
  expect((await aVaultElsewhere()).protection()).toEqual({ protection: 'device-and-passphrase', keychain: 'gnome_libsecret' })
})

async function aVaultElsewhere(): Promise<Vault> {
  const vault = await start(aKeychain(), join(dir, 'elsewhere'))
  await vault.create(passphrase)
  return vault
}

test('one damaged copy of the key file is healed; two are vault-damaged', async () => {
  const { vault, store } = await aVault()
  const keys = await vault.caseKeys('PB-1')
  for (const copy of ['keys-a.json', 'keys-b.json']) {
    const whole = readFileSync(join(dir, copy))
    for (const damaged of [
      Buffer.alloc(0),
      Buffer.from('{'),
      whole.subarray(0, 200),
      flipped(whole, 'contents'),
      flipped(whole, 'wrapped'),
    ]) {
      writeFileSync(join(dir, copy), damaged)
      const again = await start(store)
      expect(await again.unlock(passphrase)).toEqual({ ok: true, value: undefined })
      expect(toHex((await again.caseKeys('PB-1')).secretKey)).toBe(toHex(keys.secretKey))
      expect(readFileSync(join(dir, 'keys-a.json')).equals(readFileSync(join(dir, 'keys-b.json')))).toBe(true)
    }
  }
  for (const copy of ['keys-a.json', 'keys-b.json']) writeFileSync(join(dir, copy), '{}')
  const lost = await start(store)
  expect([lost.state(), await lost.unlock(passphrase)]).toEqual(['locked', { ok: false, error: { code: 'vault-damaged' } }])
})

function flipped(file: Buffer, field: 'contents' | 'wrapped'): Buffer {
  const box = JSON.parse(file.toString())
  const sealed = Buffer.from(box[field], 'base64')
  sealed[20] = (sealed[20] ?? 0) ^ 1
  return Buffer.from(JSON.stringify({ ...box, [field]: sealed.toString('base64') }))
}

test('boxes of a case open for that case and purpose only', async () => {
  const { vault } = await aVault()
  const sealed = await vault.sealForCase('PB-1', bytes('所見'), 'note')
  await vault.caseKeys('PB-2')
  expect(Buffer.from(vault.openForCase('PB-1', sealed, 'note') ?? []).toString()).toBe('所見')
  expect(vault.openForCase('PB-1', sealed, 'order')).toBeUndefined()
  expect(vault.openForCase('PB-2', sealed, 'note')).toBeUndefined()
  expect(() => vault.openForCase('PB-3', sealed, 'note')).toThrow(expect.objectContaining({ code: 'withdrawn' }))
  const boxes = caseBoxes(vault)
  const box = await boxes.seal('PB-1', { payload: { text: '推奨' } })
  expect(await boxes.open('PB-1', box)).toEqual({ payload: { text: '推奨' } })
  await expect(boxes.open('PB-2', box)).rejects.toMatchObject({ code: 'record-broken' })
})

test('case keys are made once, also when asked for many times at once, and outlive a restart', async () => {
  const { vault, store } = await aVault()
  const asked = await Promise.all(Array.from({ length: 8 }, (_, index) => vault.caseKeys(`PB-${index % 2}`)))
  expect(new Set(asked.map(keys => toHex(keys.secretKey))).size).toBe(2)
  const again = await start(store)
  await again.unlock(passphrase)
  expect(toHex((await again.caseKeys('PB-1')).publicKey)).toBe(toHex(asked[1]!.publicKey))
})

test('after a case is destroyed nothing of it opens, not even with a backup of the whole folder', async () => {
  const { vault, store } = await aVault()
  const sealed = await vault.sealForCase('PB-1', bytes('所見'), 'note')
  const kept = await vault.sealForCase('PB-2', bytes('残る'), 'note')
  const backup = join(dir, 'backup')
  cpSync(dir, `${dir}-copy`, { recursive: true })
  cpSync(`${dir}-copy`, backup, { recursive: true })
  rmSync(`${dir}-copy`, { recursive: true })

  await vault.destroyCase('PB-1')
  await vault.destroyCase('PB-1')
  expect(() => vault.openForCase('PB-1', sealed, 'note')).toThrow(expect.objectContaining({ code: 'withdrawn' }))
  expect(await (await start(store, backup)).unlock(passphrase)).toEqual({ ok: false, error: { code: 'device-secret-missing' } })

  const again = await start(store)
  await again.unlock(passphrase)
  expect(again.hasCase('PB-1')).toBe(false)
  expect(Buffer.from(again.openForCase('PB-2', kept, 'note') ?? []).toString()).toBe('残る')
  const fresh = await again.caseKeys('PB-1')
  expect(again.openForCase('PB-1', sealed, 'note')).toBeUndefined()
  expect(fresh.key).toHaveLength(32)
})

test('the refresh token is kept sealed, and forgotten on demand', async () => {
  const { vault, store } = await aVault()
  await vault.keepRefreshToken('MARKER-refresh-token')
  for (const name of readdirSync(dir)) expect(readFileSync(join(dir, name)).includes('MARKER')).toBe(false)
  const again = await start(store)
  await again.unlock(passphrase)
  expect(again.refreshToken()).toBe('MARKER-refresh-token')
  await again.keepRefreshToken(undefined)
  expect(again.refreshToken()).toBeUndefined()
})

test('a wrong passphrase takes at least 0.3 s, at the full cost', async () => {
  const vault = await createVault({
    fs: nodeFs(),
    dir,
    secretStore: noSecretStore('none'),
    clock: { now: () => new Date(time) },
    aead,
  })
  await vault.create(passphrase)
  vault.lock()
  const started = performance.now()
  expect((await wrong(vault)).ok).toBe(false)
  expect(performance.now() - started).toBeGreaterThan(300)
})
