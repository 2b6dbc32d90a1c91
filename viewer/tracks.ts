import type { CaseFile, CaseRecord } from '#domain/case.ts'
import type { SpecimenRole } from '#domain/specimen.ts'
import { type FileLike, fileLike, type TrackConfig } from './igv.ts'
import type { ReadRange } from './ranged-file.ts'

/** Wider than this igv would read and draw whole megabases of 120x on the page's thread. */
export const READS_WINDOW = 20_000

const ORDER: readonly SpecimenRole[] = ['tumour', 'proband', 'normal', 'father', 'mother', 'rna', 'relative']

export interface ReadsTrack {
  readonly id: string
  readonly file: CaseFile
  readonly index: CaseFile
  readonly role: SpecimenRole
  readonly label: string
}

/** The read files that can be drawn, in the order a pathologist reads them: tumour, normal, RNA; proband before parents. */
export function readsTracks(record: CaseRecord, language: 'ja' | 'en'): readonly ReadsTrack[] {
  const tracks: ReadsTrack[] = []
  for (const file of record.files) {
    if (file.role !== 'reads') continue
    const index = record.files.find(it => it.role === 'reads-index' && it.indexOf === file.id)
    if (!index) continue
    const specimen = record.specimens.find(it => it.id === file.specimen)
    const role = specimen?.role ?? 'relative'
    tracks.push({ id: `reads:${file.id}`, file, index, role, label: `${ROLE[language][role]} ${file.specimen ?? ''}`.trim() })
  }
  return tracks.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role))
}

export const ROLE: Readonly<Record<'ja' | 'en', Readonly<Record<SpecimenRole, string>>>> = {
  ja: { tumour: '腫瘍', normal: '正常', rna: 'RNA', proband: '発端者', mother: '母', father: '父', relative: '血縁者' },
  en: {
    tumour: 'Tumour',
    normal: 'Normal',
    rna: 'RNA',
    proband: 'Proband',
    mother: 'Mother',
    father: 'Father',
    relative: 'Relative',
  },
}

export interface ReadsOptions {
  readonly colorBy: 'none' | 'strand' | 'pairOrientation' | 'unexpectedPair' | 'basemod2'
  readonly softClips: boolean
  readonly pairs: boolean
}

/** An alignment track over our own file objects: igv gets bytes, never an address. */
export function readsConfig(
  track: ReadsTrack,
  read: (fileId: string) => ReadRange,
  height: number,
  options: ReadsOptions,
): TrackConfig {
  const url: FileLike = fileLike(track.file.id, read(track.file.id))
  return {
    id: track.id,
    type: 'alignment',
    format: track.file.format === 'cram' ? 'cram' : 'bam',
    name: track.label,
    url,
    indexURL: fileLike(track.index.id, read(track.index.id)),
    height,
    autoHeight: false,
    visibilityWindow: READS_WINDOW,
    // igv thins by chance beyond this; two looks at the same locus must show the same reads.
    samplingDepth: 10_000,
    colorBy: options.colorBy,
    showSoftClips: options.softClips,
    viewAsPairs: options.pairs,
    showMismatches: true,
    removable: false,
    order: 20,
  }
}
