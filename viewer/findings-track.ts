import type { CaseRecord } from '#domain/case.ts'
import type { TrackConfig } from './igv.ts'
import { endsOf } from './window-of.ts'

/**
 * The findings of the case along the genome. Made from the record, which holds only what the wishes leave open; the VCF of the package
 * is never drawn, since it also holds what they seal, and leaving it out in some cases only would tell which.
 */
export function findingsConfig(record: CaseRecord, language: 'ja' | 'en'): TrackConfig {
  return {
    id: 'findings',
    type: 'annotation',
    name: language === 'ja' ? '所見' : 'Findings',
    features: record.findings.flatMap(finding => {
      const ends = endsOf(finding)
      const places = finding.breakpoints?.length && ends ? ends : [finding.locus]
      return places.map(it => ({ chr: it.contig, start: it.start, end: Math.max(it.end, it.start + 1), name: finding.title }))
    }),
    // Without names: the finding in question is named above, and names would be cut at this height.
    displayMode: 'SQUISHED',
    height: 18,
    color: '#A8341A',
    removable: false,
    order: 15,
  }
}
