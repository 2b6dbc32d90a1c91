import { type FileHandle, link, mkdir, open, readdir, rename, rm, unlink } from 'node:fs/promises'
import { type DurableFile, type DurableFs, errorCode } from './durable-fs.ts'

/** The real file system. Files and folders are for this user only. */
export function nodeFs(): DurableFs {
  return {
    async open(path, mode) {
      // 'wx+' then 'r+': unlike 'a+' this lets writes go to any position, unlike 'w+' it never empties a file.
      if (mode === 'create') {
        try {
          return durableFile(await open(path, 'wx+', 0o600))
        } catch (error) {
          if (errorCode(error) !== 'EEXIST') throw error
        }
      }
      return durableFile(await open(path, mode === 'read' ? 'r' : 'r+'))
    },
    rename,
    link,
    unlink,
    makeFolder: async path => {
      await mkdir(path, { recursive: true, mode: 0o700 })
    },
    removeFolder: path => rm(path, { recursive: true, force: true }),
    async list(path) {
      try {
        return await readdir(path)
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return []
        throw error
      }
    },
    async syncFolder(path) {
      // Windows cannot open a folder; NTFS journals names by itself.
      if (process.platform === 'win32') return
      const folder = await open(path, 'r')
      try {
        await folder.sync()
      } finally {
        await folder.close()
      }
    },
  }
}

function durableFile(handle: FileHandle): DurableFile {
  return {
    async read(position, length) {
      const buffer = new Uint8Array(Math.max(0, Math.min(length, (await handle.stat()).size - position)))
      let filled = 0
      while (filled < buffer.length) {
        const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    },
    async write(bytes, position) {
      for (let written = 0; written < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, position + written)
        written += bytesWritten
      }
    },
    sync: () => handle.sync(),
    truncate: length => handle.truncate(length),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  }
}
