import { Problem } from '#domain/problems.ts'
import type { Boxes } from '#sync/ports.ts'
import type { Vault } from './vault.ts'

const purpose = 'box'

/** Acts and orders as base64 boxes under the key of their case. Throws Problem `locked`, `withdrawn`, `record-broken`. */
export function caseBoxes(vault: Vault): Boxes {
  return {
    async seal(caseId, value) {
      const plain = Buffer.from(JSON.stringify(value), 'utf8')
      const sealed = await vault.sealForCase(caseId, plain, purpose)
      plain.fill(0)
      return Buffer.from(sealed).toString('base64')
    },
    async open(caseId, box) {
      const plain = vault.openForCase(caseId, Buffer.from(box, 'base64'), purpose)
      if (!plain) throw new Problem('record-broken')
      return JSON.parse(Buffer.from(plain).toString('utf8'))
    },
    destroy: caseId => vault.destroyCase(caseId),
  }
}
