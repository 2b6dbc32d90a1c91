import { beforeAll, expect, test } from 'vitest'
import type { SecretStore } from '../../electron/shell/shell.ts'
import { type Aead, chooseAead } from '../../electron/vault/aead.ts'
import { toHex } from '../../electron/vault/hex.ts'
import { createVault, type Vault } from '../../electron/vault/vault.ts'
import { crashImages, type Disk } from './disk.ts'
import { type Fault, faultyFs } from './faulty-fs.ts'

const passphrase = 'correct horse battery'
let aead: Aead
beforeAll(async () => {
  aead = await chooseAead()
})

function keychain(held?: Uint8Array): SecretStore & { held: Uint8Array | undefined } {
  return {
    held,
    available: () => ({ kind: 'os-keychain', backend: 'test' }),
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

const open = (fs: ReturnType<typeof faultyFs>, secretStore: SecretStore): Promise<Vault> =>
  createVault({
    fs,
    dir: '/v',
    secretStore,
    clock: { now: () => new Date('2026-11-22T00:00:00Z') },
    aead,
    argon: { memoryKiB: 8, passes: 1, lanes: 1 },
    wrongPauseMs: 0,
  })

interface Known {
  readonly done: string
  readonly keys: ReadonlyMap<string, string>
  /** Being destroyed or destroyed: may be there or not, until it surely is not. */
  readonly gone: 'no' | 'maybe' | 'yes'
}

/** New case keys, a rotation, more keys, a token: every kind of write to the key file. */
async function work(vault: Vault, tell: (known: Known) => void): Promise<void> {
  const keys = new Map<string, string>()
  const add = async (id: string) => keys.set(id, toHex((await vault.caseKeys(id)).secretKey))
  tell({ done: 'created', keys: new Map(keys), gone: 'no' })
  for (const id of ['A', 'B']) {
    await add(id)
    tell({ done: `keys of ${id}`, keys: new Map(keys), gone: 'no' })
  }
  keys.delete('A')
  tell({ done: 'destroying A', keys: new Map(keys), gone: 'maybe' })
  await vault.destroyCase('A')
  tell({ done: 'destroyed A', keys: new Map(keys), gone: 'yes' })
  await add('C')
  tell({ done: 'keys of C', keys: new Map(keys), gone: 'yes' })
  await vault.keepRefreshToken('token')
}

async function expectWhole(disk: Disk, held: Uint8Array | undefined, known: Known, where: string): Promise<void> {
  const vault = await open(faultyFs({ disk }), keychain(held))
  expect(await vault.unlock(passphrase), where).toEqual({ ok: true, value: undefined })
  for (const [id, key] of known.keys) {
    expect(vault.hasCase(id), where).toBe(true)
    expect(toHex((await vault.caseKeys(id)).secretKey), where).toBe(key)
  }
  if (known.gone === 'yes') expect(vault.hasCase('A'), where).toBe(false)
}

test('power loss after any call: the vault opens, no key that was given out is lost, no destroyed one comes back', async () => {
  let known: Known | undefined
  const moments: { images: { how: string; disk: Disk }[]; held: Uint8Array | undefined; known: Known; call: string }[] = []
  const store = keychain()
  const fs = faultyFs({
    afterEach: (disk, call) => {
      if (known) moments.push({ images: [...crashImages(disk)], held: store.held, known, call })
    },
  })
  const vault = await open(fs, store)
  await vault.create(passphrase)
  await work(vault, now => {
    known = now
  })
  let images = 0
  for (const { images: all, held, known: then, call } of moments)
    for (const { how, disk } of all) {
      await expectWhole(disk, held, then, `${then.done}, ${call}: ${how}`)
      images++
    }
  expect(images).toBeGreaterThan(150)
}, 60_000)

const kinds: readonly Omit<Fault, 'at'>[] = [
  { code: 'EIO' },
  { code: 'ENOSPC' },
  { code: 'EIO', times: 4 },
  { code: 'EROFS', times: 1_000 },
]

test.each(kinds)(
  'a failing call ($code, times: $times), at every place, leaves a vault that opens',
  async kind => {
    const clean = faultyFs()
    const first = await open(clean, keychain())
    await first.create(passphrase)
    const created = clean.calls()
    await work(first, () => undefined)
    for (let at = created + 1; at <= clean.calls(); at++) {
      let known: Known | undefined
      const store = keychain()
      const fs = faultyFs({ fault: { ...kind, at } })
      const vault = await open(fs, store)
      await vault.create(passphrase)
      await work(vault, now => {
        known = now
      }).catch(() => undefined)
      for (const { how, disk } of crashImages(fs.disk))
        if (known) await expectWhole(disk, store.held, known, `call ${at}, ${known.done}: ${how}`)
    }
  },
  60_000,
)
