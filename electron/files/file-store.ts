import { Problem } from '#domain/problems.ts'
import type { Staging } from '#sync/ports.ts'
import type { Manifest } from '#sync/protocol.ts'
import { type DurableFs, readWhole } from '../journal/durable-fs.ts'
import type { Aead } from '../vault/aead.ts'
import { plainFile } from '../vault/crypt4gh/plain-file.ts'
import { publishVersion } from './publish.ts'
import { segmentCache } from './segment-cache.ts'
import { segmentWorkers } from './segment-workers.ts'
import { openStaging } from './staging.ts'
import { type StorePaths, stagingName, storePaths, versionName, versionOf } from './store-paths.ts'
import { withProblems } from './store-problem.ts'
import { type CaseAccess, understandHeader, unmarkHeader } from './stored-header.ts'
import { storedSegments } from './stored-segments.ts'

export interface FileStorePorts {
  readonly fs: DurableFs
  readonly folder: string
  readonly aead: Aead
  /** 32 bytes; names on disk are made with it. A copy each time, wiped after use. */
  readonly nameKey: () => Uint8Array
  /** The built segment worker; without it segments are opened in this thread. */
  readonly workerPath?: string
  /** Plain segments kept in memory, bytes; 64 MiB if not said. */
  readonly cacheBytes?: number
}

/** One file of a published version, as plain bytes. Positions 0-based; ranges half-open, in bytes. */
export interface StoredFile {
  readonly size: number
  /** Changes when the content does. */
  readonly etag: string
  /** `[start, end)`, cut at the end of the file. Problems `file-damaged`, `locked`; not a byte when a touched segment is not right. */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array>
  close(): Promise<void>
}

/** Sealed files as the centre delivered them. All failures are Problems: `disk-full`, `file-damaged`, `not-here`, `key-does-not-fit`, `locked`. */
export interface FileStore {
  stage(manifest: Manifest): Promise<Staging>
  /** One rename: readers see the whole version or none of it. */
  publish(manifest: Manifest, headers: ReadonlyMap<string, Uint8Array>, keys: CaseAccess): Promise<{ readonly bytes: number }>
  openFile(manifest: Manifest, fileId: string, keys: CaseAccess): Promise<StoredFile>
  remove(caseId: string): Promise<void>
  /** Removes what no reader needs: cases not named, and of the named ones all versions and leftovers but the current version and newer staging. */
  keepOnly(current: ReadonlyMap<string, number>): Promise<void>
  /** Sealed bytes on disk; bodies shared by versions count once. */
  usage(): Promise<{ readonly bytes: number; readonly cases: number }>
  /** Forgets keys and wipes plain bytes; open files answer `locked` from here on. */
  lock(): Promise<void>
}

