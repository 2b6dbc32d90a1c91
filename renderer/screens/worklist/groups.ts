import type { CaseEntry } from '#domain/contract.ts'
import type { Problem } from '#domain/problems.ts'
import type { CaseSummary } from '../../cache/summary.ts'
import { daysUntil } from '../../i18n/format.ts'
import type { WorklistFilter } from '../../stores/worklist.ts'

/** One line of the worklist; `summary` is missing until the case has arrived and been read. */
export interface Line {
  readonly entry: CaseEntry
  readonly summary: CaseSummary | undefined
  readonly problem: Problem | undefined
}

export type Notice = 'withdrawn' | 'problem' | 'conflict' | 'quality' | 'result' | 'warn' | 'intake'

export interface Group {
  readonly kind: 'attention' | 'panel' | 'undated' | 'returned'
  /** For "panel": the date and hour as written by the hospital. */
  readonly date?: string
  readonly lines: readonly Line[]
}

/** The heaviest notice of a line. A case that is merely not here yet is no notice: its offline column says so. */
export function noticeOf({ entry, summary, problem }: Line): Notice | undefined {
  if (entry.withdrawn || summary?.consent === 'withdrawn') return 'withdrawn'
  if (entry.problem || (problem && problem.code !== 'not-here' && problem.code !== 'cancelled')) return 'problem'
  if (!summary) return undefined
  if (summary.conflicts > 0) return 'conflict'
  if (summary.qualityFails.length > 0) return 'quality'
  if (summary.resultsIn > 0) return 'result'
  if (summary.qualityWarns.length > 0) return 'warn'
  return summary.notices > 0 ? 'intake' : undefined
}

const STOPS: readonly (Notice | undefined)[] = ['withdrawn', 'problem', 'conflict', 'quality']

/** Whether a person must act: the notices that stop a case, and results that wait to be read. */
export function needsAction(line: Line): boolean {
  const notice = noticeOf(line)
  return STOPS.includes(notice) || notice === 'result'
}

export function fits(line: Line, filter: WorklistFilter, now: Date): boolean {
  const { entry, summary } = line
  switch (filter.which) {
    case 'attention':
      if (!needsAction(line)) return false
      break
    case 'week': {
      const days = summary?.panelDate ? daysUntil(summary.panelDate, now) : -1
      if (days < 0 || days > 7) return false
      break
    }
    case 'unfinished':
      if (!summary || summary.settled >= summary.findings) return false
      break
    case 'all':
      break
  }
  if (filter.system && summary?.system !== filter.system) return false
  if (filter.kind && summary?.kind !== filter.kind) return false
  if (filter.stage && summary?.stage !== filter.stage) return false
  if (filter.offline && entry.presence.state !== filter.offline) return false
  const text = filter.text.trim().toLowerCase()
  if (!text) return true
  const words = summary
    ? [
        summary.label,
        summary.patient.name,
        summary.patient.kana,
        summary.diagnosis.ja,
        summary.diagnosis.en,
        ...summary.index.flatMap(it => it.genes),
      ]
    : [entry.id]
  return words.some(it => it?.toLowerCase().includes(text))
}

const byLabel = (a: Line, b: Line) => (a.summary?.label ?? a.entry.id).localeCompare(b.summary?.label ?? b.entry.id)

/** Groups in the order a person works: what is stopped, then by panel date, then undated, then returned. */
export function grouped(lines: readonly Line[]): readonly Group[] {
  const stopped: Line[] = []
  const returned: Line[] = []
  const undated: Line[] = []
  const dated = new Map<string, Line[]>()
  for (const line of lines) {
    if (STOPS.includes(noticeOf(line))) stopped.push(line)
    else if (line.summary?.stage === 'returned') returned.push(line)
    else if (!line.summary?.panelDate) undated.push(line)
    else dated.set(line.summary.panelDate, [...(dated.get(line.summary.panelDate) ?? []), line])
  }
  const groups: Group[] = [
    { kind: 'attention', lines: stopped.sort(byLabel) },
    ...[...dated]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([date, its]): Group => ({ kind: 'panel', date, lines: its.sort(byLabel) })),
    { kind: 'undated', lines: undated.sort(byLabel) },
    { kind: 'returned', lines: returned.sort(byLabel) },
  ]
  return groups.filter(it => it.lines.length > 0)
}
