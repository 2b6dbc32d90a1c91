import { Crypt4ghError } from './crypt4gh-error.ts'
import { editedSize, type KeptRun, keptRuns, partsOf } from './edit-list.ts'
import type { RandomAccess } from './random-access.ts'
import { bodyShape, type SegmentSource, segmentPlain } from './segments.ts'

const segmentsAtOnce = 16

/** A sealed file read as its plain bytes, edit list applied. All positions 0-based in the edited plain file, in bytes. */
export interface PlainFile extends RandomAccess {
  readonly plainSize: number
  /** `[position, position + length)`, cut at the end of the file. Rejects, giving no byte, when a touched segment is not authentic. */
  read(position: number, length: number): Promise<Uint8Array>
  /** `[start, end)` in pieces of at most 1 MiB; rejects when the range does not lie within the file. */
  stream(start: number, end: number): AsyncIterable<Uint8Array>
  /** Opens every segment that `[start, end)` touches, so that a stream can be refused before its first byte. */
  check(start: number, end: number): Promise<void>
}

/** Maps positions of the plain file to segments of `source`. `bodyLength` in sealed bytes. */
export function plainFile(source: SegmentSource, bodyLength: number, edits: readonly number[] | undefined): PlainFile {
  const { segments, plainSize: wholeSize } = bodyShape(bodyLength)
  const runs = keptRuns(edits, wholeSize)
  const plainSize = editedSize(runs)

  async function* pieces(start: number, end: number): AsyncIterable<Uint8Array> {
    for (const part of partsOf(runs, start, end)) yield* wholePieces(source, part.start, part.end)
  }

  return {
    plainSize,
    size: async () => plainSize,
    async read(position, length) {
      inside(position, position, plainSize)
      const end = Math.min(plainSize, position + Math.max(0, length))
      const bytes = new Uint8Array(end - position)
      let filled = 0
      for await (const piece of pieces(position, end)) {
        bytes.set(piece, filled)
        filled += piece.length
      }
      return bytes
    },
    async *stream(start, end) {
      inside(start, end, plainSize)
      yield* pieces(start, end)
    },
    async check(start, end) {
      inside(start, end, plainSize)
      if (start === 0 && end === plainSize && !edits) return checkSegments(source, 0, segments)
      for (const { first, last } of touched(runs, start, end)) await checkSegments(source, first, last)
    },
  }
}

async function* wholePieces(source: SegmentSource, start: number, end: number): AsyncIterable<Uint8Array> {
  const last = Math.ceil(end / segmentPlain)
  for (let first = Math.floor(start / segmentPlain); first < last; first += segmentsAtOnce) {
    const segments = await source.read(first, Math.min(segmentsAtOnce, last - first))
    for (const [offset, plain] of segments.entries()) {
      const at = (first + offset) * segmentPlain
      yield plain.subarray(Math.max(0, start - at), Math.min(plain.length, end - at))
    }
  }
}

function* touched(runs: readonly KeptRun[], start: number, end: number): Iterable<{ first: number; last: number }> {
  for (const part of partsOf(runs, start, end))
    yield { first: Math.floor(part.start / segmentPlain), last: Math.ceil(part.end / segmentPlain) }
}

async function checkSegments(source: SegmentSource, first: number, last: number): Promise<void> {
  for (let at = first; at < last; at += segmentsAtOnce) await source.read(at, Math.min(segmentsAtOnce, last - at))
}

function inside(start: number, end: number, size: number): void {
  if (!(Number.isSafeInteger(start) && Number.isSafeInteger(end) && 0 <= start && start <= end && end <= size))
    throw new Crypt4ghError('range-outside-file', `the range ${start}-${end} does not lie within the ${size} bytes of the file`)
}
