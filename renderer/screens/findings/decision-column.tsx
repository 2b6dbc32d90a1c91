import { IconArrowBackUp, IconPencil, IconTrash } from '@tabler/icons-react'
import type { Finding } from '#domain/finding.ts'
import type { FindingReview } from '#domain/review.ts'
import type { DecisionDraft } from '../../cache/draft.ts'
import { useDesk, useLanguage, useReview, useWords } from '../../desk.ts'
import { stamp } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { EvidenceBadge } from '../../ui/evidence-badge.tsx'
import { LevelBars } from '../../ui/level-bars.tsx'
import { DecisionForm } from './decision-form.tsx'

type Decided = NonNullable<FindingReview['decision']>

function Recorded({
  decision: it,
  onChange,
  onTakeBack,
}: {
  readonly decision: Decided
  readonly onChange: () => void
  readonly onTakeBack: () => void
}) {
  const { decision, vocabulary } = useWords()
  const language = useLanguage()
  const { recommendation } = it
  return (
    <div className="col" data-testid="recorded-decision">
      <div className="row wrap">
        <b className="big-answer">{vocabulary.returns[it.return]}</b>
        <LevelBars level={it.level} /> <span className="sm">{vocabulary.level(it.level)}</span>
      </div>
      <div className="row wrap g1">
        {it.classifications.map(c => (
          <EvidenceBadge key={c.scheme + (c.subject ?? '')} scheme={c.scheme} value={c.value} />
        ))}
      </div>
      {recommendation.kind !== 'none' && (
        <p>
          <b>{vocabulary.recommendation[recommendation.kind]}</b>
          {recommendation.evidenceLevel && (
            <>
              {' '}
              <EvidenceBadge scheme="JP" value={recommendation.evidenceLevel} />
            </>
          )}
          {recommendation.access && <span className="sm sec">　{vocabulary.access[recommendation.access]}</span>}
          <br />
          {recommendation.text}
          {(recommendation.kind === 'drug' || recommendation.kind === 'trial') && (
            <span className="sm yama block">{decision.confirmFirst}</span>
          )}
        </p>
      )}
      {it.comment && <p className="sec">{it.comment}</p>}
      {it.dissents.map(d => (
        <p key={d.name + d.text} className="sm">
          <span className="tag yama">{decision.dissents}</span> <b>{d.name}</b> {d.text}
        </p>
      ))}
      <span className="sm mut">{decision.by(it.by, stamp(it.at, language))}</span>
      <Buttons onChange={onChange} onTakeBack={onTakeBack} />
    </div>
  )
}

function Buttons({ onChange, onTakeBack }: { readonly onChange: () => void; readonly onTakeBack: () => void }) {
  const { decision } = useWords()
  return (
    <div className="row wrap">
      <button type="button" className="btn sm" onClick={onChange} data-testid="change-decision">
        <IconPencil size={14} stroke={1.6} aria-hidden="true" />
        {decision.change}
      </button>
      <button type="button" className="btn sm q" onClick={onTakeBack} data-testid="take-back">
        <IconArrowBackUp size={14} stroke={1.6} aria-hidden="true" />
        {decision.takeBack}
      </button>
    </div>
  )
}

export function DecisionColumn({
  finding,
  draft,
  working,
  change,
  tried,
  onTakeBack,
}: {
  readonly finding: Finding
  readonly draft: DecisionDraft | undefined
  /** The draft, or what a draft would start from. */
  readonly working: DecisionDraft
  readonly change: (change: Partial<DecisionDraft>) => void
  readonly tried: boolean
  readonly onTakeBack: () => void
}) {
  const { decision, vocabulary } = useWords()
  const language = useLanguage()
  const desk = useDesk()
  const review = useReview(it => it.review.findings.get(finding.id))
  const showForm = draft !== undefined || (!review?.decision && !review?.dismissal)
  const state = draft ? 'unrecorded' : (review?.decision?.state ?? review?.dismissal?.state ?? 'unrecorded')
  return (
    <>
      <h4 className="row">
        {decision.title}
        <span className="sp" />
        {draft && (
          <button
            type="button"
            className="btn q sm"
            onClick={() => desk.drafts.getState().drop(draft.caseId, draft.findingId)}
            data-testid="discard-draft"
          >
            <IconTrash size={13} stroke={1.6} aria-hidden="true" />
            {decision.discard}
          </button>
        )}
        <ActMark state={state} word />
      </h4>
      {review?.conflict && (
        <div className="note shu sm">
          <span className="grow">{decision.conflict}</span>
          <button type="button" className="btn sm" onClick={() => desk.place.getState().go('sync')}>
            {decision.openSync}
          </button>
        </div>
      )}
      {showForm ? (
        <DecisionForm draft={working} change={change} failed={tried} />
      ) : review?.decision ? (
        <Recorded decision={review.decision} onChange={() => change({})} onTakeBack={onTakeBack} />
      ) : (
        review?.dismissal && (
          <div className="col" data-testid="recorded-dismissal">
            <b className="big-answer">{decision.dismiss}</b>
            <div className="row wrap g1">
              {review.dismissal.reasons.map(it => (
                <span className="tag shu" key={it}>
                  {vocabulary.reason[it as keyof typeof vocabulary.reason] ?? it}
                </span>
              ))}
            </div>
            {review.dismissal.comment && <p>{review.dismissal.comment}</p>}
            <span className="sm mut">{decision.by(review.dismissal.by, stamp(review.dismissal.at, language))}</span>
            <Buttons onChange={() => change({})} onTakeBack={onTakeBack} />
          </div>
        )
      )}
    </>
  )
}
