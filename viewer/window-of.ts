import type { Finding } from '#domain/finding.ts'
import { type Locus, widen } from '#domain/locus.ts'

/** Bases on each side of a small variant: as many as stay legible in one pane of a 1280 px screen. */
export const AROUND_SMALL = 40
/** On each side of a breakpoint: a read pair fits. */
const AROUND_BREAKPOINT = 400

export type EventPart = 'pair' | 'whole' | 'a' | 'b'

/** Longer than this, an event is read at its two ends: between them there is nothing to see but depth. */
const LONG = 2_000

/** The two ends of an event: its breakpoints where the caller gave them, else the borders of a long span. */
export function endsOf(finding: Finding): readonly [Locus, Locus] | undefined {
  const [a, b] = finding.breakpoints ?? []
  if (a && b) return [a.locus, b.locus]
  const { contig, start, end } = finding.locus
  return end - start > LONG
    ? [
        { contig, start, end: start + 1 },
        { contig, start: end - 1, end },
      ]
    : undefined
}

/** The loci to show for a finding: one for a small variant, two side by side for an event with two ends. */
export function windowOf(finding: Finding, part: EventPart = 'pair'): readonly Locus[] {
  const ends = endsOf(finding)
  if (!ends) return [widen(finding.locus, AROUND_SMALL)]
  const [a, b] = ends
  if (part === 'a') return [widen(a, AROUND_BREAKPOINT)]
  if (part === 'b') return [widen(b, AROUND_BREAKPOINT)]
  if (part === 'whole' && a.contig === b.contig) {
    const start = Math.min(a.start, b.start)
    const end = Math.max(a.end, b.end)
    return [widen({ contig: a.contig, start, end }, Math.max(500, Math.ceil((end - start) * 0.1)))]
  }
  return [widen(a, AROUND_BREAKPOINT), widen(b, AROUND_BREAKPOINT)]
}

/** Where the eye should land: the variant itself, or both breakpoints. */
export function marksOf(finding: Finding): readonly Locus[] {
  const points = finding.breakpoints?.map(it => it.locus) ?? []
  return points.length > 0 ? points.map(it => ({ ...it, end: Math.max(it.end, it.start + 1) })) : [finding.locus]
}

/** The part of a window that lies on the chromosome; undefined when none does. Sizes in bases, by name. */
export function onChromosome({ contig, start, end }: Locus, sizes: readonly (readonly [string, number])[]): Locus | undefined {
  const size = sizes.find(([name]) => name === contig)?.[1] ?? 0
  return start < size ? { contig, start: Math.max(0, start), end: Math.min(end, size) } : undefined
}
