import { DEFAULT_FILTER, FLAG, type Read } from './read.ts'

export interface Variant {
  /** 0-based, on the forward strand; `ref` and `alt` as VCF writes them (an indel keeps its anchor base). */
  readonly start: number
  readonly ref: string
  readonly alt: string
}

export interface StrandCount {
  readonly forward: number
  readonly reverse: number
}

/** Exact counts at one variant in one specimen; every read that passes the filter counts once. */
export interface Evidence {
  readonly depth: number
  readonly ref: StrandCount
  readonly alt: StrandCount
  /** Neither allele, or a read that ends inside the variant. */
  readonly other: StrandCount
  /** alt / depth, 0 when the depth is 0. */
  readonly vaf: number
  readonly altMapq: number | undefined
  readonly altBaseQuality: number | undefined
  /** Median distance of the variant to the nearer end of the aligned part, bases, over alt reads. */
  readonly altEndDistance: number | undefined
  /** Left out by the filter. */
  readonly duplicates: number
  readonly filtered: number
}

type Allele = 'ref' | 'alt' | 'other'

/** Counts one variant over reads. The default filter leaves out unmapped, secondary, QC-fail, duplicate and supplementary records. */
export function countVariant(reads: readonly Read[], variant: Variant, filter: number = DEFAULT_FILTER): Evidence {
  const counts = { ref: { forward: 0, reverse: 0 }, alt: { forward: 0, reverse: 0 }, other: { forward: 0, reverse: 0 } }
  const mapqs: number[] = []
  const qualities: number[] = []
  const distances: number[] = []
  let duplicates = 0
  let filtered = 0
  for (const read of reads) {
    if (read.start > variant.start || read.end <= variant.start) continue
    const seen = look(read, variant)
    if (!seen) continue
    if ((read.flags & filter) !== 0) {
      filtered += 1
      if ((read.flags & FLAG.duplicate) !== 0) duplicates += 1
      continue
    }
    counts[seen.allele][(read.flags & FLAG.reverse) !== 0 ? 'reverse' : 'forward'] += 1
    if (seen.allele === 'alt') {
      mapqs.push(read.mapq)
      distances.push(seen.endDistance)
      if (seen.quality !== undefined) qualities.push(seen.quality)
    }
  }
  const total = (it: StrandCount) => it.forward + it.reverse
  const depth = total(counts.ref) + total(counts.alt) + total(counts.other)
  return {
    depth,
    ...counts,
    vaf: depth === 0 ? 0 : total(counts.alt) / depth,
    altMapq: median(mapqs),
    altBaseQuality: median(qualities),
    altEndDistance: median(distances),
    duplicates,
    filtered,
  }
}

/** What a read says at the variant; undefined when it skips the place (an intron). */
function look(
  read: Read,
  { start, ref, alt }: Variant,
): { allele: Allele; quality: number | undefined; endDistance: number } | undefined {
  let position = read.start
  let index = 0
  let clipped = 0
  for (const [length, op] of read.cigar) {
    if (op === 'S') {
      if (index === 0) clipped = length
      index += length
    } else if (op === 'I') index += length
    else if (op === 'D' || op === 'N') {
      if (start >= position && start < position + length)
        return op === 'N' ? undefined : { allele: 'other', quality: undefined, endDistance: distance(read, index, clipped) }
      position += length
    } else if (op === 'M' || op === '=' || op === 'X') {
      if (start < position + length) {
        const at = index + (start - position)
        const allele = alleleAt(read, at, position, index, { start, ref, alt })
        return { allele, quality: read.qualities?.[at], endDistance: distance(read, at, clipped) }
      }
      position += length
      index += length
    }
  }
  return undefined
}

function distance(read: Read, at: number, clippedStart: number): number {
  const last = read.cigar.at(-1)
  const clippedEnd = last?.[1] === 'S' ? last[0] : 0
  return Math.max(0, Math.min(at - clippedStart, read.bases.length - clippedEnd - 1 - at))
}

function alleleAt(read: Read, at: number, blockStart: number, blockIndex: number, { start, ref, alt }: Variant): Allele {
  if (ref.length === alt.length) {
    const text = read.bases.slice(at, at + ref.length)
    const whole = at + ref.length <= blockIndex + blockLength(read, blockStart, blockIndex)
    if (!whole) return 'other'
    return text === alt ? 'alt' : text === ref ? 'ref' : 'other'
  }
  const change = indelAfter(read, start)
  const wantedInsertion = alt.length > ref.length ? alt.slice(ref.length) : ''
  const wantedDeletion = Math.max(0, ref.length - alt.length)
  if (read.bases[at] !== alt[0] && read.bases[at] !== ref[0]) return 'other'
  if (change.insertion === wantedInsertion && change.deletion === wantedDeletion) return 'alt'
  return change.insertion === '' && change.deletion === 0 ? 'ref' : 'other'
}

function blockLength(read: Read, blockStart: number, blockIndex: number): number {
  let position = read.start
  let index = 0
  for (const [length, op] of read.cigar) {
    if ((op === 'M' || op === '=' || op === 'X') && position === blockStart && index === blockIndex) return length
    if (op === 'M' || op === '=' || op === 'X') {
      position += length
      index += length
    } else if (op === 'D' || op === 'N') position += length
    else if (op === 'S' || op === 'I') index += length
  }
  return 0
}

/** The insertion or deletion that directly follows the anchor base at `start`. */
function indelAfter(read: Read, start: number): { readonly insertion: string; readonly deletion: number } {
  let position = read.start
  let index = 0
  for (const [length, op] of read.cigar) {
    if (position === start + 1 && index > 0) {
      if (op === 'I') return { insertion: read.bases.slice(index, index + length), deletion: 0 }
      if (op === 'D') return { insertion: '', deletion: length }
      return { insertion: '', deletion: 0 }
    }
    if (op === 'M' || op === '=' || op === 'X') {
      position += length
      index += length
    } else if (op === 'D' || op === 'N') position += length
    else if (op === 'S' || op === 'I') index += length
  }
  return { insertion: '', deletion: 0 }
}

function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2
}
