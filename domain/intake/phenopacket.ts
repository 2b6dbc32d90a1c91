import { z } from 'zod'
import type { CaseRecord, Patient, Sex } from '../case.ts'
import type { Finding } from '../finding.ts'
import { type Assembly, show } from '../locus.ts'
import { assemblyOf, chromosomeName } from './assembly.ts'
import { findingId } from './vcf-findings.ts'
import { trimAlleles } from './vcf-order.ts'

const Term = z.object({ id: z.string(), label: z.string().optional() })
const Age = z.object({ age: z.object({ iso8601duration: z.string() }).optional() })
const VariantInterpretation = z.object({
  acmgPathogenicityClassification: z.string().optional(),
  variationDescriptor: z
    .object({
      geneContext: z.object({ symbol: z.string().optional() }).optional(),
      expressions: z.array(z.object({ syntax: z.string(), value: z.string() })).optional(),
      vcfRecord: z
        .object({
          genomeAssembly: z.string(),
          chrom: z.string(),
          pos: z.coerce.number().int().min(1),
          ref: z.string(),
          alt: z.string(),
        })
        .optional(),
      allelicState: Term.optional(),
      label: z.string().optional(),
    })
    .optional(),
})

/** The fields of a GA4GH Phenopacket v2 (ISO 4454) that a case is made of. */
export const Phenopacket = z.object({
  id: z.string().min(1),
  subject: z.object({
    id: z.string(),
    sex: z.string().optional(),
    dateOfBirth: z.string().optional(),
    timeAtLastEncounter: Age.optional(),
  }),
  phenotypicFeatures: z.array(z.object({ type: Term, excluded: z.boolean().optional() })).optional(),
  measurements: z
    .array(
      z.object({
        assay: Term,
        value: z
          .object({ quantity: z.object({ unit: Term, value: z.number() }).optional(), ontologyClass: Term.optional() })
          .optional(),
      }),
    )
    .optional(),
  diseases: z.array(z.object({ term: Term, excluded: z.boolean().optional() })).optional(),
  interpretations: z
    .array(
      z.object({
        diagnosis: z
          .object({
            disease: Term.optional(),
            genomicInterpretations: z
              .array(
                z.object({
                  interpretationStatus: z.string().optional(),
                  variantInterpretation: VariantInterpretation.optional(),
                }),
              )
              .optional(),
          })
          .optional(),
      }),
    )
    .optional(),
  metaData: z.object({ phenopacketSchemaVersion: z.string().optional() }),
})
export type Phenopacket = z.infer<typeof Phenopacket>

const ACMG: Readonly<Record<string, string | undefined>> = {
  PATHOGENIC: 'P',
  LIKELY_PATHOGENIC: 'LP',
  UNCERTAIN_SIGNIFICANCE: 'VUS',
  LIKELY_BENIGN: 'LB',
  BENIGN: 'B',
}

export interface PhenopacketCase {
  readonly patient: Patient
  readonly diagnosis: CaseRecord['diagnosis']
  readonly phenotypes: CaseRecord['phenotypes']
  readonly quality: CaseRecord['quality']
  readonly findings: readonly { readonly assembly: Assembly; readonly finding: Finding }[]
  /** What could not be taken over, for a person to read. */
  readonly notes: readonly { readonly ja: string; readonly en: string }[]
}

