import type { Call, Finding, FindingKind } from '../finding.ts'
import { type Assembly, type Locus, show } from '../locus.ts'
import type { Specimen } from '../specimen.ts'
import { chromosomeName } from './assembly.ts'
import { type Junction, junctionType, mateWatch, readBreakend } from './breakends.ts'
import { allelesOf, inheritanceOf, zygosityOf } from './trio.ts'
import { type Annotation, altersProtein, annotationOf } from './vcf-annotation.ts'
import { callOf } from './vcf-call.ts'
import type { VcfHeader } from './vcf-header.ts'
import { trimAlleles } from './vcf-order.ts'
import type { VcfRecord } from './vcf-record.ts'

export interface FindingContext {
  readonly assembly: Assembly
  readonly kind: 'cancer' | 'rare-disease'
  readonly specimens: readonly Specimen[]
  /** Whether the patient is male: his X is from his mother. */
  readonly male: boolean
}

/**
 * Makes findings of records, one per allele that the patient carries. Levels: a change of protein or splice site is 2 (exome),
 * everything else 3; level 1 (gene panel) is for people to give, since a panel's gene list is not in the file.
 */
export function findingMaker(header: VcfHeader, context: FindingContext): (record: VcfRecord) => readonly Finding[] {
  const isFirstMate = mateWatch()
  const columnOf = (specimen: Specimen | undefined) =>
    specimen ? header.samples.indexOf(specimen.sampleName ?? specimen.id) : -1
  const withRole = (role: Specimen['role']) => context.specimens.find(it => it.role === role)
  const patient = withRole('tumour') ?? withRole('proband')
  const [own, mother, father] = [columnOf(patient), columnOf(withRole('mother')), columnOf(withRole('father'))]

  return record => {
    const genotype = (column: number) => record.samples[column]?.get('GT')
    return record.alts.flatMap((alt, index) => {
      const allele = index + 1
      if (alt === '*' || alt === '<NON_REF>' || alt === '<*>') return []
      const gt = genotype(own)
      if (gt !== undefined && !allelesOf(gt).includes(allele)) return []
      const shape = shapeOf(record, alt)
      if (shape.junction && !isFirstMate(record, shape.junction)) return []
      const annotation = annotationOf(header, record, alt)
      const calls = context.specimens.flatMap(specimen => {
        const values = record.samples[columnOf(specimen)]
        return values ? [callOf(specimen.id, values, allele) satisfies Call] : []
      })
      const { locus, kind, svType, junction } = shape
      const id = findingId(context.assembly, locus, record.ref, alt)
      const trio = mother >= 0 && father >= 0
      const sonsX = context.male && locus.contig === 'chrX'
      const finding: Finding = {
        id,
        kind,
        origin: originOf(record, context),
        secondary: false,
        level: altersProtein(annotation?.consequence) ? 2 : 3,
        genes: annotation?.gene ? [annotation.gene] : [],
        title: titleOf(annotation, shape, record, alt),
        ...(annotation?.c || annotation?.p ? { hgvs: hgvsOf(annotation) } : {}),
        locus,
        ...(kind === 'sv' || kind === 'cnv' ? {} : { ref: record.ref, alt }),
        ...(svType ? { svType } : {}),
        ...(junction ? { breakpoints: [junction.local, junction.remote] } : {}),
        ...(annotation?.consequence ? { consequence: annotation.consequence } : {}),
        ...(context.kind === 'rare-disease' && gt ? { zygosity: zygosityOf(gt, allele) } : {}),
        ...(trio && gt ? { inheritance: inheritanceOf(allele, gt, genotype(mother), genotype(father), sonsX) } : {}),
        filter: record.filter,
        calls,
        classifications: [],
        evidence: [],
        ...frequenciesOf(record, index),
      }
      return [finding]
    })
  }
}

interface Shape {
  readonly kind: FindingKind
  readonly locus: Locus
  readonly svType?: Finding['svType']
  readonly junction?: Junction
}

