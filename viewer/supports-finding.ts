import type { Finding } from '#domain/finding.ts'
import { chromosomeName } from '#domain/intake/assembly.ts'
import type { Locus } from '#domain/locus.ts'

/** What is asked of a drawn alignment. Positions 0-based; `end` exclusive, of the aligned part. */
export interface DrawnRead {
  readonly contig: string
  readonly start: number
  readonly end: number
  /** Soft-clipped bases before and after the aligned part. */
  readonly clipBefore: number
  readonly clipAfter: number
  readonly properPair: boolean
  readonly mate: { readonly contig: string; readonly start: number } | undefined
  /** SAM `SA` tag as written: `chr2,29224601,+,75S76M,60,0;…`. */
  readonly supplementary: string | undefined
  /** The base on the reference position, or undefined where the read has none there. */
  baseAt(position: number): string | undefined
  /** Bases inserted right before the reference position, 0 for none. */
  insertedBefore(position: number): number
  /** Reference bases deleted from the position on, 0 for none. */
  deletedFrom(position: number): number
}

export type Support = 'split' | 'pair' | 'allele'

/** A fragment that long still spans a breakpoint: three times a usual library's insert. */
const DNA_REACH = 1_500
/** RNA joins at exon borders, which lie this far from the breakpoint in the genome at most (long introns). */
const RNA_REACH = 50_000
/** Aligners place the end of a split within a few bases of the true break (microhomology). */
const CLIP_SLACK = 6
const CLIP_LEAST = 8

/**
 * Why a read speaks for the finding; undefined when it does not. For the eye only: drawing supporting reads first or alone.
 * Counts come from the evidence engine, never from here.
 */
export function supportOf(read: DrawnRead, finding: Finding, rna = false): Support | undefined {
  const [a, b] = finding.breakpoints ?? []
  if (!a || !b) return readsAllele(read, finding) ? 'allele' : undefined
  const reach = rna ? RNA_REACH : DNA_REACH
  const sides = [
    [a.locus, b.locus],
    [b.locus, a.locus],
  ] as const
  for (const [here, there] of sides) {
    if (!isNear(read.contig, read.start, read.end, here, reach)) continue
    if (supplementaryAt(read.supplementary).some(([contig, start]) => isNear(contig, start, start + 1, there, reach)))
      return 'split'
    if (!rna && isClippedAt(read, here)) return 'split'
  }
  for (const [here, there] of sides) {
    if (read.properPair || !read.mate || !isNear(read.contig, read.start, read.end, here, reach)) continue
    if (isNear(read.mate.contig, read.mate.start, read.mate.start + 1, there, reach)) return 'pair'
  }
  return undefined
}

function isNear(contig: string, start: number, end: number, place: Locus, reach: number): boolean {
  return contig === place.contig && start <= place.start + reach && end >= place.start - reach
}

function isClippedAt(read: DrawnRead, { contig, start }: Locus): boolean {
  if (read.contig !== contig) return false
  const close = (position: number) => Math.abs(position - start) <= CLIP_SLACK
  return (read.clipBefore >= CLIP_LEAST && close(read.start)) || (read.clipAfter >= CLIP_LEAST && close(read.end))
}

function supplementaryAt(text: string | undefined): readonly (readonly [string, number])[] {
  return (text ?? '').split(';').flatMap(part => {
    const [contig, position] = part.split(',')
    return contig && position ? [[chromosomeName(contig), Number(position) - 1] as const] : []
  })
}

/** SNV and MNV by their bases, insertions and deletions by their length behind the anchor base of the VCF. */
function readsAllele(read: DrawnRead, { locus, ref = '', alt = '' }: Finding): boolean {
  if (!/^[ACGT]+$/i.test(ref) || !/^[ACGT]+$/i.test(alt) || read.contig !== locus.contig) return false
  if (ref.length === alt.length)
    return [...alt.toUpperCase()].every((base, at) => read.baseAt(locus.start + at)?.toUpperCase() === base)
  const next = locus.start + 1
  return alt.length > ref.length
    ? read.insertedBefore(next) === alt.length - ref.length
    : read.deletedFrom(next) === ref.length - alt.length
}
