import type { Finding } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import { REPORT_LEVELS, type ReportLevel } from '#domain/report-level.ts'
import type { FindingReview, Review } from '#domain/review.ts'

export type Segment = 'all' | 'open' | 'draft' | 'pinned' | 'settled'
export type RowState = 'draft' | 'conflict' | 'dismissed' | 'settled' | 'pinned' | 'open'

export interface FindingFilter {
  readonly segment: Segment
  readonly text: string
  readonly kind: Finding['kind'] | undefined
  readonly origin: Finding['origin'] | undefined
}

export const NO_FINDING_FILTER: FindingFilter = { segment: 'all', text: '', kind: undefined, origin: undefined }

export type Row =
  | { readonly kind: 'level'; readonly level: ReportLevel; readonly count: number }
  | { readonly kind: 'finding'; readonly finding: Finding; readonly state: RowState; readonly review: FindingReview | undefined }

/** The most pressing thing to say about a finding: an unrecorded draft comes first, because it can be lost. */
export function stateOf(review: FindingReview | undefined, draft: boolean): RowState {
  if (draft) return 'draft'
  if (review?.conflict) return 'conflict'
  if (review?.dismissal) return 'dismissed'
  if (review?.decision) return 'settled'
  return review?.pinned ? 'pinned' : 'open'
}

const settledStates: readonly RowState[] = ['settled', 'dismissed']

export function inSegment(segment: Segment, state: RowState, review: FindingReview | undefined): boolean {
  switch (segment) {
    case 'all':
      return true
    case 'open':
      return !settledStates.includes(state)
    case 'draft':
      return state === 'draft'
    case 'pinned':
      return review?.pinned === true
    case 'settled':
      return settledStates.includes(state) || review?.decision !== undefined
  }
}

function matches({ title, genes, hgvs, locus, consequence }: Finding, text: string): boolean {
  const typed = text.trim().toLowerCase()
  if (!typed) return true
  const place = show(locus).toLowerCase()
  return (
    [title, consequence, hgvs?.c, hgvs?.p, hgvs?.g, hgvs?.transcript, ...genes].some(it => it?.toLowerCase().includes(typed)) ||
    place.includes(typed) ||
    place.replaceAll(',', '').includes(typed.replaceAll(',', ''))
  )
}

export interface ListModel {
  readonly rows: readonly Row[]
  readonly findings: readonly (Row & { kind: 'finding' })[]
  readonly counts: Readonly<Record<Segment, number>>
}

/** Groups by return level, in the order of delivery within a level. */
export function listModel(
  findings: readonly Finding[],
  review: Review,
  hasDraft: (id: string) => boolean,
  filter: FindingFilter,
): ListModel {
  const all = findings.map(finding => {
    const its = review.findings.get(finding.id)
    return { kind: 'finding' as const, finding, review: its, state: stateOf(its, hasDraft(finding.id)) }
  })
  const count = (segment: Segment) => all.filter(it => inSegment(segment, it.state, it.review)).length
  const kept = all.filter(
    it =>
      inSegment(filter.segment, it.state, it.review) &&
      (!filter.kind || it.finding.kind === filter.kind) &&
      (!filter.origin || it.finding.origin === filter.origin) &&
      matches(it.finding, filter.text),
  )
  const rows: Row[] = []
  const ordered: (Row & { kind: 'finding' })[] = []
  for (const level of REPORT_LEVELS) {
    const its = kept.filter(it => it.finding.level === level)
    if (its.length === 0) continue
    rows.push({ kind: 'level', level, count: its.length }, ...its)
    ordered.push(...its)
  }
  return {
    rows,
    findings: ordered,
    counts: { all: all.length, open: count('open'), draft: count('draft'), pinned: count('pinned'), settled: count('settled') },
  }
}
