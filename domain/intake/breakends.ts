import type { Breakpoint, SvType } from '../finding.ts'
import { chromosomeName } from './assembly.ts'
import type { VcfRecord } from './vcf-record.ts'

/** A junction of two ends, in the order of the genome as the record writes them. */
export interface Junction {
  readonly local: Breakpoint
  readonly remote: Breakpoint
}

/** Reads the four bracket forms of a breakend ALT (VCF 4.3, 5.4); undefined for other alleles and for single breakends. */
export function readBreakend(chrom: string, pos: number, alt: string): Junction | undefined {
  const match = alt.match(/^([ACGTNacgtn]*)([[\]])([^\s,[\]]+):(\d+)[[\]]([ACGTNacgtn]*)$/)
  if (!match) return undefined
  const [, before = '', bracket = '', mateChrom = '', matePos = ''] = match
  return {
    local: { locus: base(chrom, pos), keeps: before !== '' ? '+' : '-' },
    // "[p[": the piece to the right of p is joined, so the bases after it are kept; "]p]": the bases before it.
    remote: { locus: base(mateChrom.replace(/^<|>$/g, ''), Number(matePos)), keeps: bracket === '[' ? '-' : '+' },
  }
}

/** What kind of event a junction looks like by its two ends alone. */
export function junctionType({ local, remote }: Junction): SvType {
  if (local.locus.contig !== remote.locus.contig) return 'TRA'
  if (local.keeps === remote.keeps) return 'INV'
  const [low] = local.locus.start <= remote.locus.start ? [local] : [remote]
  return low.keeps === '+' ? 'DEL' : 'DUP'
}

/** Leaves out the second of two mates: joined by MATEID, or by ends that name one another. */
export function mateWatch(): (record: VcfRecord, junction: Junction) => boolean {
  const ids = new Set<string>()
  const ends = new Set<string>()
  return (record, { local, remote }) => {
    const mates = (record.info.get('MATEID') ?? record.info.get('PARID') ?? '').split(',')
    const turned = `${nameOf(remote)}|${nameOf(local)}`
    if (mates.some(id => ids.has(id)) || ends.has(turned)) return false
    for (const id of record.ids) ids.add(id)
    ends.add(`${nameOf(local)}|${nameOf(remote)}`)
    return true
  }
}

function nameOf({ locus, keeps }: Breakpoint): string {
  return `${locus.contig}:${locus.start}${keeps}`
}

function base(chrom: string, pos: number): Breakpoint['locus'] {
  const start = Math.max(0, pos - 1)
  return { contig: chromosomeName(chrom), start, end: start + 1 }
}
