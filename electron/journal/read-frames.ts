import type { DurableFile } from './durable-fs.ts'
import {
  type FrameHeader,
  fileHeaderLength,
  frameHeaderLength,
  frameLength,
  hashOf,
  isWhole,
  mayBeStartOfFrame,
  nextMark,
  readFrameHeader,
} from './frame.ts'

/** The smallest piece of a file that a disk writes whole. */
const sector = 512

export interface PlacedFrame {
  readonly header: FrameHeader
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

export type FrameStep =
  | { readonly kind: 'frame'; readonly frame: PlacedFrame }
  /** The file ends here, after a write that was under way when the power went: `end - start` bytes count for nothing. */
  | { readonly kind: 'torn'; readonly start: number; readonly end: number }
  /** A frame that was once whole is not any more. Never skipped. */
  | { readonly kind: 'damaged'; readonly start: number }

/** The frames of a journal in order, checked for place (seq, chain) and accident (CRC); ends after a torn or damaged step. */
export async function* readFrames(file: DurableFile, fileHeader: Uint8Array, end: number): AsyncIterable<FrameStep> {
  let position = fileHeaderLength
  let seq = 1
  let prev = hashOf(fileHeader)
  while (position < end) {
    const start = await file.read(position, Math.min(frameHeaderLength, end - position))
    const header = readFrameHeader(start)
    const length = header ? frameLength(header) : 0
    if (!header || position + length > end) return yield await verdict(file, position, end, header)
    const bytes = await file.read(position, length)
    if (bytes.length < length || !isWhole(bytes)) return yield await verdict(file, position, end, header)
    if (header.seq !== seq || !equal(header.prev, prev) || header.count < 1) return yield { kind: 'damaged', start: position }
    yield { kind: 'frame', frame: { header, bytes, start: position, end: position + length } }
    prev = hashOf(bytes)
    seq += header.count
    position += length
  }
}

/**
 * Torn or damaged? A write under way at a power loss leaves a file that is too short, or whole sectors that never arrived
 * (zeros), and nothing after it. Anything else was written whole once, and has been changed since.
 */
async function verdict(file: DurableFile, start: number, end: number, header: FrameHeader | undefined): Promise<FrameStep> {
  const rest = await file.read(start, end - start)
  const damaged: FrameStep = { kind: 'damaged', start }
  for (let mark = nextMark(rest, 1); mark !== -1; mark = nextMark(rest, mark + 1)) {
    const later = readFrameHeader(rest.subarray(mark, mark + frameHeaderLength))
    if (!later || mark + frameLength(later) > rest.length) continue
    if (isWhole(rest.subarray(mark, mark + frameLength(later)))) return damaged
  }
  const short = header ? frameLength(header) > rest.length : rest.length < frameHeaderLength && mayBeStartOfFrame(rest)
  const lost = missesSector(rest.subarray(0, header ? Math.min(rest.length, frameLength(header)) : rest.length), start)
  const extra = header !== undefined && frameLength(header) < rest.length
  return (short || lost) && !extra ? { kind: 'torn', start, end } : damaged
}

/** Does any sector's share of these bytes, which lie at `position` of the file, hold nothing but zeros? */
function missesSector(bytes: Uint8Array, position: number): boolean {
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + sector - ((position + from) % sector))
    if (bytes.subarray(from, to).every(byte => byte === 0)) return true
    from = to
  }
  return false
}

function equal(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index])
}
