import type { Finding } from '#domain/finding.ts'
import { chromosomeName } from '#domain/intake/assembly.ts'
import type { Language } from '#domain/text.ts'
import type { IgvAlignment, ReadGrouping } from './igv.ts'
import { type DrawnRead, supportOf } from './supports-finding.ts'

const LABEL = { ja: '支持リード', en: 'Supporting reads' } as const

/**
 * Supporting reads first, the others below or, with `only`, not at all. A small variant needs no group of its own unless the others
 * are hidden: sorting by base shows it.
 */
export function groupBySupport(finding: Finding, rna: boolean, only: boolean, language: Language): ReadGrouping | undefined {
  if (!only && !finding.breakpoints?.length) return undefined
  const label = LABEL[language]
  return {
    of: alignment => (isSupporting(alignment, finding, rna) ? label : ''),
    hides: group => only && group !== label,
    startsWith: () => false,
  }
}

export function isSupporting(alignment: IgvAlignment, finding: Finding, rna: boolean): boolean {
  const { firstAlignment, secondAlignment } = alignment
  if (!firstAlignment) return supportOf(drawnRead(alignment), finding, rna) !== undefined
  return [firstAlignment, secondAlignment].some(it => it && supportOf(drawnRead(it), finding, rna) !== undefined)
}

function drawnRead(it: IgvAlignment): DrawnRead {
  const end = it.start + it.lengthOnRef
  const supplementary = it.getTag('SA')
  return {
    // igv keeps the file's own names: "8" in GRCh37 files.
    contig: chromosomeName(it.chr),
    start: it.start,
    end,
    clipBefore: it.start - it.scStart,
    clipAfter: it.scStart + it.scLengthOnRef - end,
    properPair: it.isProperPair(),
    mate: it.mate && it.isMateMapped() ? { contig: chromosomeName(it.mate.chr), start: it.mate.position } : undefined,
    supplementary: typeof supplementary === 'string' ? supplementary : undefined,
    // igv answers clipped bases also; those are not on the reference.
    baseAt: position => (position >= it.start && position < end ? it.readBaseAt(position) : undefined),
    insertedBefore: position => it.insertions?.find(insertion => insertion.start === position)?.len ?? 0,
    deletedFrom: position => it.gaps?.find(gap => gap.start === position && gap.type === 'D')?.len ?? 0,
  }
}
