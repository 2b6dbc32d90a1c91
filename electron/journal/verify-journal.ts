import { toHex } from '../vault/hex.ts'
import type { DurableFs } from './durable-fs.ts'
import { fileHeaderLength, hashOf, isFileHeader, openFrame } from './frame.ts'
import { readFrames } from './read-frames.ts'

export type JournalVerdict =
  | {
      readonly ok: true
      readonly records: number
      /** Hex hash of the last frame: equal heads mean equal journals. */
      readonly head: string
      /** Bytes of an unfinished write at the end; the next start cuts them. */
      readonly tornBytes: number
      readonly sealsChecked: boolean
    }
  | { readonly ok: false; readonly code: 'not-a-journal' | 'journal-damaged'; readonly offset: number }

/** Reads a journal without changing it: marks, CRCs and the hash chain; with the 32-byte key also every seal. */
export async function verifyJournal(fs: DurableFs, path: string, key?: Uint8Array): Promise<JournalVerdict> {
  const file = await fs.open(path, 'read')
  try {
    const header = await file.read(0, fileHeaderLength)
    if (!isFileHeader(header)) return { ok: false, code: 'not-a-journal', offset: 0 }
    let records = 0
    let head = hashOf(header)
    let tornBytes = 0
    for await (const step of readFrames(file, header, await file.size())) {
      if (step.kind === 'torn') tornBytes = step.end - step.start
      else if (step.kind === 'damaged') return { ok: false, code: 'journal-damaged', offset: step.start }
      else if (key && openFrame(key, header, step.frame.bytes)?.length !== step.frame.header.count)
        return { ok: false, code: 'journal-damaged', offset: step.frame.start }
      else {
        records += step.frame.header.count
        head = hashOf(step.frame.bytes)
      }
    }
    return { ok: true, records, head: toHex(head), tornBytes, sealsChecked: key !== undefined }
  } finally {
    await file.close()
  }
}
