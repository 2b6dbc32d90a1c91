import { BYTES } from '#domain/contract.ts'
import { type ReadRange, rangedFile } from '#viewer/ranged-file.ts'

/** Address of one file of a case behind our own origin. */
export function fileUrl(caseId: string, fileId: string): string {
  const path = BYTES.file.replace(':caseId', encodeURIComponent(caseId)).replace(':fileId', encodeURIComponent(fileId))
  return new URL(path, window.location.href).href
}

/** The files of one case by range; one object per file, so that size and ETag are asked for once. */
export function caseFiles(caseId: string): (fileId: string) => ReadRange {
  const open = new Map<string, ReadRange>()
  return fileId => {
    let file = open.get(fileId)
    if (!file) {
      file = rangedFile(fileUrl(caseId, fileId))
      open.set(fileId, file)
    }
    return file
  }
}
