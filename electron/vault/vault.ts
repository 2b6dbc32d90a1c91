import { timingSafeEqual } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { Problem } from '#domain/problems.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { DurableFs } from '../journal/durable-fs.ts'
import type { SecretStore } from '../shell/shell.ts'
import type { Aead } from './aead.ts'
import { type CaseKeys, caseKeysOf, openWithCase, sealWithCase } from './case-keys.ts'
import { signingKey } from './device-keys.ts'
import { readDeviceSecrets, secretMarked, writeDeviceSecrets } from './device-secrets.ts'
import { type ArgonCost, argonCost, deviceSecretMark, stretch } from './kek.ts'
import { type BoxParts, type KeyBox, type Opening, openContents, type Protection, sealKeyBox, unwrapVaultKey } from './key-box.ts'
import { readKeyCopies, writeKeyCopies } from './key-copies.ts'
import { type CaseSecrets, newSecrets, type Secrets, wipe } from './secrets.ts'
import { unlockTries } from './unlock-tries.ts'

const minPassphraseLength = 13

export interface VaultPorts {
  readonly fs: DurableFs
  readonly dir: string
  readonly secretStore: SecretStore
  readonly clock: { now(): Date }
  readonly aead: Aead
  /** Cheaper in tests only. */
  readonly argon?: ArgonCost
  /** A wrong passphrase costs at least this much more than its stretching, however fast the machine is; 300 if not said. */
  readonly wrongPauseMs?: number
}

export type VaultState = 'empty' | 'locked' | 'open'

export type UnlockProblem =
  | { readonly code: 'wrong-passphrase'; readonly retryAfterMs: number }
  | { readonly code: 'vault-damaged' }
  | { readonly code: 'device-secret-missing' }
  | { readonly code: 'too-many-tries' }

export interface DeviceKeys {
  readonly ed25519: Uint8Array
  readonly x25519: Uint8Array
  /** Ed25519 signature of the bytes. */
  sign(message: Uint8Array): Uint8Array
}

/** Everything but `state`, `protection`, `create`, `unlock`, `signedInOnline` and `lock` throws Problem `locked` when it is not open. */
export interface Vault {
  state(): VaultState
  /** What guards the keys: with `passphrase-only` there is no keychain here, and the screen has to say so. */
  protection(): { readonly protection: Protection; readonly keychain: string }
  /** At least 13 characters. The vault is open afterwards. */
  create(passphrase: string): Promise<Result<void, { readonly code: 'passphrase-too-short' | 'vault-exists' }>>
  unlock(passphrase: string): Promise<Result<void, UnlockProblem>>
  /** A fresh sign-in at the centre: wrong tries are forgiven. */
  signedInOnline(): Promise<void>
  /** Wipes every key from memory. */
  lock(): void
  /** Copies; wiped by nobody but the caller. */
  journalKey(): Uint8Array
  indexKey(): Uint8Array
  readModelKey(): Uint8Array
  device(): DeviceKeys
  hasCase(caseId: string): boolean
  /** The keys of a case, made when there are none; they are on the disk before this resolves. */
  caseKeys(caseId: string): Promise<CaseKeys>
  /** Idempotent. After it, neither this vault nor an older copy of its key file opens anything of the case (with a keychain). */
  destroyCase(caseId: string): Promise<void>
  sealForCase(caseId: string, plain: Uint8Array, purpose: string): Promise<Uint8Array>
  /** Undefined when the seal does not hold; Problem `withdrawn` when the case has no keys any more. */
  openForCase(caseId: string, sealed: Uint8Array, purpose: string): Uint8Array | undefined
  refreshToken(): string | undefined
  keepRefreshToken(token: string | undefined): Promise<void>
}

interface Open {
  readonly parts: BoxParts
  readonly opening: Opening
  readonly secrets: Secrets
}

