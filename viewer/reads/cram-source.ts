import { CraiIndex, type CramRecord, IndexedCramFile } from '@gmod/cram'
import { chromosomeName } from '#domain/intake/assembly.ts'
import type { ReadRange } from '../ranged-file.ts'
import { gmodFile } from './gmod-file.ts'
import { FLAG, type Read, type ReadSource } from './read.ts'

/** Bases of a contig by name, `[start, end)`, 0-based. */
export type Bases = (contig: string, start: number, end: number) => string

/**
 * A CRAM through @gmod/cram 8.0.4, whose positions are 1-based closed and whose references are numbers. Its edge corrected: it leaves out
 * reads that reach only the first base of the query, so one base more is asked for. Contigs are asked for by the product's names; a file may
 * call chr8 "8".
 */
export function cramSource(cram: ReadRange, index: ReadRange, bases: Bases): ReadSource {
  let names: readonly string[] = []
  const file = new IndexedCramFile({
    cramFilehandle: gmodFile(cram),
    index: new CraiIndex({ filehandle: gmodFile(index) }),
    seqFetch: async (reference, start, end) => bases(names[reference] ?? '', start - 1, end),
    checkSequenceMD5: false,
  })
  const ready = file.cram.getHeaderText().then(text => {
    names = (text ?? '')
      .split('\n')
      .filter(line => line.startsWith('@SQ'))
      .map(line => chromosomeName(line.match(/\tSN:([^\t]+)/)?.[1] ?? ''))
  })
  return {
    async reads(contig, start, end) {
      await ready
      const reference = names.indexOf(contig)
      if (reference < 0) return []
      const records = await file.getRecordsForRange(reference, Math.max(1, start), end + 1)
      return records.map(toRead).filter(read => read.start < end && read.end > start)
    },
  }
}

function toRead(record: CramRecord): Read {
  const start = record.alignmentStart - 1
  const features = record.readFeatures ?? []
  // Placed beside its mate but not aligned: it has a place, no CIGAR and no mapping quality.
  const unmapped = (record.flags & FLAG.unmapped) !== 0
  return {
    name: record.readName ?? '',
    flags: record.flags,
    start,
    end: start + (unmapped ? 1 : (record.lengthOnRef ?? record.readLength)),
    mapq: unmapped ? 0 : (record.mappingQuality ?? 255),
    cigar: unmapped ? [] : cigarOf(features, record.readLength),
    bases: record.getReadBases() ?? '',
    qualities: record.qualityScores ? Uint8Array.from(record.qualityScores) : undefined,
    tag: name => record.tags[name],
  }
}

interface Feature {
  readonly code: string
  /** 1-based, in the read. */
  readonly pos: number
  readonly data?: unknown
}

/** CRAM keeps differences, not a CIGAR: rebuilt from the features that move along the reference or the read. */
function cigarOf(features: readonly Feature[], readLength: number): readonly (readonly [number, string])[] {
  const cigar: [number, string][] = []
  const push = (length: number, op: string) => {
    const last = cigar.at(-1)
    if (length <= 0) return
    if (last?.[1] === op) last[0] += length
    else cigar.push([length, op])
  }
  let at = 1
  for (const { code, pos, data } of features) {
    const length = typeof data === 'number' ? data : typeof data === 'string' ? data.length : 1
    if (code === 'S' || code === 'I' || code === 'i') {
      push(pos - at, 'M')
      push(code === 'i' ? 1 : length, code === 'S' ? 'S' : 'I')
      at = pos + (code === 'i' ? 1 : length)
    } else if (code === 'D' || code === 'N' || code === 'H' || code === 'P') {
      push(pos - at, 'M')
      push(length, code)
      at = pos
    }
  }
  push(readLength + 1 - at, 'M')
  return cigar
}
