import { Problem } from '#domain/problems.ts'
import type { GrantRequest } from '#sync/protocol.ts'
import { TYP } from '#sync/trust.ts'
import type { CentreClient } from '../centre/centre-client.ts'
import type { Vault } from '../vault/vault.ts'
import type { OpenJournal } from './open-journal.ts'
import { base64Url, signJws } from './platform-crypto.ts'

export interface EnrolPorts {
  readonly vault: Vault
  readonly client: CentreClient
  readonly journal: OpenJournal
  readonly ticket: string
  readonly name: string
}

/** Makes the device known to the centre, once. Repeating it is harmless: the centre answers the same for the same key. */
export async function enrolDevice({ vault, client, journal, ticket, name }: EnrolPorts, signal: AbortSignal): Promise<void> {
  if (journal.ledger.bound) return
  const device = vault.device()
  const keys = { ed25519: base64Url(device.ed25519), x25519: base64Url(device.x25519), ticket }
  const proof = signJws(TYP.device, 'new-device', JSON.stringify(keys), device.sign)
  const { deviceId, name: deviceName, hospital } = await client.enrol({ ...keys, name, proof }, signal)
  await journal.record({ kind: 'bound', deviceId, deviceName, hospital })
}

/** Asks for the headers of a case under its own key, made here and signed by the device. */
export async function grantRequest(
  vault: Vault,
  deviceId: string | undefined,
  caseId: string,
  version: number,
): Promise<GrantRequest> {
  if (!deviceId) throw new Problem('sign-in-needed')
  const { publicKey } = await vault.caseKeys(caseId)
  const asked = { caseId, version, publicKey: Buffer.from(publicKey).toString('base64'), deviceId }
  return {
    version,
    publicKey: asked.publicKey,
    deviceId,
    proof: signJws(TYP.device, deviceId, JSON.stringify(asked), vault.device().sign),
  }
}
