import { Problem } from '#domain/problems.ts'
import type { Manifest, ManifestFile } from '#sync/protocol.ts'
import { type DurableFs, readWhole, writeAtomically } from '../journal/durable-fs.ts'
import type { Aead } from '../vault/aead.ts'
import { editedSize, keptRuns } from '../vault/crypt4gh/edit-list.ts'
import { bodyShape, segmentOpener, segmentSealed } from '../vault/crypt4gh/segments.ts'
import { openChunkMap } from './chunk-map.ts'
import { chunkCount, chunkSpan } from './staging.ts'
import type { StorePaths } from './store-paths.ts'
import { type CaseAccess, markHeader, understandHeader, unmarkHeader } from './stored-header.ts'

export interface PublishPorts {
  readonly fs: DurableFs
  readonly paths: StorePaths
  readonly aead: Aead
}

/**
 * Makes a version readable in one step. Before it: every chunk is here, every header opens with the case key, sizes agree with
 * the manifest and the first segment opens. Doing it again after a crash changes nothing.
 */
export async function publishVersion(
  { fs, paths, aead }: PublishPorts,
  manifest: Manifest,
  headers: ReadonlyMap<string, Uint8Array>,
  keys: CaseAccess,
): Promise<{ readonly bytes: number }> {
  const { caseId, version } = manifest
  const target = paths.version(caseId, version)
  const done = (await fs.list(target)).length > 0
  const folder = done ? target : paths.staging(caseId, version)
  for (const file of manifest.files) {
    const header = headers.get(file.id)
    if (!header) throw new Problem('key-does-not-fit')
    if (!done) await finishBody(fs, folder, paths.bodyName(file.bodySha256), file)
    await checkOpens(fs, aead, `${folder}/${paths.bodyName(file.bodySha256)}`, file, header, keys)
    await keepHeader({ fs, paths, aead }, folder, manifest, file, header, keys)
  }
  if (!done) {
    await fs.syncFolder(folder)
    await fs.rename(folder, target)
    await fs.syncFolder(paths.caseFolder(caseId))
  }
  return { bytes: manifest.files.reduce((sum, file) => sum + file.bodySize, 0) }
}

/** From `.part` to its name, once every chunk is marked. */
async function finishBody(fs: DurableFs, folder: string, body: string, file: ManifestFile): Promise<void> {
  const names = await fs.list(folder)
  if (!names.includes(body)) {
    const part = await fs.open(`${folder}/${body}.part`, 'create')
    const size = await part.size().finally(() => part.close())
    const here = (chunk: number) => chunkSpan(file, chunk).end <= size
    const map = await openChunkMap(fs, `${folder}/${body}.map`, chunkCount(file), here)
    if (map.missing().length > 0 || size !== file.bodySize) throw new Problem('not-here')
    await fs.rename(`${folder}/${body}.part`, `${folder}/${body}`)
  }
  if ((await fs.list(folder)).includes(`${body}.map`)) await fs.unlink(`${folder}/${body}.map`)
}

async function checkOpens(
  fs: DurableFs,
  aead: Aead,
  path: string,
  file: ManifestFile,
  header: Uint8Array,
  keys: CaseAccess,
): Promise<void> {
  const { dataKeys, edits } = await understandHeader(aead, keys, header)
  const body = await fs.open(path, 'read')
  try {
    const size = await body.size()
    if (size !== file.bodySize) throw new Problem('file-damaged')
    if (editedSize(keptRuns(edits, bodyShape(size).plainSize)) !== file.plainSize) throw new Problem('file-damaged')
    if (size > 0) segmentOpener(aead, dataKeys)(await body.read(0, Math.min(size, segmentSealed)), 0)
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('key-does-not-fit', {}, { cause: error })
  } finally {
    await body.close()
    for (const key of dataKeys) key.fill(0)
  }
}

/** A header that is here already and opens is kept: readers may have it open. */
async function keepHeader(
  { fs, paths }: PublishPorts,
  folder: string,
  { caseId }: Manifest,
  file: ManifestFile,
  header: Uint8Array,
  keys: CaseAccess,
): Promise<void> {
  const place = { caseId, fileId: file.id, bodySha256: file.bodySha256 }
  const name = paths.headerName(file.id)
  const stored = await readWhole(fs, `${folder}/${name}`)
  if (stored) {
    try {
      unmarkHeader(keys, place, stored)
      return
    } catch {
      // Of an earlier key of the case, or damaged: the new one takes its place.
    }
  }
  await writeAtomically(fs, folder, name, markHeader(keys, place, header))
}
