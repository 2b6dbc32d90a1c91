import type { ReadRange } from './ranged-file.ts'

/** Bases of one stretch of a contig. Positions 0-based, half-open. */
export interface Slice {
  readonly contig: string
  readonly start: number
  readonly end: number
  readonly bases: string
}

/** `>chr4:102480001-102640000 @len=190214555`: positions 1-based, closed. Whole contigs (`>chr4`) start at 1. */
export function parseSlices(text: string): readonly Slice[] {
  const slices: Slice[] = []
  for (const record of text.split('>').slice(1)) {
    const [header = '', ...lines] = record.split('\n')
    const bases = lines.join('').replace(/\s/g, '').toUpperCase()
    const match = header.match(/^(\S+?)(?::(\d+)-(\d+))?(?:\s|$)/)
    if (!match?.[1] || !/^[ACGTNRYSWKMBDHV]*$/.test(bases)) continue
    const start = match[2] ? Number(match[2]) - 1 : 0
    slices.push({ contig: match[1], start, end: start + bases.length, bases })
  }
  return slices
}

export interface Reference {
  readonly slices: readonly Slice[]
  /** Bases of `[start, end)`; N where the case carries none. */
  bases(contig: string, start: number, end: number): string
  /** Whether every base of the range travels with the case. */
  covers(contig: string, start: number, end: number): boolean
  readonly fasta: ReadRange
  /** The `.fai` of that FASTA: one line per contig. */
  readonly index: string
}

/**
 * A whole genome made of a few slices: an indexed FASTA that exists nowhere, whose bytes are made when they are asked for. Each
 * contig is one line of its true length, so that positions are GRCh38's own.
 */
export function createReference(sizes: readonly (readonly [string, number])[], slices: readonly Slice[]): Reference {
  const ordered = [...slices].sort((a, b) => a.contig.localeCompare(b.contig) || a.start - b.start)
  let offset = 0
  const layout = sizes.map(([contig, length]) => {
    const at = offset + contig.length + 2
    offset = at + length + 1
    return { contig, length, at, header: offset - length - 1 - (contig.length + 2) }
  })

  function bases(contig: string, start: number, end: number): string {
    let text = ''
    let at = start
    for (const slice of ordered) {
      if (slice.contig !== contig || slice.end <= at || slice.start >= end) continue
      text += 'N'.repeat(Math.max(0, slice.start - at))
      at = Math.max(at, slice.start)
      const to = Math.min(slice.end, end)
      text += slice.bases.slice(at - slice.start, to - slice.start)
      at = to
    }
    return text + 'N'.repeat(Math.max(0, end - at))
  }

  async function read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, end - start)).fill(10)
    for (const { contig, length, at, header } of layout) {
      if (header >= end || at + length <= start) continue
      write(bytes, header - start, `>${contig}\n`)
      const from = Math.max(start, at)
      const to = Math.min(end, at + length)
      if (from < to) write(bytes, from - start, bases(contig, from - at, to - at))
    }
    return bytes
  }

  return {
    slices: ordered,
    bases,
    covers: (contig, start, end) => ordered.some(slice => slice.contig === contig && slice.start <= start && slice.end >= end),
    fasta: { read, size: async () => offset },
    index: layout.map(({ contig, length, at }) => [contig, length, at, length, length + 1].join('\t')).join('\n'),
  }
}

function write(bytes: Uint8Array, at: number, text: string): void {
  for (let i = 0; i < text.length; i += 1) {
    const place = at + i
    if (place >= 0 && place < bytes.length) bytes[place] = text.charCodeAt(i)
  }
}
