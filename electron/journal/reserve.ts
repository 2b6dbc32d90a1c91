import { type DurableFs, errorCode, isDiskFull } from './durable-fs.ts'

const piece = 1 << 20

/** Disk space held back, so that what a person decides can still be recorded when the disk is full. */
export interface Reserve {
  state(): 'held' | 'released' | 'missing'
  /** Gives the space back to the disk; false when there was none. */
  release(): Promise<boolean>
}

/**
 * Holds `bytes` of disk in a file that is really written, with bytes that do not compress. A disk that is full already gets none;
 * that is a state to show, not a reason not to start.
 */
export async function holdReserve(
  fs: DurableFs,
  folder: string,
  name: string,
  bytes: number,
  random: (length: number) => Uint8Array,
): Promise<Reserve> {
  const path = `${folder}/${name}`
  let state: 'held' | 'released' | 'missing' = bytes > 0 && (await allocate()) ? 'held' : 'missing'

  async function allocate(): Promise<boolean> {
    try {
      const file = await fs.open(path, 'create')
      try {
        const filler = random(Math.min(piece, bytes))
        for (let at = await file.size(); at < bytes; at += piece)
          await file.write(filler.subarray(0, Math.min(piece, bytes - at)), at)
        await file.sync()
      } finally {
        await file.close()
      }
      await fs.syncFolder(folder)
      return true
    } catch (error) {
      if (!isDiskFull(error)) throw error
      await removeQuietly()
      return false
    }
  }

  async function removeQuietly(): Promise<void> {
    try {
      await fs.unlink(path)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
    }
  }

  return {
    state: () => state,
    async release() {
      if (state !== 'held') return false
      await removeQuietly()
      state = 'released'
      return true
    },
  }
}