export async function createVault(ports: VaultPorts): Promise<Vault> {
  const { fs, dir, secretStore, clock, aead } = ports
  const { random } = aead
  await fs.makeFolder(dir)
  const tries = unlockTries(fs, dir, () => clock.now().getTime())
  const first = await readKeyCopies(fs, dir)
  let exists = first.exist
  let guard: { protection: Protection; keychain: string } | undefined = first.boxes[0]
  let open: Open | undefined
  let last: Promise<unknown> = Promise.resolve()

  /** Changes of the key file happen one after another, each on top of what the one before left. */
  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = last.then(act)
    last = mine.catch(() => undefined)
    return mine
  }

  function opened(): Open {
    if (!open) throw new Problem('locked')
    return open
  }

  /** On the disk first, in memory afterwards. */
  async function save(parts: BoxParts, opening: Opening, secrets: Secrets): Promise<void> {
    const before = open
    const next = { ...parts, serial: parts.serial + 1 }
    try {
      await writeKeyCopies(fs, dir, sealKeyBox(next, opening, secrets, random))
    } catch (error) {
      // The first copy may have been written: the number must not be used twice for different contents.
      if (open) open = { ...open, parts: { ...open.parts, serial: next.serial } }
      throw error
    }
    // Locked while it was written: what is in memory must stay wiped.
    if (before === open) open = { parts: next, opening, secrets }
  }

  async function change(edit: (secrets: Secrets) => Secrets): Promise<void> {
    const { parts, opening, secrets } = opened()
    await save(parts, opening, edit(secrets))
  }

  async function openBox(box: KeyBox, stretched: Uint8Array, deviceSecret: Uint8Array | undefined): Promise<boolean> {
    const vaultKey = unwrapVaultKey(box, stretched, deviceSecret)
    if (!vaultKey) return false
    const secrets = openContents(box, vaultKey)
    if (!secrets) throw new Problem('vault-damaged')
    open = {
      parts: { ...box, salt: Buffer.from(box.salt, 'base64') },
      opening: { stretched, deviceSecret, vaultKey },
      secrets,
    }
    return true
  }

  async function unlock(passphrase: string): Promise<Result<void, UnlockProblem>> {
    if (open) return again(open, passphrase)
    const { boxes } = await readKeyCopies(fs, dir)
    if (boxes.length === 0) return err({ code: 'vault-damaged' })
    const may = await tries.check()
    if (may.may === 'not') return err({ code: 'too-many-tries' })
    if (may.may === 'wait') return err({ code: 'wrong-passphrase', retryAfterMs: may.retryAfterMs })
    const secrets = await readDeviceSecrets(secretStore)
    const usable = boxes.flatMap(box => {
      const secret = secretMarked(secrets, box.deviceMark)
      return box.protection === 'passphrase-only' || secret ? [{ box, secret }] : []
    })
    if (usable.length === 0) return err({ code: 'device-secret-missing' })
    await tries.begin()
    let damaged = false
    const stretchedBy = new Map<string, Promise<Uint8Array>>()
    for (const { box, secret } of usable) {
      // Both copies have the same salt as a rule: half a second once, not twice.
      const how = JSON.stringify([box.salt, box.argon])
      const stretching = stretchedBy.get(how) ?? stretch(passphrase, Buffer.from(box.salt, 'base64'), box.argon)
      stretchedBy.set(how, stretching)
      const stretched = await stretching
      try {
        if (!(await openBox(box, stretched, secret))) continue
      } catch {
        damaged = true
        continue
      }
      await tries.forget()
      guard = box
      await heal(box, boxes, secrets.length)
      return ok(undefined)
    }
    if (!damaged) return refused()
    await tries.forget()
    return err({ code: 'vault-damaged' })
  }

  async function refused(): Promise<Result<void, UnlockProblem>> {
    await setTimeout(ports.wrongPauseMs ?? 300)
    const after = await tries.check()
    if (after.may === 'not') return err({ code: 'too-many-tries' })
    return err({ code: 'wrong-passphrase', retryAfterMs: after.may === 'wait' ? after.retryAfterMs : 0 })
  }

  /** An open vault does not say yes to any passphrase: whoever asks wants to know that this person is the one. */
  async function again({ parts, opening }: Open, passphrase: string): Promise<Result<void, UnlockProblem>> {
    const may = await tries.check()
    if (may.may === 'not') return err({ code: 'too-many-tries' })
    if (may.may === 'wait') return err({ code: 'wrong-passphrase', retryAfterMs: may.retryAfterMs })
    await tries.begin()
    const stretched = await stretch(passphrase, parts.salt, parts.argon)
    const same = timingSafeEqual(stretched, opening.stretched)
    stretched.fill(0)
    if (!same) return refused()
    await tries.forget()
    return ok(undefined)
  }

  /** Ends what a power loss interrupted: both copies alike, one device secret. */
  async function heal(box: KeyBox, boxes: readonly KeyBox[], secretCount: number): Promise<void> {
    const same = boxes.length === 2 && boxes.every(copy => copy.serial === box.serial && copy.contents === box.contents)
    const { parts, opening, secrets } = opened()
    const newest = Math.max(...boxes.map(copy => copy.serial))
    if (!same) await save({ ...parts, serial: newest }, opening, secrets)
    if (secretCount > 1 && opening.deviceSecret) await writeDeviceSecrets(secretStore, [opening.deviceSecret])
  }

  return {
    state: () => (open ? 'open' : exists ? 'locked' : 'empty'),
    protection() {
      if (guard) return { protection: guard.protection, keychain: guard.keychain }
      const { kind, backend } = secretStore.available()
      return { protection: kind === 'none' ? 'passphrase-only' : 'device-and-passphrase', keychain: backend }
    },
    create: passphrase =>
      inTurn(async () => {
        if (exists) return err({ code: 'vault-exists' })
        if ([...passphrase.normalize('NFKC')].length < minPassphraseLength) return err({ code: 'passphrase-too-short' })
        const { kind, backend } = secretStore.available()
        const deviceSecret = kind === 'os-keychain' ? random(32) : undefined
        const salt = random(16)
        const argon = ports.argon ?? argonCost
        const opening = { stretched: await stretch(passphrase, salt, argon), deviceSecret, vaultKey: random(32) }
        if (deviceSecret) await writeDeviceSecrets(secretStore, [deviceSecret])
        const parts: BoxParts = {
          generation: 1,
          serial: 0,
          protection: deviceSecret ? 'device-and-passphrase' : 'passphrase-only',
          deviceMark: deviceSecret ? deviceSecretMark(deviceSecret) : '',
          keychain: backend,
          argon,
          salt,
        }
        await save(parts, opening, newSecrets(random))
        exists = true
        guard = parts
        return ok(undefined)
      }),
    unlock: passphrase => inTurn(() => unlock(passphrase)),
    signedInOnline: () => inTurn(() => tries.forget()),
    lock() {
      if (!open) return
      wipe(open.secrets)
      for (const bytes of [open.opening.stretched, open.opening.vaultKey, open.opening.deviceSecret]) bytes?.fill(0)
      open = undefined
    },
    journalKey: () => opened().secrets.journalKey.slice(),
    indexKey: () => opened().secrets.indexKey.slice(),
    readModelKey: () => opened().secrets.readModelKey.slice(),
    device() {
      const { deviceEd25519Seed, deviceX25519 } = opened().secrets
      const key = signingKey(deviceEd25519Seed)
      return { ed25519: key.publicKey, x25519: aead.publicKeyOf(deviceX25519), sign: key.sign }
    },
    hasCase: caseId => opened().secrets.cases.has(caseId),
    caseKeys: caseId => inTurn(async () => caseKeysOf(aead, await caseSecrets(caseId))),
    destroyCase: caseId =>
      inTurn(async () => {
        const { secrets } = opened()
        const found = secrets.cases.get(caseId)
        if (!found) return
        await rotate({ ...secrets, cases: new Map([...secrets.cases].filter(([id]) => id !== caseId)) })
        found.x25519.fill(0)
        found.key.fill(0)
      }),
    sealForCase: (caseId, plain, purpose) =>
      inTurn(async () => sealWithCase(await caseSecrets(caseId), caseId, plain, purpose, random(12))),
    openForCase(caseId, sealed, purpose) {
      const found = opened().secrets.cases.get(caseId)
      if (!found) throw new Problem('withdrawn')
      return openWithCase(found, caseId, sealed, purpose)
    },
    refreshToken() {
      const { refreshToken } = opened().secrets
      return refreshToken.length === 0 ? undefined : Buffer.from(refreshToken).toString('utf8')
    },
    keepRefreshToken: token =>
      inTurn(() => change(secrets => ({ ...secrets, refreshToken: new Uint8Array(Buffer.from(token ?? '', 'utf8')) }))),
  }

  async function caseSecrets(caseId: string): Promise<CaseSecrets> {
    const found = opened().secrets.cases.get(caseId)
    if (found) return found
    const made = { x25519: random(32), key: random(32) }
    await change(secrets => ({ ...secrets, cases: new Map([...secrets.cases, [caseId, made]]) }))
    return made
  }

  /**
   * A new vault key under a new key-encryption key with a new device secret: whatever copy of the old key file exists somewhere,
   * its device secret is gone. The keychain holds both secrets until the new file is surely on the disk.
   */
  async function rotate(secrets: Secrets): Promise<void> {
    const { parts, opening } = opened()
    const deviceSecret = opening.deviceSecret && random(32)
    if (opening.deviceSecret && deviceSecret) await writeDeviceSecrets(secretStore, [opening.deviceSecret, deviceSecret])
    const next = { ...parts, generation: parts.generation + 1, deviceMark: deviceSecret ? deviceSecretMark(deviceSecret) : '' }
    await save(next, { stretched: opening.stretched, deviceSecret, vaultKey: random(32) }, secrets)
    if (deviceSecret) await writeDeviceSecrets(secretStore, [deviceSecret])
    opening.deviceSecret?.fill(0)
    opening.vaultKey.fill(0)
  }
}
