import type { Finding, SvType } from '../finding.ts'
import { type Assembly, show } from '../locus.ts'
import { chromosomeName } from './assembly.ts'
import { junctionType } from './breakends.ts'
import { findingId } from './vcf-findings.ts'

/**
 * Structural findings of a BEDPE file (bedtools, 0-based half-open as inside): chrom1 start1 end1 chrom2 start2 end2 name score
 * strand1 strand2. A strand "+" keeps the bases before the end. Answers the lines it could not read.
 */
export function readBedpe(
  text: string,
  assembly: Assembly,
  origin: Finding['origin'],
): { readonly findings: readonly Finding[]; readonly broken: readonly number[] } {
  const findings: Finding[] = []
  const broken: number[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line === '' || line.startsWith('#') || /^chrom1\t/i.test(line)) continue
    const [chrom1 = '', start1, end1, chrom2 = '', start2, end2, name = '', , strand1 = '', strand2 = ''] = line.split('\t')
    const places = [start1, end1, start2, end2].map(Number)
    const [from1 = -1, to1 = -1, from2 = -1, to2 = -1] = places
    if (places.some(it => !Number.isInteger(it) || it < 0) || to1 < from1 || to2 < from2 || !chrom1 || !chrom2) {
      broken.push(index + 1)
      continue
    }
    const side = (strand: string) => (strand === '-' ? ('-' as const) : ('+' as const))
    const local = { locus: { contig: chromosomeName(chrom1), start: from1, end: to1 }, keeps: side(strand1) }
    const remote = { locus: { contig: chromosomeName(chrom2), start: from2, end: to2 }, keeps: side(strand2) }
    const stranded = /^[+-]$/.test(strand1) && /^[+-]$/.test(strand2)
    const svType: SvType = stranded ? junctionType({ local, remote }) : local.locus.contig === remote.locus.contig ? 'BND' : 'TRA'
    findings.push({
      id: findingId(assembly, local.locus, svType, `${remote.locus.contig}_${remote.locus.start + 1}${strand1}${strand2}`),
      kind: 'sv',
      origin,
      secondary: false,
      level: 3,
      genes: [],
      title: name && name !== '.' ? name : `${svType} ${show(local.locus)} – ${show(remote.locus)}`,
      locus: local.locus,
      svType,
      breakpoints: [local, remote],
      calls: [],
      classifications: [],
      evidence: [],
    })
  }
  return { findings, broken }
}
