import type { Complain } from './vcf-problem.ts'
import type { VcfRecord } from './vcf-record.ts'

const window = 1000

/** Watches that records are sorted, contigs are in one piece, and no variant comes twice (also not written in another way). */
export function orderWatch(): (record: VcfRecord, complain: Complain) => void {
  const seen = new Set<string>()
  let chrom = ''
  let pos = 0
  let recent = new Map<string, number>()
  return (record, complain) => {
    if (record.chrom !== chrom) {
      if (seen.has(record.chrom)) complain('note', 'the contig comes in two pieces', '同じ配列の行が離れています')
      seen.add(record.chrom)
      chrom = record.chrom
      recent = new Map()
    } else if (record.pos < pos) complain('note', 'the records are not sorted', '行が位置の順に並んでいません')
    pos = record.pos
    if (recent.size > 5000) recent = new Map([...recent].filter(([, at]) => at >= pos - window))
    for (const alt of record.alts) {
      if (!/^[ACGTNacgtn]+$/.test(alt)) continue
      const { pos: at, ref, alt: least } = trimAlleles(record.pos, record.ref, alt)
      const key = `${at}:${ref}>${least}`
      if (recent.has(key)) complain('note', 'the variant comes twice', '同じ変異が二度あります')
      recent.set(key, at)
    }
  }
}

/** The shortest form of the same change: shared last bases cut first, then shared first ones; one base is kept on each side. */
export function trimAlleles(
  pos: number,
  ref: string,
  alt: string,
): { readonly pos: number; readonly ref: string; readonly alt: string } {
  let [r, a] = [ref.toUpperCase(), alt.toUpperCase()]
  let start = pos
  while (r.length > 1 && a.length > 1 && r.at(-1) === a.at(-1)) {
    r = r.slice(0, -1)
    a = a.slice(0, -1)
  }
  while (r.length > 1 && a.length > 1 && r[0] === a[0]) {
    r = r.slice(1)
    a = a.slice(1)
    start += 1
  }
  return { pos: start, ref: r, alt: a }
}