/** Turns a phenopacket into the parts of a case. Throws a ZodError when it is not one. */
export function readPhenopacket(value: unknown, specimen: string): PhenopacketCase {
  const packet = Phenopacket.parse(value)
  const notes: { ja: string; en: string }[] = []
  const findings: { assembly: Assembly; finding: Finding }[] = []
  for (const { diagnosis } of packet.interpretations ?? []) {
    for (const { variantInterpretation } of diagnosis?.genomicInterpretations ?? []) {
      const made = variantInterpretation && findingOf(variantInterpretation, specimen)
      if (made) findings.push(made)
      else
        notes.push({
          ja: 'フェノパケットの解釈に座標がないため所見にしていません',
          en: 'An interpretation of the phenopacket has no position and is not listed',
        })
    }
  }
  const disease = packet.diseases?.find(it => !it.excluded)?.term ?? packet.interpretations?.[0]?.diagnosis?.disease
  const label = disease?.label ?? disease?.id ?? '—'
  const birth = packet.subject.dateOfBirth?.slice(0, 10)
  const age = packet.subject.timeAtLastEncounter?.age?.iso8601duration
  return {
    patient: {
      name: packet.subject.id,
      sex: sexOf(packet.subject.sex),
      ...(birth && /^\d{4}-\d\d-\d\d$/.test(birth) ? { birthDate: birth } : {}),
      ...(age ? { age } : {}),
    },
    diagnosis: { text: { ja: label, en: label }, ...(disease ? { code: codeOf(disease.id) } : {}) },
    phenotypes: (packet.phenotypicFeatures ?? []).map(({ type, excluded }) => ({
      id: type.id,
      label: type.label ?? type.id,
      ...(excluded ? { excluded } : {}),
    })),
    quality: (packet.measurements ?? []).map(({ assay, value: measured }) => {
      const name = assay.label ?? assay.id
      const quantity = measured?.quantity
      return {
        key: assay.id,
        label: { ja: name, en: name },
        value: quantity?.value ?? measured?.ontologyClass?.label ?? '—',
        ...(quantity ? { unit: quantity.unit.label ?? quantity.unit.id } : {}),
        status: 'info' as const,
      }
    }),
    findings,
    notes,
  }
}

function findingOf(
  { acmgPathogenicityClassification, variationDescriptor }: z.infer<typeof VariantInterpretation>,
  specimen: string,
): PhenopacketCase['findings'][number] | undefined {
  const record = variationDescriptor?.vcfRecord
  const assembly = record && assemblyOf([], [record.genomeAssembly])
  if (!record || !assembly || !/^[ACGTN]+$/i.test(record.ref) || !/^[ACGTN]+$/i.test(record.alt)) return undefined
  const { pos, ref, alt } = trimAlleles(record.pos, record.ref, record.alt)
  const locus = { contig: chromosomeName(record.chrom), start: pos - 1, end: pos - 1 + ref.length }
  const said = (syntax: string) => variationDescriptor.expressions?.find(it => it.syntax === syntax)?.value
  const [transcript, c] = said('hgvs.c')?.split(':') ?? []
  const p = said('hgvs.p')?.split(':').at(-1)
  const g = said('hgvs.g')
  const gene = variationDescriptor.geneContext?.symbol
  const value = ACMG[acmgPathogenicityClassification ?? '']
  const zygosity = (['heterozygous', 'homozygous', 'hemizygous'] as const).find(
    it => it === variationDescriptor.allelicState?.label,
  )
  const kind =
    locus.contig === 'chrM'
      ? 'mitochondrial'
      : ref.length === 1 && alt.length === 1
        ? 'snv'
        : ref.length === alt.length
          ? 'mnv'
          : 'indel'
  const basis = { ja: 'フェノパケットに記載の分類', en: 'as classified in the phenopacket' }
  return {
    assembly,
    finding: {
      id: findingId(assembly, locus, record.ref, record.alt),
      kind,
      origin: 'germline',
      secondary: false,
      level: 2,
      genes: gene ? [gene] : [],
      title: gene ? `${gene} ${p ?? c ?? `${record.ref}>${record.alt}`}` : `${show(locus)} ${record.ref}>${record.alt}`,
      hgvs: { ...(g ? { g } : {}), ...(c ? { c } : {}), ...(p ? { p } : {}), ...(transcript && c ? { transcript } : {}) },
      locus,
      ref: record.ref,
      alt: record.alt,
      ...(zygosity ? { zygosity } : {}),
      calls: [{ specimen }],
      classifications: value ? [{ scheme: 'ACMG', value, basis }] : [],
      evidence: [],
    },
  }
}

function sexOf(text: string | undefined): Sex {
  switch (text) {
    case 'FEMALE':
      return 'female'
    case 'MALE':
      return 'male'
    case 'OTHER_SEX':
      return 'other'
    default:
      return 'unknown'
  }
}

function codeOf(id: string): { system: string; code: string } {
  const [system = '', code = ''] = id.split(':')
  return code ? { system, code } : { system: '', code: id }
}
