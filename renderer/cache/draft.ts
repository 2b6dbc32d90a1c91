import { z } from 'zod'
import { ConfirmationMethod, Dissent, Recommendation } from '#domain/act.ts'
import { CaseId } from '#domain/case.ts'
import { Classification } from '#domain/finding.ts'
import { ReportLevel } from '#domain/report-level.ts'

/** A decision that a person has begun and not recorded. It survives leaving and locking, sealed; it is never shown as recorded. */
export const DecisionDraft = z.object({
  caseId: CaseId,
  findingId: z.string(),
  classifications: z.array(Classification),
  level: ReportLevel,
  recommendation: Recommendation,
  return: z.enum(['return', 'hold', 'do-not-return']).optional(),
  dissents: z.array(Dissent.extend({ name: z.string(), text: z.string() })),
  comment: z.string(),
  order: ConfirmationMethod.optional(),
})
export type DecisionDraft = z.infer<typeof DecisionDraft>
