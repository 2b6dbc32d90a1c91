import type { ProblemCode } from '#domain/problems.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { type Crypto, openJws, type TrustedKey } from './jws.ts'
import { Manifest, Receipt, SigningKeys, Tombstone } from './protocol.ts'

export const TYP = {
  keys: 'panelbench-keys+jws',
  manifest: 'panelbench-manifest+jws',
  grant: 'panelbench-grant+jws',
  receipt: 'panelbench-receipt+jws',
  tombstone: 'panelbench-tombstone+jws',
  act: 'panelbench-act+jws',
  device: 'panelbench-device+jws',
} as const

export type KeyUse = SigningKeys['keys'][number]['use'][number]

/** The signing keys of the centre, vouched for by the root that the hospital pinned at enrolment. */
export interface Trust {
  readonly version: number
  for(use: KeyUse): readonly TrustedKey[]
}

/** Opens the centre's key document. `held` is the highest version seen: a lower one is a replay. */
export async function openTrust(
  jws: string,
  roots: readonly TrustedKey[],
  held: number,
  now: Date,
  crypto: Crypto,
): Promise<Result<Trust, ProblemCode>> {
  const opened = await openJws(jws, TYP.keys, roots, crypto)
  if (!opened.ok) return opened
  const parsed = SigningKeys.safeParse(opened.value)
  if (!parsed.success) return err('protocol-broken')
  if (parsed.data.version < held) return err('manifest-older')
  if (parsed.data.expiresAt <= now.toISOString()) return err('manifest-expired')
  const { version, keys } = parsed.data
  return ok({ version, for: use => keys.filter(key => key.use.includes(use)) })
}

/** Opens a manifest and checks that it is signed, of this case, in force, and not older than `atLeast`. */
export async function openManifest(
  jws: string,
  caseId: string,
  atLeast: number,
  trust: Trust,
  now: Date,
  crypto: Crypto,
): Promise<Result<Manifest, ProblemCode>> {
  const opened = await openJws(jws, TYP.manifest, trust.for('manifest'), crypto)
  if (!opened.ok) return opened
  const parsed = Manifest.safeParse(opened.value)
  if (!parsed.success) return err('protocol-broken')
  const manifest = parsed.data
  if (manifest.caseId !== caseId) return err('manifest-foreign')
  if (manifest.expiresAt <= now.toISOString()) return err('manifest-expired')
  if (manifest.version < atLeast) return err('manifest-older')
  if (new Set(manifest.files.map(file => file.id)).size !== manifest.files.length) return err('protocol-broken')
  for (const file of manifest.files) {
    if (file.chunks.length !== Math.ceil(file.bodySize / file.chunkSize)) return err('protocol-broken')
  }
  return ok(manifest)
}

/** A receipt counts only for the very act we sent: `actHash` is the SHA-256 of the act's JWS. */
export async function openReceipt(
  jws: string,
  act: { readonly id: string; readonly caseId: string; readonly hash: string },
  trust: Trust,
  crypto: Crypto,
): Promise<Result<Receipt, ProblemCode>> {
  const opened = await openJws(jws, TYP.receipt, trust.for('receipt'), crypto)
  if (!opened.ok) return opened
  const parsed = Receipt.safeParse(opened.value)
  if (!parsed.success) return err('protocol-broken')
  const { actId, caseId, hash } = parsed.data
  return actId === act.id && caseId === act.caseId && hash === act.hash ? ok(parsed.data) : err('manifest-foreign')
}

export async function openTombstone(
  jws: string,
  caseId: string,
  trust: Trust,
  crypto: Crypto,
): Promise<Result<Tombstone, ProblemCode>> {
  const opened = await openJws(jws, TYP.tombstone, trust.for('tombstone'), crypto)
  if (!opened.ok) return opened
  const parsed = Tombstone.safeParse(opened.value)
  if (!parsed.success) return err('protocol-broken')
  return parsed.data.caseId === caseId ? ok(parsed.data) : err('manifest-foreign')
}
