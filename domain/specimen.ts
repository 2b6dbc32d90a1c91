import { z } from 'zod'

export const SPECIMEN_ROLES = ['tumour', 'normal', 'rna', 'proband', 'mother', 'father', 'relative'] as const
export const SpecimenRole = z.enum(SPECIMEN_ROLES)
export type SpecimenRole = z.infer<typeof SpecimenRole>

export const Specimen = z.object({
  id: z.string().min(1).max(64),
  role: SpecimenRole,
  /** The column name of this specimen in the VCF, where it differs from the id. */
  sampleName: z.string().optional(),
  assay: z.enum(['wgs', 'wgs-long-read', 'rna', 'panel']),
  material: z.object({ ja: z.string(), en: z.string() }).optional(),
  collected: z.iso.date().optional(),
  /** Mean depth over the genome, reads per base. */
  meanDepth: z.number().min(0).optional(),
  /** Share of tumour cells, 0 to 1. */
  purity: z.number().min(0).max(1).optional(),
})
export type Specimen = z.infer<typeof Specimen>
