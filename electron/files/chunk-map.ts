import type { DurableFs } from '../journal/durable-fs.ts'

/** Which chunks of a file are here, verified and fsynced; one bit each, kept beside the unfinished file. */
export interface ChunkMap {
  missing(): readonly number[]
  has(chunk: number): boolean
  /** Resolves when the mark is on the disk. */
  mark(chunk: number): Promise<void>
}

/**
 * A bit is only ever set after its chunk was fsynced, so a map that was torn between an old and a new state is still right:
 * at worst it says that a chunk is missing which is there.
 */
export async function openChunkMap(
  fs: DurableFs,
  path: string,
  count: number,
  mayBeHere: (chunk: number) => boolean,
): Promise<ChunkMap> {
  const length = Math.ceil(count / 8)
  const bits = new Uint8Array(length)
  const file = await fs.open(path, 'create')
  try {
    bits.set(await file.read(0, length), 0)
  } finally {
    await file.close()
  }
  // A mark without its bytes (the file was cut, or its name was lost) does not count.
  for (let chunk = 0; chunk < count; chunk++)
    if (!mayBeHere(chunk)) bits[chunk >> 3] = (bits[chunk >> 3] ?? 0) & ~(1 << (chunk & 7))
  const has = (chunk: number) => (((bits[chunk >> 3] ?? 0) >> (chunk & 7)) & 1) === 1
  let writing: Promise<unknown> = Promise.resolve()

  async function save(): Promise<void> {
    const opened = await fs.open(path, 'create')
    try {
      await opened.write(bits.slice(), 0)
      await opened.sync()
    } finally {
      await opened.close()
    }
  }

  return {
    missing: () => Array.from({ length: count }, (_, chunk) => chunk).filter(chunk => !has(chunk)),
    has,
    mark(chunk) {
      const mine = writing.then(async () => {
        bits[chunk >> 3] = (bits[chunk >> 3] ?? 0) | (1 << (chunk & 7))
        await save()
      })
      writing = mine.catch(() => undefined)
      return mine
    },
  }
}