function shapeOf(record: VcfRecord, alt: string): Shape {
  const contig = chromosomeName(record.chrom)
  const start = Math.max(0, record.pos - 1)
  const junction = readBreakend(record.chrom, record.pos, alt)
  if (junction) return { kind: 'sv', locus: junction.local.locus, svType: junctionType(junction), junction }
  if (/^[ACGTNacgtn]+$/.test(alt)) {
    const { pos, ref, alt: least } = trimAlleles(record.pos, record.ref, alt)
    const locus = { contig, start: pos - 1, end: pos - 1 + ref.length }
    if (contig === 'chrM') return { kind: 'mitochondrial', locus }
    if (ref.length === 1 && least.length === 1) return { kind: 'snv', locus }
    return { kind: ref.length === least.length ? 'mnv' : 'indel', locus }
  }
  const word = (record.info.get('SVTYPE') ?? alt.replace(/[<>]/g, '')).split(':')[0] ?? ''
  const length = Math.abs(Number(record.info.get('SVLEN')?.split(',')[0] ?? 0)) || 0
  const written = Number(record.info.get('END') ?? 0) || (word === 'INS' ? 0 : record.pos + length)
  if (word === 'INS') return { kind: 'sv', locus: { contig, start, end: start + 1 }, svType: 'INS' }
  // POS is the base before the event, so the event is POS+1 to END: 0-based, half-open [pos, end).
  const locus = { contig, start: record.pos, end: Math.max(record.pos + 1, written) }
  if (word === 'STR' || /^<STR\d*>$/.test(alt)) return { kind: 'str', locus }
  if (word === 'CNV' || /^CN\d+$/.test(word)) return { kind: 'cnv', locus, svType: 'CNV' }
  const svType = (['DEL', 'DUP', 'INV'] as const).find(it => it === word)
  if (!svType) return { kind: 'sv', locus: { contig, start, end: start + 1 }, svType: 'BND' }
  const at = (position: number, keeps: '+' | '-') => ({ locus: { contig, start: position, end: position + 1 }, keeps })
  // The same junction as breakends write it (VCF 4.3, 5.4.5): DEL joins POS to END+1, DUP joins END to POS+1, INV joins POS to END.
  const joined = {
    DEL: { local: at(start, '+'), remote: at(locus.end, '-') },
    DUP: { local: at(locus.start, '-'), remote: at(locus.end - 1, '+') },
    INV: { local: at(start, '+'), remote: at(locus.end - 1, '+') },
  }[svType]
  return { kind: 'sv', locus, svType, junction: joined }
}

function originOf(record: VcfRecord, { kind, specimens }: FindingContext): Finding['origin'] {
  if (record.info.has('SOMATIC')) return 'somatic'
  if (kind === 'rare-disease') return 'germline'
  const normal = specimens.some(it => it.role === 'normal')
  return record.info.has('GERMLINE') ? 'germline' : normal ? 'somatic' : 'unknown'
}

/** Stable over re-deliveries; long alleles are shortened to a 53-bit hash. */
export function findingId(assembly: Assembly, locus: Locus, ref: string, alt: string): string {
  const whole = `${assembly}-${locus.contig}-${locus.start + 1}-${ref}-${alt}`
  const tidy = whole.replace(/[^A-Za-z0-9-]/g, it => ({ '[': 'L', ']': 'R', ':': '_' })[it] ?? '')
  return tidy.length <= 100 ? tidy : `${assembly}-${locus.contig}-${locus.start + 1}-${hash53(whole)}`
}

/** cyrb53, a small public-domain hash: for names, not for security. */
function hash53(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36)
}

function titleOf(annotation: Annotation | undefined, shape: Shape, record: VcfRecord, alt: string): string {
  if (shape.junction) {
    const { local, remote } = shape.junction
    return `${shape.svType ?? 'SV'} ${show(local.locus)} – ${show(remote.locus)}`
  }
  if (shape.kind === 'sv' || shape.kind === 'cnv' || shape.kind === 'str') return `${shape.svType ?? 'SV'} ${show(shape.locus)}`
  const change = annotation?.p ?? annotation?.c
  const short = (bases: string) => (bases.length > 12 ? `${bases.slice(0, 10)}…` : bases)
  const place = `${show({ ...shape.locus, end: shape.locus.start + 1 })} ${short(record.ref)}>${short(alt)}`
  return annotation?.gene ? `${annotation.gene} ${change ?? place}` : place
}

function hgvsOf({ c, p, transcript }: Annotation): NonNullable<Finding['hgvs']> {
  return { ...(c ? { c } : {}), ...(p ? { p } : {}), ...(transcript ? { transcript } : {}) }
}

/** Population frequencies under the names that callers and annotators use. */
function frequenciesOf(record: VcfRecord, index: number): Pick<Finding, 'frequencies'> {
  const frequencies = [...record.info].flatMap(([key, value]) => {
    if (!/^(gnomad|exac|topmed|tommo|jmorp|hgvd)\w*_?af\w*$/i.test(key) || value === '') return []
    const values = value.split(',')
    const af = Number(values[index] ?? values[0])
    return af >= 0 && af <= 1 ? [{ population: key, af, source: 'VCF INFO' }] : []
  })
  return frequencies.length > 0 ? { frequencies } : {}
}
