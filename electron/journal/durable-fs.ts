/** An open file whose writes count only after `sync`. Positions and lengths in bytes. */
export interface DurableFile {
  /** Fewer bytes than asked for at the end of the file. */
  read(position: number, length: number): Promise<Uint8Array>
  /** All bytes, or it throws. */
  write(bytes: Uint8Array, position: number): Promise<void>
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  size(): Promise<number>
  close(): Promise<void>
}

/**
 * Every durable write of the product goes through here, so that tests can stop the world, fail or fill the disk at each step.
 * Errors are the system's, with their `code` (ENOENT, ENOSPC, EIO …).
 */
export interface DurableFs {
  /** `read` and `write` want the file to be there; `create` makes it when it is missing and keeps what it holds. */
  open(path: string, mode: 'read' | 'write' | 'create'): Promise<DurableFile>
  rename(from: string, to: string): Promise<void>
  link(existing: string, path: string): Promise<void>
  unlink(path: string): Promise<void>
  /** With all folders above it. */
  makeFolder(path: string): Promise<void>
  removeFolder(path: string): Promise<void>
  /** Names in a folder; empty when the folder is not there. */
  list(path: string): Promise<readonly string[]>
  /** Makes names in the folder (creation, rename, unlink) survive a power loss. */
  syncFolder(path: string): Promise<void>
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** EDQUOT is a full disk too, for this user. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error)
  return code === 'ENOSPC' || code === 'EDQUOT'
}

/** The whole file, or undefined when there is none. */
export async function readWhole(fs: DurableFs, path: string): Promise<Uint8Array | undefined> {
  let file: DurableFile
  try {
    file = await fs.open(path, 'read')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  try {
    return await file.read(0, await file.size())
  } finally {
    await file.close()
  }
}

/** Replaces `path` in one step: a reader, or a restart at any point, sees the old bytes or the new ones. */
export async function writeAtomically(fs: DurableFs, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${folder}/${name}.new`
  const file = await fs.open(temporary, 'create')
  try {
    await file.truncate(0)
    await file.write(bytes, 0)
    await file.sync()
  } finally {
    await file.close()
  }
  await fs.rename(temporary, `${folder}/${name}`)
  await fs.syncFolder(folder)
}
