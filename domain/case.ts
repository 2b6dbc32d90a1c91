import { z } from 'zod'
import { Finding } from './finding.ts'
import { Assembly, Locus } from './locus.ts'
import { Specimen } from './specimen.ts'
import { Text } from './text.ts'
import { Wish } from './wish.ts'

export const CaseId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/)
export type CaseId = z.infer<typeof CaseId>

export const CASE_STAGES = ['received', 'quality', 'review', 'panel', 'confirmation', 'returned'] as const
export const CaseStage = z.enum(CASE_STAGES)
export type CaseStage = z.infer<typeof CaseStage>

/** Phenopackets v2 `Individual.sex` words, in lower case. */
export const Sex = z.enum(['female', 'male', 'other', 'unknown'])
export type Sex = z.infer<typeof Sex>

export const Patient = z.object({
  name: z.string(),
  kana: z.string().optional(),
  sex: Sex,
  birthDate: z.iso.date().optional(),
  /** ISO 8601 duration at sequencing, where only an age is known ("P52Y"). */
  age: z.string().optional(),
  hospitalId: z.string().optional(),
})
export type Patient = z.infer<typeof Patient>

export const Quality = z.object({
  key: z.string(),
  label: Text,
  value: z.union([z.number(), z.string()]),
  unit: z.string().optional(),
  status: z.enum(['pass', 'warn', 'fail', 'info']),
  specimen: z.string().optional(),
  note: Text.optional(),
})
export type Quality = z.infer<typeof Quality>

export const Biomarker = z.object({
  kind: z.enum(['TMB', 'MSI', 'HRD', 'ploidy', 'signatures']),
  value: z.number().optional(),
  unit: z.string().optional(),
  method: z.string(),
  threshold: z.string().optional(),
  status: Text,
  parts: z.array(z.object({ name: z.string(), share: z.number().min(0).max(1) })).optional(),
})
export type Biomarker = z.infer<typeof Biomarker>

export const TimelineItem = z.object({
  id: z.string(),
  kind: z.enum(['diagnosis', 'therapy', 'specimen', 'panel', 'test', 'lab', 'outcome']),
  start: z.iso.date(),
  end: z.iso.date().optional(),
  label: Text,
  response: z.string().optional(),
  value: z.number().optional(),
  unit: z.string().optional(),
})
export type TimelineItem = z.infer<typeof TimelineItem>

export const Trial = z.object({
  id: z.string(),
  otherIds: z.array(z.string()).optional(),
  title: Text,
  phase: z.string().optional(),
  recruitment: z.enum(['recruiting', 'not-yet', 'closed', 'unknown']),
  site: Text.optional(),
  /** Date of this copy of the registry. */
  asOf: z.iso.date(),
  criteria: z.array(z.object({ text: Text, answer: z.enum(['met', 'not-met', 'unknown']), datum: Text.optional() })),
})
export type Trial = z.infer<typeof Trial>

export const PedigreeMember = z.object({
  id: z.string(),
  father: z.string().optional(),
  mother: z.string().optional(),
  sex: Sex,
  affected: z.enum(['affected', 'unaffected', 'unknown']),
  proband: z.boolean().optional(),
})
export type PedigreeMember = z.infer<typeof PedigreeMember>

export const FILE_ROLES = [
  'record',
  'reads',
  'reads-index',
  'variants',
  'variants-index',
  'junctions',
  'segments',
  'reference',
  'coverage',
  'attachment',
] as const
export const FileRole = z.enum(FILE_ROLES)
export type FileRole = z.infer<typeof FileRole>

/** A file that travels with the case. `id` is the handle the page uses; `indexOf` names the file an index belongs to. */
export const CaseFile = z.object({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/),
  role: FileRole,
  format: z.enum([
    'bam',
    'bai',
    'csi',
    'cram',
    'crai',
    'vcf',
    'vcf.gz',
    'tbi',
    'bed',
    'bedpe',
    'seg',
    'fasta',
    'bedgraph',
    'json',
    'pdf',
    'other',
  ]),
  specimen: z.string().optional(),
  indexOf: z.string().optional(),
  label: Text.optional(),
})
export type CaseFile = z.infer<typeof CaseFile>

/**
 * A whole case as it is read on screen. It travels as the sealed file `record.json` of the package.
 * Positions are 0-based, half-open, on `assembly`.
 */
export const CaseRecord = z.object({
  schema: z.literal('panelbench.case/1'),
  id: CaseId,
  /** What people call the case: "WGS-26-0142". */
  label: z.string(),
  system: z.enum(['A', 'B']),
  kind: z.enum(['cancer', 'rare-disease']),
  assembly: Assembly,
  /** True when any base, read or person in it is made up; always shown on screen. */
  simulated: z.boolean(),
  hospital: z.string(),
  stage: CaseStage,
  panelDate: z.iso.datetime({ offset: true }).optional(),
  patient: Patient,
  diagnosis: z.object({
    text: Text,
    code: z.object({ system: z.string(), code: z.string() }).optional(),
    stage: z.string().optional(),
  }),
  specimens: z.array(Specimen),
  consent: z.object({ version: z.string(), date: z.iso.date().optional(), state: z.enum(['valid', 'withdrawn', 'unknown']) }),
  wishes: z.array(Wish),
  quality: z.array(Quality),
  biomarkers: z.array(Biomarker),
  phenotypes: z.array(
    z.object({ id: z.string(), label: z.string(), labelJa: z.string().optional(), excluded: z.boolean().optional() }),
  ),
  pedigree: z.array(PedigreeMember),
  timeline: z.array(TimelineItem),
  trials: z.array(Trial),
  findings: z.array(Finding),
  /** Stated explicitly where nothing was found and what was looked at. */
  noneFound: z.array(z.object({ what: Text, lookedAt: Text })),
  files: z.array(CaseFile),
  /** Regions whose reference bases travel with the case (the file of role "reference"); elsewhere no bases are drawn. */
  referenceSlices: z.array(Locus).optional(),
  knowledge: z.object({ version: z.string(), date: z.iso.date() }).optional(),
  pipeline: z.object({ name: z.string(), version: z.string() }).optional(),
  /** What the intake did not understand, line by line, for a person to read. */
  intakeNotes: z.array(z.object({ file: z.string(), line: z.int().optional(), text: Text })),
})
export type CaseRecord = z.infer<typeof CaseRecord>