export function createFileStore(ports: FileStorePorts): FileStore {
  const { fs, folder, aead } = ports
  const paths = storePaths(folder, ports.nameKey)
  const workers = segmentWorkers(aead, ports.workerPath)
  const cache = segmentCache(ports.cacheBytes ?? 64 << 20)
  let session = newSession()

  return {
    stage: manifest =>
      withProblems(async () => {
        await fs.makeFolder(folder)
        return openStaging(fs, paths, manifest, await versionFolders(fs, paths, manifest.caseId))
      }),
    publish: (manifest, headers, keys) => withProblems(() => publishVersion({ fs, paths, aead }, manifest, headers, keys)),
    openFile: (manifest, fileId, keys) => withProblems(() => open(manifest, fileId, keys)),
    remove: caseId =>
      withProblems(async () => {
        await fs.removeFolder(paths.caseFolder(caseId))
        await fs.makeFolder(folder)
        await fs.syncFolder(folder)
      }),
    keepOnly: current => withProblems(() => keepOnly(fs, paths, current)),
    usage: () => withProblems(() => usage(fs, folder)),
    async lock() {
      session.locked = true
      const { closers } = session
      session = newSession()
      cache.clear()
      await Promise.all([...closers].map(close => close()))
      await workers.stop()
    },
  }

  async function open(manifest: Manifest, fileId: string, keys: CaseAccess): Promise<StoredFile> {
    const file = manifest.files.find(entry => entry.id === fileId)
    if (!file) throw new Problem('not-found')
    const version = paths.version(manifest.caseId, manifest.version)
    const stored = await readWhole(fs, `${version}/${paths.headerName(fileId)}`)
    if (!stored) throw new Problem('not-here')
    const header = unmarkHeader(keys, { caseId: manifest.caseId, fileId, bodySha256: file.bodySha256 }, stored)
    const { dataKeys, edits } = await understandHeader(aead, keys, header)
    // The open handle pins this version: its bytes stay readable even when the name is gone.
    const body = await fs.open(`${version}/${paths.bodyName(file.bodySha256)}`, 'read')
    const mine = session
    const close = async () => {
      if (!mine.closers.delete(close)) return
      for (const key of dataKeys) key.fill(0)
      await body.close()
    }
    mine.closers.add(close)
    const stillOpen = () => {
      if (mine.locked) throw new Problem('locked')
    }
    try {
      if ((await body.size()) !== file.bodySize) throw new Problem('file-damaged')
      const segments = storedSegments({ body, file, dataKeys, workers, cache, verified: mine.verified, stillOpen })
      const plain = plainFile(segments, file.bodySize, edits)
      if (plain.plainSize !== file.plainSize) throw new Problem('file-damaged')
      return {
        size: plain.plainSize,
        etag: `"${file.plainSha256.slice(0, 32)}"`,
        async read(start, end, signal) {
          signal?.throwIfAborted()
          stillOpen()
          const to = Math.min(end, plain.plainSize)
          if (!(start >= 0 && start <= to)) throw new Problem('bad-request')
          try {
            return await plain.read(start, to - start)
          } catch (error) {
            // Locking closes the file under a reader; what the system says of that is not the reason.
            stillOpen()
            throw error
          }
        },
        close,
      }
    } catch (error) {
      await close()
      throw error
    }
  }
}

function newSession() {
  return { locked: false, verified: new Set<string>(), closers: new Set<() => Promise<void>>() }
}

async function versionFolders(fs: DurableFs, paths: StorePaths, caseId: string): Promise<readonly string[]> {
  const folder = paths.caseFolder(caseId)
  const names = await fs.list(folder)
  return names.filter(name => versionOf(name)?.kind === 'version').map(name => `${folder}/${name}`)
}

async function keepOnly(fs: DurableFs, paths: StorePaths, current: ReadonlyMap<string, number>): Promise<void> {
  const wanted = new Map([...current].map(([caseId, version]) => [paths.caseFolder(caseId), version]))
  for (const name of await fs.list(paths.root)) {
    const folder = `${paths.root}/${name}`
    const version = wanted.get(folder)
    if (version === undefined) {
      await fs.removeFolder(folder)
      continue
    }
    for (const entry of await fs.list(folder)) {
      const newer = (versionOf(entry)?.version ?? -1) > version
      const keep = entry === versionName(version) || (newer && entry !== '')
      if (!keep || entry === stagingName(version)) await fs.removeFolder(`${folder}/${entry}`)
    }
    await fs.syncFolder(folder)
  }
}

async function usage(fs: DurableFs, root: string): Promise<{ bytes: number; cases: number }> {
  let bytes = 0
  const cases = await fs.list(root)
  for (const name of cases) {
    const counted = new Set<string>()
    for (const version of await fs.list(`${root}/${name}`))
      for (const entry of await fs.list(`${root}/${name}/${version}`)) {
        if (counted.has(entry) && entry.endsWith('.body')) continue
        counted.add(entry)
        const file = await fs.open(`${root}/${name}/${version}/${entry}`, 'read')
        bytes += await file.size()
        await file.close()
      }
  }
  return { bytes, cases: cases.length }
}
