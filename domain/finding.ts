import { z } from 'zod'
import { Locus } from './locus.ts'
import { ReportLevel } from './report-level.ts'
import { Text } from './text.ts'

export const FINDING_KINDS = ['snv', 'mnv', 'indel', 'sv', 'fusion', 'cnv', 'splice', 'str', 'mitochondrial'] as const
export const FindingKind = z.enum(FINDING_KINDS)
export type FindingKind = z.infer<typeof FindingKind>

/** VCF 4.3 words for structural events. */
export const SvType = z.enum(['DEL', 'DUP', 'INV', 'INS', 'TRA', 'BND', 'CNV'])
export type SvType = z.infer<typeof SvType>

export const SCHEMES = ['AMP', 'ACMG', 'oncogenicity', 'JP', 'ESCAT'] as const
export const Scheme = z.enum(SCHEMES)
export type Scheme = z.infer<typeof Scheme>

export const Classification = z.object({
  scheme: Scheme,
  /** The letter of the scheme: "I-A", "P", "LO", "A", "II-B". */
  value: z.string().min(1).max(12),
  /** The drug or implication this holds for, where the scheme is per drug. */
  subject: z.string().optional(),
  /** Who or what assigned it, and the rule or knowledge version it rests on. */
  basis: Text.optional(),
  rule: z.string().optional(),
})
export type Classification = z.infer<typeof Classification>

/** What a caller wrote for one specimen. Depths in reads; vaf 0 to 1. */
export const Call = z.object({
  specimen: z.string(),
  genotype: z.string().optional(),
  depth: z.int().min(0).optional(),
  altDepth: z.int().min(0).optional(),
  vaf: z.number().min(0).max(1).optional(),
  splitReads: z.int().min(0).optional(),
  discordantPairs: z.int().min(0).optional(),
  copyNumber: z.number().min(0).optional(),
})
export type Call = z.infer<typeof Call>

export const EvidenceItem = z.object({
  role: z.enum(['defining', 'accompanying']),
  text: Text,
  source: z.string(),
  date: z.iso.date().optional(),
  scheme: Scheme.optional(),
  value: z.string().optional(),
})
export type EvidenceItem = z.infer<typeof EvidenceItem>

/** A breakpoint: a locus and the side of it that is kept ("+" = the bases before it, as VCF `N[` / `N]` writes them). */
export const Breakpoint = z.object({
  locus: Locus,
  keeps: z.enum(['+', '-']),
  gene: z.string().optional(),
  part: Text.optional(),
})
export type Breakpoint = z.infer<typeof Breakpoint>

export const Finding = z.object({
  /** Stable over re-deliveries of the case: made from assembly, locus and alleles. */
  id: z.string().min(1).max(128),
  kind: FindingKind,
  origin: z.enum(['somatic', 'germline', 'unknown']),
  /** Germline, unrelated to the disease that brought the patient (二次的所見). */
  secondary: z.boolean(),
  level: ReportLevel,
  genes: z.array(z.string()),
  /** What a person reads first: "TP53 p.(Arg175His)", "EML4::ALK". */
  title: z.string(),
  hgvs: z
    .object({ g: z.string().optional(), c: z.string().optional(), p: z.string().optional(), transcript: z.string().optional() })
    .optional(),
  locus: Locus,
  ref: z.string().optional(),
  alt: z.string().optional(),
  svType: SvType.optional(),
  breakpoints: z.array(Breakpoint).optional(),
  consequence: z.string().optional(),
  zygosity: z.enum(['heterozygous', 'homozygous', 'hemizygous', 'unknown']).optional(),
  inheritance: z.enum(['de-novo', 'maternal', 'paternal', 'biparental', 'unknown']).optional(),
  /** FILTER column of the VCF as written: "PASS" or the caller's words. */
  filter: z.string().optional(),
  calls: z.array(Call),
  classifications: z.array(Classification),
  evidence: z.array(EvidenceItem),
  frequencies: z.array(z.object({ population: z.string(), af: z.number().min(0).max(1), source: z.string() })).optional(),
  rna: z.object({ text: Text, junctionReads: z.int().min(0).optional(), specimen: z.string().optional() }).optional(),
  note: Text.optional(),
})
export type Finding = z.infer<typeof Finding>
