import { BamFile } from '@gmod/bam'
import { chromosomeName } from '#domain/intake/assembly.ts'
import type { ReadRange } from '../ranged-file.ts'
import { gmodFile } from './gmod-file.ts'
import { FLAG, type Read, type ReadSource } from './read.ts'

/**
 * A BAM through @gmod/bam 7.1.17, with its edge corrected: it also answers reads that end right where the query starts. Contigs are asked
 * for by the product's names; a file may call chr8 "8". A placed read without alignment lies on one base, as in the index.
 */
export function bamSource(bam: ReadRange, index: ReadRange, csi: boolean): ReadSource {
  const file = new BamFile({
    bamFilehandle: gmodFile(bam),
    renameRefSeqs: chromosomeName,
    ...(csi ? { csiFilehandle: gmodFile(index) } : { baiFilehandle: gmodFile(index) }),
  })
  const ready = file.getHeader()
  return {
    async reads(contig, start, end) {
      await ready
      const records = await file.getRecordsForRange(contig, Math.max(0, start - 1), end)
      const reads: Read[] = []
      for (const record of records) {
        const last = (record.flags & FLAG.unmapped) !== 0 ? record.start + 1 : Math.max(record.end, record.start + 1)
        if (record.start >= end || last <= start) continue
        reads.push({
          name: record.name,
          flags: record.flags,
          start: record.start,
          end: last,
          mapq: record.mq ?? 255,
          cigar: parseCigar(record.CIGAR),
          bases: record.seq,
          qualities: record.qual ? Uint8Array.from(record.qual) : undefined,
          tag: name => record.getTag(name),
        })
      }
      return reads
    },
  }
}

export function parseCigar(text: string): readonly (readonly [number, string])[] {
  return [...text.matchAll(/(\d+)([MIDNSHP=X])/g)].map(match => [Number(match[1]), match[2] as string] as const)
}
