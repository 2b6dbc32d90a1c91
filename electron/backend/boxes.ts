import type { Boxes } from '#sync/ports.ts'

export interface CaseSealer {
  sealForCase(caseId: string, plain: Uint8Array, purpose: string): Promise<Uint8Array> | Uint8Array
  openForCase(caseId: string, sealed: Uint8Array, purpose: string): Promise<Uint8Array> | Uint8Array
  destroyCase(caseId: string): Promise<void>
}

/** JSON values sealed with the key of their case; base64 so that they fit into a journal entry. */
export function createBoxes(vault: CaseSealer): Boxes {
  const purpose = 'journal-box'
  return {
    async seal(caseId, value) {
      return Buffer.from(await vault.sealForCase(caseId, Buffer.from(JSON.stringify(value)), purpose)).toString('base64')
    },
    async open(caseId, box) {
      const plain = await vault.openForCase(caseId, Buffer.from(box, 'base64'), purpose)
      return JSON.parse(new TextDecoder().decode(plain))
    },
    destroy: caseId => vault.destroyCase(caseId),
  }
}
