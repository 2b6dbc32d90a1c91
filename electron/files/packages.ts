import { Problem } from '#domain/problems.ts'
import type { Packages } from '#sync/ports.ts'
import type { Manifest } from '#sync/protocol.ts'
import type { Vault } from '../vault/vault.ts'
import { createFileStore, type FileStore, type FileStorePorts, type StoredFile } from './file-store.ts'

export interface VaultPackages extends Packages {
  openFile(manifest: Manifest, fileId: string): Promise<StoredFile>
  readonly store: FileStore
}

/** The file store with the case keys of the vault: what sync and the page work with. */
export function createPackages(ports: Omit<FileStorePorts, 'nameKey'> & { readonly vault: Vault }): VaultPackages {
  const { vault, ...rest } = ports
  const store = createFileStore({ ...rest, nameKey: () => vault.indexKey() })
  return {
    store,
    stage: store.stage,
    publish: async (manifest, headers) => store.publish(manifest, headers, await vault.caseKeys(manifest.caseId)),
    async openFile(manifest, fileId) {
      if (!vault.hasCase(manifest.caseId)) throw new Problem('withdrawn')
      return store.openFile(manifest, fileId, await vault.caseKeys(manifest.caseId))
    },
    remove: store.remove,
  }
}
