import { Modal } from '@mantine/core'
import { useState } from 'react'
import { DISMISSAL_REASONS, type DismissalReason } from '#domain/act.ts'
import type { Finding } from '#domain/finding.ts'
import { useDesk, useReview, useWords } from '../../desk.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { FindingTitle } from '../../ui/finding-title.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

/** Reasons grouped by the evidence they rest on. */
const GROUPS = {
  reads: ['strand-bias', 'read-end', 'low-mapping-quality', 'low-support'],
  normal: ['present-in-normal'],
  frequency: ['common-in-population'],
  locus: ['pseudogene'],
  other: ['no-clinical-meaning', 'other'],
} as const satisfies Record<string, readonly DismissalReason[]>
const ORDER: readonly DismissalReason[] = Object.values(GROUPS).flat()
const KINDS = ['reads', 'normal', 'frequency', 'locus', 'other'] as const

export function DismissDialog({ finding, onClose }: { readonly finding: Finding; readonly onClose: () => void }) {
  const { decision, vocabulary, app } = useWords()
  const { review, drafts } = useDesk()
  const key = `dismiss:${finding.id}`
  const recording = useReview(it => it.recording.has(key))
  const failure = useReview(it => it.failures.get(key))
  const caseId = useReview(it => it.caseId)
  const [reasons, setReasons] = useState<ReadonlySet<DismissalReason>>(new Set())
  const [comment, setComment] = useState('')
  const toggle = (reason: DismissalReason) =>
    setReasons(held => (held.has(reason) ? new Set([...held].filter(it => it !== reason)) : new Set([...held, reason])))
  const record = async () => {
    if (reasons.size === 0) return
    const act = await review.getState().record(key, {
      type: 'finding.dismissed',
      findingId: finding.id,
      reasons: DISMISSAL_REASONS.filter(it => reasons.has(it)),
      comment: comment.trim(),
    })
    if (!act) return
    if (caseId) drafts.getState().drop(caseId, finding.id)
    onClose()
  }
  useKeys([{ keys: 'Ctrl+Enter', run: () => void record(), inFields: true }])
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size={560}
      title={decision.dismissTitle}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: numbers choose reasons anywhere in the dialog; each reason is a button of its own. */}
      <div
        className="col g3"
        data-testid="dismiss-dialog"
        onKeyDown={event => {
          const reason = ORDER[Number(event.key) - 1]
          const typing = event.target instanceof HTMLTextAreaElement
          if (reason && !typing && !event.nativeEvent.isComposing) toggle(reason)
        }}
      >
        <div>
          <FindingTitle finding={finding} />
        </div>
        <span className="lab">{decision.dismissReasons}</span>
        {KINDS.map(group => (
          <div className="row wrap" key={group}>
            <span className="lab group-name">{decision.dismissGroups[group]}</span>
            {GROUPS[group].map(reason => (
              <button
                key={reason}
                type="button"
                className={`chip ${reasons.has(reason) ? 'on' : ''}`}
                aria-pressed={reasons.has(reason)}
                onClick={() => toggle(reason)}
                data-testid={`reason-${reason}`}
                {...(reason === 'strand-bias' ? { 'data-autofocus': true } : {})}
              >
                <KeyCap keys={[String(ORDER.indexOf(reason) + 1)]} />
                {vocabulary.reason[reason]}
              </button>
            ))}
          </div>
        ))}
        <textarea
          className="field area"
          rows={2}
          placeholder={decision.comment}
          aria-label={decision.comment}
          maxLength={4000}
          value={comment}
          onChange={event => setComment(event.currentTarget.value)}
          data-testid="dismiss-comment"
        />
        {failure && <ProblemNote problem={failure} />}
        <div className="row">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            {app.cancel}
          </button>
          <button
            type="button"
            className="btn p"
            disabled={reasons.size === 0 || recording}
            onClick={() => void record()}
            data-testid="record-dismissal"
          >
            {recording && <span className="spin s" />}
            {decision.record} <KeyCap keys={['Ctrl', '↵']} />
          </button>
        </div>
      </div>
    </Modal>
  )
}

export function TakeBackDialog({ actId, onClose }: { readonly actId: string; readonly onClose: () => void }) {
  const { decision, app } = useWords()
  const { review } = useDesk()
  const key = `take-back:${actId}`
  const recording = useReview(it => it.recording.has(key))
  const failure = useReview(it => it.failures.get(key))
  const [reason, setReason] = useState('')
  const record = async () => {
    const act = await review.getState().record(key, { type: 'act.taken-back', actId, reason: reason.trim() })
    if (act) onClose()
  }
  useKeys([{ keys: 'Ctrl+Enter', run: () => void record(), inFields: true }])
  return (
    <Modal
      opened
      onClose={onClose}
      centered
      size={480}
      title={decision.takeBackTitle}
      closeButtonProps={{ 'aria-label': app.close }}
    >
      <div className="col g3" data-testid="take-back-dialog">
        <p className="sec">{decision.takeBackText}</p>
        <textarea
          className="field area"
          rows={2}
          data-autofocus
          placeholder={decision.takeBackReason}
          aria-label={decision.takeBackReason}
          maxLength={2000}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
        />
        {failure && <ProblemNote problem={failure} />}
        <div className="row">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            {app.cancel}
          </button>
          <button
            type="button"
            className="btn p"
            disabled={recording}
            onClick={() => void record()}
            data-testid="record-take-back"
          >
            {recording && <span className="spin s" />}
            {decision.takeBack} <KeyCap keys={['Ctrl', '↵']} />
          </button>
        </div>
      </div>
    </Modal>
  )
}

export function CommentDialog({ finding, onClose }: { readonly finding: Finding; readonly onClose: () => void }) {
  const { findings, app } = useWords()
  const { review } = useDesk()
  const key = `comment:${finding.id}`
  const recording = useReview(it => it.recording.has(key))
  const failure = useReview(it => it.failures.get(key))
  const [text, setText] = useState('')
  const record = async () => {
    if (!text.trim()) return
    const act = await review.getState().record(key, { type: 'comment.added', findingId: finding.id, text: text.trim() })
    if (act) onClose()
  }
  useKeys([{ keys: 'Ctrl+Enter', run: () => void record(), inFields: true }])
  return (
    <Modal opened onClose={onClose} centered size={480} title={findings.comments} closeButtonProps={{ 'aria-label': app.close }}>
      <div className="col g3" data-testid="comment-dialog">
        <div>
          <FindingTitle finding={finding} />
        </div>
        <textarea
          className="field area"
          rows={4}
          data-autofocus
          placeholder={findings.commentPlaceholder}
          aria-label={findings.comments}
          maxLength={4000}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          data-testid="comment-text"
        />
        {failure && <ProblemNote problem={failure} />}
        <div className="row">
          <span className="sp" />
          <button type="button" className="btn" onClick={onClose}>
            {app.cancel}
          </button>
          <button
            type="button"
            className="btn p"
            disabled={!text.trim() || recording}
            onClick={() => void record()}
            data-testid="record-comment"
          >
            {recording && <span className="spin s" />}
            {findings.addComment} <KeyCap keys={['Ctrl', '↵']} />
          </button>
        </div>
      </div>
    </Modal>
  )
}
