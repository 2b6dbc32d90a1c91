import { type FileHandle, open } from 'node:fs/promises'

/** Bytes that can be read anywhere. `position` and `length` in bytes; a read past the end gives fewer bytes. */
export interface RandomAccess {
  read(position: number, length: number): Promise<Uint8Array>
  /** In bytes. */
  size(): Promise<number>
}

export interface OpenFile extends RandomAccess {
  close(): Promise<void>
}

export function bytesAccess(bytes: Uint8Array): RandomAccess {
  return {
    read: async (position, length) => bytes.subarray(Math.min(position, bytes.length), Math.min(position + length, bytes.length)),
    size: async () => bytes.length,
  }
}

export async function fileAccess(path: string): Promise<OpenFile> {
  const handle = await open(path, 'r')
  return {
    read: (position, length) => readFrom(handle, position, length),
    size: async () => (await handle.stat()).size,
    close: () => handle.close(),
  }
}

async function readFrom(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const available = Math.max(0, (await handle.stat()).size - position)
  // Never more than the file has: a length that an attacker wrote must not decide what is allocated.
  const buffer = new Uint8Array(Math.min(length, available))
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}
