import { createHash } from 'node:crypto'
import { Problem } from '#domain/problems.ts'
import type { Staging } from '#sync/ports.ts'
import { CHUNK_BYTES, type Manifest, type ManifestFile } from '#sync/protocol.ts'
import { type DurableFs, errorCode } from '../journal/durable-fs.ts'
import { type ChunkMap, openChunkMap } from './chunk-map.ts'
import type { StorePaths } from './store-paths.ts'
import { withProblems } from './store-problem.ts'

/** Bytes `[start, end)` of a chunk within the sealed body. */
export function chunkSpan(file: ManifestFile, chunk: number): { readonly start: number; readonly end: number } {
  return { start: chunk * CHUNK_BYTES, end: Math.min(file.bodySize, (chunk + 1) * CHUNK_BYTES) }
}

export function chunkCount(file: ManifestFile): number {
  const count = Math.ceil(file.bodySize / CHUNK_BYTES)
  if (count !== file.chunks.length) throw new Problem('file-damaged')
  return count
}

export function chunkIsRight(file: ManifestFile, chunk: number, bytes: Uint8Array): boolean {
  const { start, end } = chunkSpan(file, chunk)
  return bytes.length === end - start && createHash('sha256').update(bytes).digest('hex') === file.chunks[chunk]
}

/**
 * The place where the files of one version gather. Bodies that an earlier version already has are linked, not fetched again;
 * what was fetched before a restart still counts.
 */
export async function openStaging(
  fs: DurableFs,
  paths: StorePaths,
  manifest: Manifest,
  earlier: readonly string[],
): Promise<Staging> {
  const folder = paths.staging(manifest.caseId, manifest.version)
  const maps = new Map<string, Promise<ChunkMap | 'whole'>>()
  await withProblems(async () => {
    await fs.makeFolder(folder)
    await fs.syncFolder(paths.caseFolder(manifest.caseId))
    await fs.syncFolder(paths.root)
    for (const file of manifest.files) await linkEarlier(fs, folder, paths.bodyName(file.bodySha256), earlier)
  })

  function mapOf(file: ManifestFile): Promise<ChunkMap | 'whole'> {
    const body = paths.bodyName(file.bodySha256)
    const opened = maps.get(body) ?? openMap(body, file)
    maps.set(body, opened)
    opened.catch(() => maps.delete(body))
    return opened
  }

  async function openMap(body: string, file: ManifestFile): Promise<ChunkMap | 'whole'> {
    const names = await fs.list(folder)
    if (names.includes(body)) return 'whole'
    const count = chunkCount(file)
    const part = await fs.open(`${folder}/${body}.part`, 'create')
    const size = await part.size().finally(() => part.close())
    const map = await openChunkMap(fs, `${folder}/${body}.map`, count, chunk => chunkSpan(file, chunk).end <= size)
    // Both names are on the disk before the first mark: a map without its bytes would claim what is not there.
    await fs.syncFolder(folder)
    return map
  }

  return {
    missing: file =>
      withProblems(async () => {
        const map = await mapOf(file)
        return map === 'whole' ? [] : map.missing()
      }),
    write: (file, chunk, bytes) =>
      withProblems(async () => {
        if (!chunkIsRight(file, chunk, bytes)) throw new Problem('file-damaged')
        const map = await mapOf(file)
        if (map === 'whole' || map.has(chunk)) return
        const part = await fs.open(`${folder}/${paths.bodyName(file.bodySha256)}.part`, 'create')
        try {
          await part.write(bytes, chunkSpan(file, chunk).start)
          await part.sync()
        } finally {
          await part.close()
        }
        await map.mark(chunk)
      }),
  }
}

async function linkEarlier(fs: DurableFs, folder: string, body: string, earlier: readonly string[]): Promise<void> {
  for (const version of earlier) {
    if (!(await fs.list(version)).includes(body)) continue
    try {
      await fs.link(`${version}/${body}`, `${folder}/${body}`)
      return
    } catch (error) {
      // Already linked, or a file system without links: then it is fetched again.
      if (errorCode(error) === 'EEXIST') return
      if (!['EPERM', 'ENOTSUP', 'EMLINK', 'EXDEV', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error
    }
  }
}
