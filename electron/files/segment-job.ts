import { createHash } from 'node:crypto'
import type { Aead } from '../vault/aead.ts'
import { segmentOpener, segmentSealed } from '../vault/crypt4gh/segments.ts'

/** Sealed bytes to plain segments; everything a worker needs to know. */
export interface SegmentJob {
  /** Neighbouring sealed segments, the first of which is number `firstSegment` of the body. */
  readonly sealed: Uint8Array
  readonly firstSegment: number
  /** Which of them are wanted: `[from, to)`, counted from the first of `sealed`. */
  readonly from: number
  readonly to: number
  readonly dataKeys: readonly Uint8Array[]
  /** SHA-256 that all of `sealed` must have, when it is a chunk touched for the first time. */
  readonly sha256: string | undefined
}

export type SegmentAnswer = { readonly ok: true; readonly plain: readonly Uint8Array[] } | { readonly ok: false }

/** The manifest's hash first, then each seal; not a byte when one does not hold. */
export function openSegments(aead: Aead, job: SegmentJob): SegmentAnswer {
  if (job.sha256 !== undefined && createHash('sha256').update(job.sealed).digest('hex') !== job.sha256) return { ok: false }
  const open = segmentOpener(aead, job.dataKeys)
  try {
    const plain = Array.from({ length: job.to - job.from }, (_, offset) => {
      const at = (job.from + offset) * segmentSealed
      return open(job.sealed.subarray(at, Math.min(at + segmentSealed, job.sealed.length)), job.firstSegment + job.from + offset)
    })
    return { ok: true, plain }
  } catch {
    return { ok: false }
  }
}
