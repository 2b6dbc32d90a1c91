import { createHmac, hkdfSync } from 'node:crypto'
import { argon2id } from 'hash-wasm'

/** What a passphrase costs to try. OWASP's floor is 19 MiB, 2 passes; ours is 64 MiB, 3 passes: about half a second. */
export interface ArgonCost {
  readonly memoryKiB: number
  readonly passes: number
  readonly lanes: number
}

export const argonCost: ArgonCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 }

/**
 * The passphrase, stretched to 32 bytes. Written in one Unicode form (NFKC), since a Japanese keyboard may type the same
 * passphrase in two widths.
 */
export async function stretch(passphrase: string, salt: Uint8Array, cost: ArgonCost): Promise<Uint8Array> {
  return argon2id({
    password: passphrase.normalize('NFKC'),
    salt,
    parallelism: cost.lanes,
    iterations: cost.passes,
    memorySize: cost.memoryKiB,
    hashLength: 32,
    outputType: 'binary',
  })
}

/** Two shares held apart (the person's and the machine's) into the key that wraps the vault key of one generation. */
export function keyEncryptionKey(stretched: Uint8Array, deviceSecret: Uint8Array | undefined, generation: number): Uint8Array {
  const shares = Buffer.concat([stretched, deviceSecret ?? new Uint8Array()])
  const key = subkey(shares, `panelbench kek ${deviceSecret ? 2 : 1} ${generation}`)
  shares.fill(0)
  return key
}

/** Tells whether a device secret is the one a key file was made with, and nothing else about it. */
export function deviceSecretMark(deviceSecret: Uint8Array): string {
  return createHmac('sha256', deviceSecret).update('panelbench device secret').digest('hex').slice(0, 16)
}

export function subkey(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(32), purpose, 32))
}
