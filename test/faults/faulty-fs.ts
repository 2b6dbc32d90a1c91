import type { DurableFile, DurableFs } from '../../electron/journal/durable-fs.ts'
import { type Disk, emptyDisk, type Inode, lookUp } from './disk.ts'

export interface Fault {
  /** Which call fails, counted from 1 over all calls that touch the disk. */
  readonly at: number
  readonly code: 'EIO' | 'ENOSPC' | 'EDQUOT' | 'EROFS'
  /** A failing write first writes half of its bytes. */
  readonly short?: boolean
  /** A failing fsync brings the bytes to the disk all the same, and only says that it did not. */
  readonly landed?: boolean
  /** How many calls in a row fail; 1 if not said. */
  readonly times?: number
}

export interface FaultyFs extends DurableFs {
  readonly disk: Disk
  /** Calls so far. */
  calls(): number
}

/**
 * A file system in memory that forgets what was not fsynced when `crashImages` looks at it, runs out of space, and fails where told.
 * After a failed fsync the pages count as clean, as on Linux: a later fsync does not bring them to the disk.
 */
export function faultyFs(
  options: {
    readonly disk?: Disk
    readonly fault?: Fault
    readonly capacity?: number
    afterEach?(disk: Disk, call: string): void
  } = {},
): FaultyFs {
  const disk = options.disk ?? emptyDisk()
  const { fault, capacity = Number.POSITIVE_INFINITY } = options
  let count = 0

  function call<T>(name: string, act: () => T, onFault?: () => void): Promise<T> {
    count++
    if (fault && count >= fault.at && count < fault.at + (fault.times ?? 1)) {
      onFault?.()
      options.afterEach?.(disk, `${name} fails`)
      return Promise.reject(systemError(fault.code, name))
    }
    try {
      const result = act()
      options.afterEach?.(disk, name)
      return Promise.resolve(result)
    } catch (error) {
      return Promise.reject(error)
    }
  }

  function writeInto(inode: Inode, bytes: Uint8Array, position: number): void {
    const grown = Math.max(0, position + bytes.length - inode.cached.length)
    const room = capacity - used(disk)
    if (grown > room) {
      // As a real disk does: what still fits is written, then the call fails.
      const fits = Math.max(0, bytes.length - (grown - Math.max(0, room)))
      if (fits > 0) inode.write({ kind: 'write', position, bytes: bytes.slice(0, fits) })
      throw systemError('ENOSPC', 'write')
    }
    inode.write({ kind: 'write', position, bytes: bytes.slice() })
  }

  function fileOn(inode: Inode): DurableFile {
    return {
      read: async (position, length) => inode.cached.slice(position, position + length),
      size: async () => inode.cached.length,
      close: async () => undefined,
      write: (bytes, position) =>
        call(
          'write',
          () => writeInto(inode, bytes, position),
          () => fault?.short && inode.write({ kind: 'write', position, bytes: bytes.slice(0, bytes.length >> 1) }),
        ),
      sync: () =>
        call(
          'fsync',
          () => inode.sync(),
          () => (fault?.landed ? inode.sync() : inode.forget()),
        ),
      truncate: length => call('truncate', () => inode.write({ kind: 'truncate', length })),
    }
  }

  return {
    disk,
    calls: () => count,
    async open(path, mode) {
      const found = disk.names.get(path)
      if (found) return fileOn(found)
      if (mode !== 'create') throw systemError('ENOENT', 'open')
      return fileOn(await call('create', () => disk.create(path)))
    },
    rename: (from, to) => call('rename', () => disk.rename(from, to)),
    link: (existing, path) => call('link', () => disk.link(lookUp(disk, existing), path)),
    unlink: path => call('unlink', () => disk.unlink(path)),
    makeFolder: async () => undefined,
    removeFolder: path => call('remove', () => disk.removeFolder(path)),
    list: async path => disk.list(path),
    syncFolder: path => call('fsync folder', () => disk.syncFolder(path)),
  }
}

function used(disk: Disk): number {
  return [...new Set(disk.names.values())].reduce((sum, inode) => sum + inode.cached.length, 0)
}

function systemError(code: string, name: string): Error {
  return Object.assign(new Error(`${code}: ${name}`), { code })
}
