import type { Aead } from './aead.ts'
import { openGcm, sealGcm } from './gcm.ts'
import { subkey } from './kek.ts'
import type { CaseSecrets } from './secrets.ts'

/** Copies of the keys of a case. */
export interface CaseKeys {
  /** X25519, for the centre to seal headers to. */
  readonly publicKey: Uint8Array
  readonly secretKey: Uint8Array
  /** 32 bytes, for rows and blocks of the read model. */
  readonly key: Uint8Array
}

export function caseKeysOf(aead: Aead, secrets: CaseSecrets): CaseKeys {
  return { publicKey: aead.publicKeyOf(secrets.x25519), secretKey: secrets.x25519.slice(), key: secrets.key.slice() }
}

/** The case and the purpose are bound in: a box moved to another case or place does not open. */
export function sealWithCase(
  secrets: CaseSecrets,
  caseId: string,
  plain: Uint8Array,
  purpose: string,
  nonce: Uint8Array,
): Uint8Array {
  const key = subkey(secrets.key, 'panelbench case box')
  const sealed = sealGcm(key, nonce, plain, JSON.stringify([caseId, purpose]))
  key.fill(0)
  return sealed
}

export function openWithCase(secrets: CaseSecrets, caseId: string, sealed: Uint8Array, purpose: string): Uint8Array | undefined {
  const key = subkey(secrets.key, 'panelbench case box')
  const plain = openGcm(key, sealed, JSON.stringify([caseId, purpose]))
  key.fill(0)
  return plain
}
