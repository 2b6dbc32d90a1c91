import type { SecretStore } from '../shell/shell.ts'
import { deviceSecretMark } from './kek.ts'

const length = 32

/**
 * The machine's share of the key in the OS keychain. While keys are rotated the keychain holds the old secret and the new one,
 * so that a power loss between key file and keychain locks nobody out.
 */
export async function readDeviceSecrets(store: SecretStore): Promise<readonly Uint8Array[]> {
  const stored = store.available().kind === 'os-keychain' ? await store.read() : undefined
  if (!stored || stored.length === 0 || stored.length % length !== 0) return []
  return Array.from({ length: stored.length / length }, (_, index) => stored.slice(index * length, (index + 1) * length))
}

export async function writeDeviceSecrets(store: SecretStore, secrets: readonly Uint8Array[]): Promise<void> {
  const joined = Buffer.concat(secrets)
  await store.write(new Uint8Array(joined))
  joined.fill(0)
}

export function secretMarked(secrets: readonly Uint8Array[], mark: string): Uint8Array | undefined {
  return secrets.find(secret => deviceSecretMark(secret) === mark)
}
