import { z } from 'zod'
import { CaseId, CaseStage, Patient } from '#domain/case.ts'
import type { CaseView } from '#domain/contract.ts'
import { Assembly } from '#domain/locus.ts'
import { ReportLevel } from '#domain/report-level.ts'
import { foldReview } from '#domain/review.ts'
import { Text } from '#domain/text.ts'

/** What the worklist needs of a case: small enough to hold for every case at once. Sealed findings are not in it. */
export const CaseSummary = z.object({
  id: CaseId,
  revision: z.string(),
  label: z.string(),
  system: z.enum(['A', 'B']),
  kind: z.enum(['cancer', 'rare-disease']),
  assembly: Assembly,
  simulated: z.boolean(),
  hospital: z.string(),
  stage: CaseStage,
  panelDate: z.string().optional(),
  patient: Patient,
  diagnosis: Text,
  diagnosisStage: z.string().optional(),
  consent: z.enum(['valid', 'withdrawn', 'unknown']),
  /** The heaviest return level among the findings. */
  level: ReportLevel.optional(),
  findings: z.int(),
  settled: z.int(),
  openGenes: z.array(z.string()),
  qualityFails: z.array(Text),
  qualityWarns: z.array(Text),
  notices: z.int(),
  recorded: z.int(),
  accepted: z.int(),
  conflicts: z.int(),
  ordersOpen: z.int(),
  resultsIn: z.int(),
  reports: z.int(),
  knowledge: z.string().optional(),
  /** For the palette: what a person may type to reach a finding. */
  index: z.array(z.object({ findingId: z.string(), title: z.string(), genes: z.array(z.string()), kind: z.string() })),
})
export type CaseSummary = z.infer<typeof CaseSummary>

export function summarise({ entry, record, acts, orders, stage }: CaseView): CaseSummary {
  const review = foldReview(acts)
  const settled = (id: string) => Boolean(review.findings.get(id)?.decision ?? review.findings.get(id)?.dismissal)
  const open = record.findings.filter(it => !settled(it.id))
  const levels = record.findings.map(it => it.level)
  return {
    id: record.id,
    revision: entry.revision,
    label: record.label,
    system: record.system,
    kind: record.kind,
    assembly: record.assembly,
    simulated: record.simulated,
    hospital: record.hospital,
    stage,
    panelDate: record.panelDate,
    patient: record.patient,
    diagnosis: record.diagnosis.text,
    diagnosisStage: record.diagnosis.stage,
    consent: record.consent.state,
    level: levels.length > 0 ? (Math.max(...levels) as ReportLevel) : undefined,
    findings: record.findings.length,
    settled: record.findings.length - open.length,
    openGenes: open.slice(0, 4).map(it => it.genes[0] ?? it.title),
    qualityFails: record.quality.filter(it => it.status === 'fail').map(it => it.label),
    qualityWarns: record.quality.filter(it => it.status === 'warn').map(it => it.label),
    notices: record.intakeNotes.length,
    recorded: acts.filter(it => it.state === 'recorded' || it.state === 'sending').length,
    accepted: acts.filter(it => it.state === 'accepted').length,
    conflicts: [...review.findings.values()].filter(it => it.conflict).length,
    ordersOpen: orders.filter(it => it.state === 'recorded' || it.state === 'sent' || it.state === 'accepted').length,
    resultsIn: orders.filter(it => it.state === 'resulted').length,
    reports: review.reports.length,
    knowledge: record.knowledge?.date,
    index: record.findings.map(it => ({ findingId: it.id, title: it.title, genes: it.genes, kind: it.kind })),
  }
}
