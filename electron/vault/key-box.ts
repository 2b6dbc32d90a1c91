import { z } from 'zod'
import { openGcm, sealGcm } from './gcm.ts'
import { type ArgonCost, keyEncryptionKey } from './kek.ts'
import { decodeSecrets, encodeSecrets, type Secrets } from './secrets.ts'

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/)

/** The key file as it lies on disk. Costs have bounds: a changed file must not make the next unlock run for hours. */
const KeyBox = z.object({
  format: z.literal('panelbench-vault-1'),
  /** Counts key rotations: one with each destroyed case. */
  generation: z.int().min(1),
  /** Counts writes; of two copies the higher one is the newer. */
  serial: z.int().min(1),
  protection: z.enum(['device-and-passphrase', 'passphrase-only']),
  /** Marks the device secret of this generation; empty without one. */
  deviceMark: z.string(),
  /** Name of the keychain that holds the device secret, for the support desk. */
  keychain: z.string(),
  argon: z.object({
    memoryKiB: z
      .int()
      .min(8)
      .max(4 << 20),
    passes: z.int().min(1).max(64),
    lanes: z.int().min(1).max(16),
  }),
  salt: base64,
  /** The vault key under the key-encryption key. */
  wrapped: base64,
  /** The secrets under the vault key. */
  contents: base64,
})
export type KeyBox = z.infer<typeof KeyBox>
export type Protection = KeyBox['protection']

/** What must be in memory to write the box again while the vault is open. */
export interface Opening {
  readonly stretched: Uint8Array
  readonly deviceSecret: Uint8Array | undefined
  readonly vaultKey: Uint8Array
}

export function parseKeyBox(bytes: Uint8Array | undefined): KeyBox | undefined {
  if (!bytes) return undefined
  try {
    const parsed = KeyBox.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}

export interface BoxParts {
  readonly generation: number
  readonly serial: number
  readonly protection: Protection
  readonly deviceMark: string
  readonly keychain: string
  readonly argon: ArgonCost
  readonly salt: Uint8Array
}

export function sealKeyBox(parts: BoxParts, opening: Opening, secrets: Secrets, random: (n: number) => Uint8Array): KeyBox {
  const kek = keyEncryptionKey(opening.stretched, opening.deviceSecret, parts.generation)
  const plain = encodeSecrets(secrets)
  const wrapped = sealGcm(kek, random(12), opening.vaultKey, wrapPurpose(parts.generation))
  const contents = sealGcm(opening.vaultKey, random(12), plain, contentPurpose(parts.generation, parts.serial))
  kek.fill(0)
  plain.fill(0)
  return {
    ...parts,
    format: 'panelbench-vault-1',
    salt: Buffer.from(parts.salt).toString('base64'),
    wrapped: Buffer.from(wrapped).toString('base64'),
    contents: Buffer.from(contents).toString('base64'),
  }
}

/** The vault key, or undefined when passphrase or device secret is another one. */
export function unwrapVaultKey(box: KeyBox, stretched: Uint8Array, deviceSecret: Uint8Array | undefined): Uint8Array | undefined {
  const kek = keyEncryptionKey(stretched, deviceSecret, box.generation)
  const vaultKey = openGcm(kek, Buffer.from(box.wrapped, 'base64'), wrapPurpose(box.generation))
  kek.fill(0)
  return vaultKey && Uint8Array.from(vaultKey)
}

/** The secrets, or undefined when the box was changed. */
export function openContents(box: KeyBox, vaultKey: Uint8Array): Secrets | undefined {
  const plain = openGcm(vaultKey, Buffer.from(box.contents, 'base64'), contentPurpose(box.generation, box.serial))
  if (!plain) return undefined
  const secrets = decodeSecrets(plain)
  plain.fill(0)
  return secrets
}

function wrapPurpose(generation: number): string {
  return `panelbench vault key, generation ${generation}`
}

function contentPurpose(generation: number, serial: number): string {
  return `panelbench secrets, generation ${generation}, serial ${serial}`
}
