import type { ActView, Dissent, Recommendation } from './act.ts'
import type { Classification } from './finding.ts'
import type { ReportLevel } from './report-level.ts'

/** What the panel settled about one finding, with the act that says so. */
export interface Decision {
  readonly actId: string
  readonly classifications: readonly Classification[]
  readonly level: ReportLevel
  readonly recommendation: Recommendation
  readonly return: 'return' | 'hold' | 'do-not-return'
  readonly dissents: readonly Dissent[]
  readonly comment: string
  readonly by: string
  readonly at: string
  readonly state: ActView['state']
}

export interface Dismissal {
  readonly actId: string
  readonly reasons: readonly string[]
  readonly comment: string
  readonly by: string
  readonly at: string
  readonly state: ActView['state']
}

export interface FindingReview {
  readonly pinned: boolean
  readonly decision?: Decision
  readonly dismissal?: Dismissal
  readonly comments: readonly { readonly actId: string; readonly text: string; readonly by: string; readonly at: string }[]
  readonly orders: readonly string[]
  /** Act ids that stand against one another and wait for a person. */
  readonly conflict?: readonly string[]
}

export interface Review {
  readonly findings: ReadonlyMap<string, FindingReview>
  readonly comments: readonly { readonly actId: string; readonly text: string; readonly by: string; readonly at: string }[]
  readonly reports: readonly {
    readonly actId: string
    readonly at: string
    readonly sha256: string
    readonly language: 'ja' | 'en'
  }[]
}

const EMPTY: FindingReview = { pinned: false, comments: [], orders: [] }

/** Order in which acts count: accepted ones by the centre's sequence, then own unsent ones in the order recorded here. */
export function inOrder(acts: readonly ActView[]): readonly ActView[] {
  return [...acts].sort((a, b) => {
    const left = a.receipt?.seq ?? Number.POSITIVE_INFINITY
    const right = b.receipt?.seq ?? Number.POSITIVE_INFINITY
    if (left !== right) return left - right
    return a.header.deviceSeq - b.header.deviceSeq
  })
}

/**
 * Folds the acts of a case into its state. Acts in conflict or refused do not count until a person settles them;
 * a decision and a dismissal of the same finding replace one another; what was taken back is as if it had not been,
 * except that the acts themselves stay readable.
 */
export function foldReview(acts: readonly ActView[]): Review {
  const ordered = inOrder(acts)
  const gone = new Set<string>()
  const revived = new Set<string>()
  for (const { payload, state } of ordered) {
    if (state === 'refused') continue
    if (payload.type === 'act.taken-back') gone.add(payload.actId)
    if (payload.type === 'conflict.resolved') {
      for (const id of payload.resolves) if (id !== payload.keep) gone.add(id)
      revived.add(payload.keep)
    }
  }
  const findings = new Map<string, FindingReview>()
  const comments: Review['comments'][number][] = []
  const reports: Review['reports'][number][] = []
  const edit = (id: string, change: (now: FindingReview) => FindingReview) => findings.set(id, change(findings.get(id) ?? EMPTY))

  for (const act of ordered) {
    const { payload, header } = act
    if (act.state === 'refused' || gone.has(header.id)) continue
    const by = header.actor.name
    const at = header.deviceTime
    if (act.state === 'conflict' && !revived.has(header.id)) {
      if ('findingId' in payload && payload.findingId) {
        const ids = [header.id, ...(act.against ?? [])]
        edit(payload.findingId, now => ({ ...now, conflict: [...new Set([...(now.conflict ?? []), ...ids])] }))
      }
      continue
    }
    const stamp = { actId: header.id, by, at, state: act.state }
    switch (payload.type) {
      case 'finding.decided': {
        const { type: _type, findingId, ...content } = payload
        edit(findingId, ({ dismissal: _gone, ...now }) => ({ ...now, decision: { ...content, ...stamp } }))
        break
      }
      case 'finding.dismissed':
        edit(payload.findingId, ({ decision: _gone, ...now }) => ({
          ...now,
          dismissal: { reasons: payload.reasons, comment: payload.comment, ...stamp },
        }))
        break
      case 'finding.pinned':
        edit(payload.findingId, now => ({ ...now, pinned: payload.pinned }))
        break
      case 'confirmation.ordered':
        edit(payload.findingId, now => ({ ...now, orders: [...now.orders, payload.orderId] }))
        break
      case 'comment.added': {
        const comment = { actId: header.id, text: payload.text, by, at }
        if (payload.findingId) edit(payload.findingId, now => ({ ...now, comments: [...now.comments, comment] }))
        else comments.push(comment)
        break
      }
      case 'report.issued':
        reports.push({ actId: header.id, at, sha256: payload.sha256, language: payload.language })
        break
      case 'confirmation.cancelled':
      case 'act.taken-back':
      case 'conflict.resolved':
        break
    }
  }
  return { findings, comments, reports }
}
