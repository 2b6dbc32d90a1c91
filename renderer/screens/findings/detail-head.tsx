import { IconAlertTriangle } from '@tabler/icons-react'
import type { CaseRecord } from '#domain/case.ts'
import type { Finding } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import { useReview, useWords } from '../../desk.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { FindingTitle } from '../../ui/finding-title.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { LevelBars } from '../../ui/level-bars.tsx'
import { OriginRing } from '../../ui/origin-ring.tsx'
import { useProblemSentence } from '../../ui/problem-note.tsx'
import { changeOf } from '../case/finding-facts.ts'

/** What is being decided, and the one button that records it. It never scrolls away. */
export function DetailHead({
  finding,
  record,
  hasDraft,
  recording,
  onRecord,
}: {
  readonly finding: Finding
  readonly record: CaseRecord
  readonly hasDraft: boolean
  readonly recording: boolean
  readonly onRecord: () => void
}) {
  const { decision, vocabulary } = useWords()
  const review = useReview(it => it.review.findings.get(finding.id))
  const failure = useReview(it => it.failures.get(`decide:${finding.id}`))
  const sentenceOf = useProblemSentence()
  const settled = review?.decision ?? review?.dismissal
  const state = hasDraft || !settled ? 'unrecorded' : settled.state
  return (
    <>
      <div className="detail-head" data-testid="detail-head">
        <OriginRing origin={finding.origin} />
        <h2 className="ell" title={finding.title}>
          <FindingTitle finding={finding} />
        </h2>
        <span className="code sec ell change">{changeOf(finding)}</span>
        <LevelBars level={finding.level} />
        <span className="code sm mut ell place">
          {vocabulary.kind[finding.kind]}・{show(finding.locus)}（{record.assembly}）
        </span>
        <span className="sp" />
        {hasDraft || !settled ? (
          <span className="sv-mark yama nw" data-testid="decision-state" data-state={hasDraft ? 'draft' : 'unrecorded'}>
            <ActMark state="unrecorded" />
            {hasDraft ? decision.draft : decision.unrecorded}
          </span>
        ) : (
          <span data-testid="decision-state" data-state={state} className="nw">
            <ActMark state={state} word />
          </span>
        )}
        <button
          type="button"
          className="btn p"
          disabled={recording || (!hasDraft && Boolean(settled))}
          onClick={onRecord}
          data-testid="record-decision"
        >
          {recording ? (
            <>
              <span className="spin s" />
              {decision.recording}
            </>
          ) : (
            <>
              {decision.record} <KeyCap keys={['Ctrl', '↵']} />
            </>
          )}
        </button>
      </div>
      {failure && (
        <div className="fail-bar" role="alert" data-testid="record-failed">
          <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" />
          <b className="nw">{decision.failed}</b>
          {failure.code !== 'could-not-record' && <span>{sentenceOf(failure)}</span>}
        </div>
      )}
    </>
  )
}
