import type { Finding } from '#domain/finding.ts'
import { type Locus, widen } from '#domain/locus.ts'

/** Bases on each side of a small variant: as many as stay legible in one pane of a 1280 px screen. */
const AROUND_SMALL = 40
/** On each side of a breakpoint: a read pair fits. */
const AROUND_BREAKPOINT = 400

export type EventPart = 'pair' | 'whole' | 'a' | 'b'

/** The loci to show for a finding: one for a small variant, two side by side for an event with two breakpoints. */
export function windowOf(finding: Finding, part: EventPart = 'pair'): readonly Locus[] {
  const [a, b] = finding.breakpoints ?? []
  if (!a || !b) {
    const length = finding.locus.end - finding.locus.start
    return [widen(finding.locus, length > 200 ? Math.ceil(length * 0.2) : AROUND_SMALL)]
  }
  if (part === 'a') return [widen(a.locus, AROUND_BREAKPOINT)]
  if (part === 'b') return [widen(b.locus, AROUND_BREAKPOINT)]
  if (part === 'whole' && a.locus.contig === b.locus.contig) {
    const start = Math.min(a.locus.start, b.locus.start)
    const end = Math.max(a.locus.end, b.locus.end)
    return [widen({ contig: a.locus.contig, start, end }, Math.max(500, Math.ceil((end - start) * 0.1)))]
  }
  return [widen(a.locus, AROUND_BREAKPOINT), widen(b.locus, AROUND_BREAKPOINT)]
}

/** Where the eye should land: the variant itself, or both breakpoints. */
export function marksOf(finding: Finding): readonly Locus[] {
  const points = finding.breakpoints?.map(it => it.locus) ?? []
  return points.length > 0 ? points.map(it => ({ ...it, end: Math.max(it.end, it.start + 1) })) : [finding.locus]
}
