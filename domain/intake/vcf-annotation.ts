import type { VcfHeader } from './vcf-header.ts'
import type { VcfRecord } from './vcf-record.ts'

/** What an annotator wrote about one allele. */
export interface Annotation {
  readonly gene?: string
  readonly consequence?: string
  readonly transcript?: string
  readonly c?: string
  readonly p?: string
}

/** From the strongest to the weakest, in the words of Sequence Ontology (bcftools leaves "_variant" off). */
const STRENGTH = [
  'transcript_ablation',
  'splice_acceptor',
  'splice_donor',
  'stop_gained',
  'frameshift',
  'stop_lost',
  'start_lost',
  'inframe_insertion',
  'inframe_deletion',
  'missense',
  'protein_altering',
  'splice_region',
  'synonymous',
  'stop_retained',
]

/** Whether the change can alter a protein or a splice site. */
export function altersProtein(consequence: string | undefined): boolean {
  const rank = rankOf(consequence ?? '')
  return rank < STRENGTH.indexOf('splice_region')
}

/** The strongest annotation for the allele from ANN (SnpEff), CSQ (VEP) or BCSQ (bcftools). */
export function annotationOf(header: VcfHeader, record: VcfRecord, alt: string): Annotation | undefined {
  const all = [...fromAnn(record, alt), ...fromCsq(header, record, alt), ...fromBcsq(record)]
  return all.sort((a, b) => rankOf(a.consequence ?? '') - rankOf(b.consequence ?? ''))[0]
}

function rankOf(consequence: string): number {
  const ranks = consequence.split('&').map(word => STRENGTH.indexOf(word.replace(/_variant$/, '')))
  return Math.min(...ranks.map(rank => (rank < 0 ? STRENGTH.length : rank)))
}

function fromAnn(record: VcfRecord, alt: string): Annotation[] {
  return entries(record, 'ANN').flatMap(entry => {
    const [allele, consequence, , gene, , , transcript, , , c, p] = entry.split('|')
    return allele === alt ? [tidy({ gene, consequence, transcript, c, p })] : []
  })
}

function fromCsq(header: VcfHeader, record: VcfRecord, alt: string): Annotation[] {
  const names = header.info
    .get('CSQ')
    ?.description.match(/Format:\s*([^"]+)/i)?.[1]
    ?.trim()
    .split('|')
  if (!names) return []
  const at = (values: readonly string[], name: string) => values[names.findIndex(it => it.toLowerCase() === name.toLowerCase())]
  return entries(record, 'CSQ').flatMap(entry => {
    const values = entry.split('|')
    // VEP writes indels without the shared first base, and "-" for a pure deletion.
    const allele = at(values, 'Allele')
    if (allele !== alt && allele !== (alt.slice(1) || '-') && record.alts.length > 1) return []
    return [
      tidy({
        gene: at(values, 'SYMBOL'),
        consequence: at(values, 'Consequence'),
        transcript: at(values, 'Feature'),
        c: at(values, 'HGVSc')?.split(':').at(-1),
        p: decode(at(values, 'HGVSp')?.split(':').at(-1)),
      }),
    ]
  })
}

function fromBcsq(record: VcfRecord): Annotation[] {
  // "@pos" points to the record that carries the annotation of a compound change.
  return entries(record, 'BCSQ').flatMap(entry => {
    if (entry.startsWith('@')) return []
    const [consequence, gene, transcript, , , p] = entry.replace(/^\*/, '').split('|')
    return [tidy({ gene, consequence, transcript, p: aminoChange(p) })]
  })
}

/** bcftools writes "141T>141A". */
function aminoChange(text: string | undefined): string | undefined {
  const match = text?.match(/^(\d+)([A-Z*]+)>\d+([A-Z*]+)$/)
  return match ? `p.(${match[2]}${match[1]}${match[3]})` : undefined
}

function entries(record: VcfRecord, key: string): readonly string[] {
  const value = record.info.get(key)
  return value ? value.split(',') : []
}

function decode(text: string | undefined): string | undefined {
  return text?.replaceAll('%3D', '=')
}

function tidy(annotation: { readonly [Key in keyof Annotation]: string | undefined }): Annotation {
  return Object.fromEntries(Object.entries(annotation).filter(([, value]) => value))
}
