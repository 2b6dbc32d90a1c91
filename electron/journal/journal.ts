import { Problem } from '#domain/problems.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { type DurableFs, isDiskFull } from './durable-fs.ts'
import {
  type FrameRecord,
  fileHeader,
  fileHeaderLength,
  hashOf,
  isFileHeader,
  type JournalRecord,
  maxSealedLength,
  openFrame,
  sealFrame,
} from './frame.ts'
import { readFrames } from './read-frames.ts'
import { holdReserve } from './reserve.ts'

/** Half a frame: one record may never make a frame that cannot be read back. */
const maxRecordLength = maxSealedLength / 2

export interface JournalPorts {
  readonly fs: DurableFs
  readonly folder: string
  /** Of the file in the folder. */
  readonly name?: string
  /** 32 bytes, from the vault. */
  readonly key: Uint8Array
  readonly clock: { now(): Date }
  readonly random: (length: number) => Uint8Array
  /** Space held back for a full disk, bytes; 64 MiB if not said. */
  readonly reserveBytes?: number
}

export type JournalProblem = { readonly code: 'journal-damaged'; readonly offset: number }

export interface Journal {
  /** Bytes of an unfinished write that were cut off at opening; 0 as a rule. They were never reported as recorded. */
  readonly cutBytes: number
  /** Resolves after the record is on the disk (fsync). Rejects with Problem `disk-full`, `could-not-record` or `too-large`. */
  append(body: unknown): Promise<{ readonly seq: number }>
  /** What was recorded when the scan began, oldest first. Throws Problem `journal-damaged` should the file have changed. */
  scan(): AsyncIterable<JournalRecord>
  /** Number of records, and the hash that stands for all of them. */
  head(): { readonly seq: number; readonly hash: Uint8Array }
  reserve(): 'held' | 'released' | 'missing'
  close(): Promise<void>
}

interface Waiting {
  readonly text: string
  readonly length: number
  resolve(done: { seq: number }): void
  reject(error: unknown): void
}

/**
 * Opens the journal, or makes it. A write that was under way at a power loss is cut off; any other flaw is `journal-damaged`
 * with its place, and nothing is changed.
 */
export async function openJournal(ports: JournalPorts): Promise<Result<Journal, JournalProblem>> {
  const { fs, folder, key, clock, random, name = 'journal' } = ports
  const path = `${folder}/${name}`
  await fs.makeFolder(folder)
  const opened = await openFile(fs, folder, path, random)
  if (!opened) return err({ code: 'journal-damaged', offset: 0 })
  let { file } = opened
  const { header } = opened

  let end = fileHeaderLength
  let seq = 0
  let hash = hashOf(header)
  let cutBytes = 0
  for await (const step of readFrames(file, header, await file.size())) {
    if (step.kind === 'frame' && openFrame(key, header, step.frame.bytes)?.length === step.frame.header.count) {
      end = step.frame.end
      seq += step.frame.header.count
      hash = hashOf(step.frame.bytes)
    } else if (step.kind === 'torn') cutBytes = step.end - step.start
    else {
      await file.close()
      return err({ code: 'journal-damaged', offset: step.kind === 'frame' ? step.frame.start : step.start })
    }
  }
  if (cutBytes > 0) {
    await file.truncate(end)
    await file.sync()
  }
  const reserve = await holdReserve(fs, folder, `${name}.reserve`, ports.reserveBytes ?? 64 << 20, random)

  const waiting: Waiting[] = []
  let flushing: Promise<void> | undefined
  let clean = true
  let closed = false

  /** After a failed write or fsync nobody knows what is on the disk: open anew and go back to what was known to be there. */
  async function makeClean(): Promise<void> {
    if (clean) return
    await file.close().catch(() => undefined)
    file = await fs.open(path, 'write')
    await file.truncate(end)
    await file.sync()
    clean = true
  }

  async function write(frame: Uint8Array): Promise<void> {
    await makeClean()
    clean = false
    await file.write(frame, end)
    await file.sync()
    clean = true
  }

  async function writeOrUseReserve(frame: Uint8Array): Promise<void> {
    try {
      await write(frame)
    } catch (error) {
      if (!isDiskFull(error) || !(await reserve.release())) throw error
      await write(frame)
    }
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting)
      const frame = sealFrame(
        key,
        header,
        random(12),
        { seq: seq + 1, prev: hash },
        batch.map(item => item.text),
      )
      try {
        await writeOrUseReserve(frame)
      } catch (error) {
        await makeClean().catch(() => undefined)
        for (const item of batch)
          item.reject(new Problem(isDiskFull(error) ? 'disk-full' : 'could-not-record', {}, { cause: error }))
        continue
      }
      const first = seq + 1
      end += frame.length
      seq += batch.length
      hash = hashOf(frame)
      batch.forEach((item, index) => {
        item.resolve({ seq: first + index })
      })
    }
    flushing = undefined
  }

  return ok({
    cutBytes,
    async append(body) {
      if (closed) throw new Problem('could-not-record')
      // As text at once: what the caller does with its object afterwards is not what was recorded.
      const text = JSON.stringify({ at: clock.now().toISOString(), body } satisfies FrameRecord)
      const length = Buffer.byteLength(text)
      if (length > maxRecordLength) throw new Problem('too-large')
      return new Promise((resolve, reject) => {
        waiting.push({ text, length, resolve, reject })
        flushing ??= Promise.resolve().then(flush)
      })
    },
    scan: () => scanUpTo(fs, path, header, key, end),
    head: () => ({ seq, hash }),
    reserve: () => reserve.state(),
    async close() {
      closed = true
      await flushing
      await file.close()
    },
  })
}

/** As many waiting records as fit in one frame: they share one fsync. */
function takeBatch(waiting: Waiting[]): readonly Waiting[] {
  let length = 0
  const count = waiting.findIndex((item, index) => {
    length += item.length
    return index > 0 && length > maxRecordLength
  })
  return waiting.splice(0, count === -1 ? waiting.length : count)
}

async function* scanUpTo(
  fs: DurableFs,
  path: string,
  header: Uint8Array,
  key: Uint8Array,
  end: number,
): AsyncIterable<JournalRecord> {
  const file = await fs.open(path, 'read')
  try {
    for await (const step of readFrames(file, header, end)) {
      const records = step.kind === 'frame' ? openFrame(key, header, step.frame.bytes) : undefined
      if (step.kind !== 'frame' || !records) throw new Problem('journal-damaged')
      for (const [index, record] of records.entries())
        yield { seq: step.frame.header.seq + index, at: record.at, body: record.body }
    }
  } finally {
    await file.close()
  }
}

async function openFile(fs: DurableFs, folder: string, path: string, random: (length: number) => Uint8Array) {
  const file = await fs.open(path, 'create')
  let header = await file.read(0, fileHeaderLength)
  if (!isFileHeader(header)) {
    // Shorter than its header, or nothing but zeros: the power went while the file was made, before any record.
    const unborn =
      (await file.size()) <= fileHeaderLength && (header.length < fileHeaderLength || header.every(byte => byte === 0))
    if (!unborn) {
      await file.close()
      return undefined
    }
    header = fileHeader(random(16))
    await file.truncate(0)
    await file.write(header, 0)
    await file.sync()
    await fs.syncFolder(folder)
  }
  return { file, header }
}
