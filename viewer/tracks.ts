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
    // One specimen may have several files: only their names tell those apart.
    const alone = record.files.filter(it => it.role === 'reads' && it.specimen === file.specimen).length === 1
    const label = `${ROLE[language][role]} ${file.specimen ?? ''}`.trim()
    tracks.push({ id: `reads:${file.id}`, file, index, role, label: alone ? label : `${label} ${file.id}` })
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
  /** Draw only reads that speak for the finding. */
  readonly supportingOnly: boolean
}

/** A small variant is judged by strand and base; an event by the ends of reads and by where their mates lie. */
export const SMALL_OPTIONS: ReadsOptions = { colorBy: 'strand', softClips: false, pairs: false, supportingOnly: false }
export const EVENT_OPTIONS: ReadsOptions = { colorBy: 'unexpectedPair', softClips: true, pairs: false, supportingOnly: false }

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
    displayMode: 'SQUISHED',
    squishedRowHeight: 6,
    coverageTrackHeight: 36,
    // A coverage bar is coloured from this share on; igv's 0.2 would hide a subclone and most resistance mutations in a tumour.
    alleleFreqThreshold: track.role === 'tumour' || track.role === 'rna' ? 0.03 : 0.1,
    colorBy: options.colorBy,
    showSoftClips: options.softClips,
    viewAsPairs: options.pairs,
    showMismatches: true,
    removable: false,
    order: 20,
  }
}
