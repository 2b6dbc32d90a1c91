import { createHmac } from 'node:crypto'

/** Every name on disk is made here, from hashes of our own: an id from outside never becomes part of a path. */
export interface StorePaths {
  readonly root: string
  caseFolder(caseId: string): string
  staging(caseId: string, version: number): string
  version(caseId: string, version: number): string
  bodyName(bodySha256: string): string
  headerName(fileId: string): string
}

/** `nameKey` keeps the list of cases from whoever can list the disk and guess ids. */
export function storePaths(root: string, nameKey: () => Uint8Array): StorePaths {
  const handle = (kind: string, text: string) => {
    const key = nameKey()
    const name = createHmac('sha256', key).update(`${kind}\0${text}`).digest('hex').slice(0, 40)
    key.fill(0)
    return name
  }
  const caseFolder = (caseId: string) => `${root}/${handle('case', caseId)}`
  return {
    root,
    caseFolder,
    staging: (caseId, version) => `${caseFolder(caseId)}/${stagingName(version)}`,
    version: (caseId, version) => `${caseFolder(caseId)}/${versionName(version)}`,
    bodyName(bodySha256) {
      if (!/^[0-9a-f]{64}$/.test(bodySha256)) throw new Error('a body is named by its hash')
      return `${bodySha256}.body`
    },
    headerName: fileId => `${handle('file', fileId)}.header`,
  }
}

export function versionName(version: number): string {
  return `v${whole(version)}`
}

export function stagingName(version: number): string {
  return `staging-${whole(version)}`
}

/** The version of a folder name, or undefined when it is none of ours. */
export function versionOf(name: string): { readonly kind: 'version' | 'staging'; readonly version: number } | undefined {
  const match = /^(v|staging-)(\d{1,15})$/.exec(name)
  return match ? { kind: match[1] === 'v' ? 'version' : 'staging', version: Number(match[2]) } : undefined
}

function whole(version: number): number {
  if (!Number.isSafeInteger(version) || version < 0) throw new Error('a version is a whole number')
  return version
}
