/** One alignment, the same from BAM and CRAM. Positions 0-based, half-open. */
export interface Read {
  readonly name: string
  readonly flags: number
  readonly start: number
  readonly end: number
  readonly mapq: number
  /** CIGAR operations in order: length and letter of MIDNSHP=X. */
  readonly cigar: readonly (readonly [number, string])[]
  /** Bases as sequenced, on the forward strand of the reference. */
  readonly bases: string
  /** Phred qualities, one per base; undefined where the file keeps none. */
  readonly qualities: Uint8Array | undefined
  readonly tag: (name: string) => unknown
}

export const FLAG = {
  paired: 1,
  properPair: 2,
  unmapped: 4,
  reverse: 16,
  secondary: 256,
  qcFail: 512,
  duplicate: 1024,
  supplementary: 2048,
} as const

/** Out by default: unmapped, secondary, QC-fail, duplicate and supplementary records; each read then counts once. */
export const DEFAULT_FILTER = FLAG.unmapped | FLAG.secondary | FLAG.qcFail | FLAG.duplicate | FLAG.supplementary

/** All reads that overlap `[start, end)` of a contig, unfiltered. */
export interface ReadSource {
  reads(contig: string, start: number, end: number): Promise<readonly Read[]>
}
