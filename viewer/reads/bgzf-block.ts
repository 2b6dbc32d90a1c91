import { unzip } from '@gmod/bgzf-filehandle'
import type { ReadRange } from '../ranged-file.ts'

/** A BGZF block is no larger (SAM specification, 4.1). */
const BLOCK_LIMIT = 65_536

/** The inflated block that begins at `offset`, and where the next one does; undefined when none begins there or it is damaged. */
export async function bgzfBlock(
  file: ReadRange,
  offset: number,
): Promise<{ readonly bytes: Uint8Array; readonly next: number } | undefined> {
  const raw = await file.read(offset, offset + BLOCK_LIMIT)
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  if (raw.length < 28 || view.getUint32(0, true) !== 0x04088b1f) return undefined
  const extra = view.getUint16(10, true)
  for (let at = 12; at + 6 <= Math.min(12 + extra, raw.length); at += 4 + view.getUint16(at + 2, true)) {
    if (raw[at] !== 66 || raw[at + 1] !== 67) continue
    const size = view.getUint16(at + 4, true) + 1
    if (raw.length < size) return undefined
    const bytes: Uint8Array | undefined = await unzip(raw.slice(0, size)).catch(() => undefined)
    return bytes && { bytes, next: offset + size }
  }
  return undefined
}
