import { IconFlask, IconMessage, IconPin, IconPinnedOff, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'
import { useDesk, useReview, useWords } from '../../desk.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { KeyCap } from '../../ui/key-cap.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Splitter } from '../../ui/splitter.tsx'
import { CountedEvidence } from '../reads/counted-evidence.tsx'
import { ReadEvidence } from '../reads/read-evidence.tsx'
import { ReadsPane } from '../reads/reads-pane.tsx'
import { CommentDialog, DismissDialog, TakeBackDialog } from './act-dialogs.tsx'
import { withAmpTier } from './decision.ts'
import { DecisionColumn } from './decision-column.tsx'
import { DetailHead } from './detail-head.tsx'
import { Bases, Classifications, EvidenceList, Facts, Frequencies, Trail } from './evidence-columns.tsx'
import { OrderDialog } from './order-dialog.tsx'
import { useDecision } from './use-decision.ts'

type Dialog = 'dismiss' | 'order' | 'comment' | 'take-back'

/** One finding: what is known about it, what the panel decides, and its reads. */
export function FindingPanel({
  view,
  finding,
  height,
  onHeight,
}: {
  readonly view: CaseView
  readonly finding: Finding
  readonly height: number
  readonly onHeight: (px: number) => void
}) {
  const { decision: words, findings } = useWords()
  const { review: store } = useDesk()
  const { record } = view
  const { draft, working, change, record: recordDecision, recording, tried } = useDecision(record.id, finding)
  const review = useReview(it => it.review.findings.get(finding.id))
  const pinKey = `pin:${finding.id}`
  const pinFailure = useReview(it => it.failures.get(pinKey))
  const pinning = useReview(it => it.recording.has(pinKey))
  const [asked, setAsked] = useState<{ dialog: Dialog; findingId: string } | undefined>(undefined)
  // A dialog belongs to the finding it was opened for; moving on closes it.
  const dialog = asked?.findingId === finding.id ? asked.dialog : undefined
  const setDialog = (it: Dialog | undefined) => setAsked(it && { dialog: it, findingId: finding.id })
  const settled = review?.decision ?? review?.dismissal
  const pin = () =>
    void store.getState().record(pinKey, { type: 'finding.pinned', findingId: finding.id, pinned: !review?.pinned })
  const tier = (n: 1 | 2 | 3 | 4) => change({ classifications: withAmpTier(working.classifications, n) })
  const close = () => setDialog(undefined)
  useKeys([
    ...([1, 2, 3, 4] as const).map(n => ({ keys: String(n), run: () => tier(n) })),
    { keys: 'p', run: pin },
    { keys: 'x', run: () => setDialog('dismiss') },
    { keys: 'o', run: () => setDialog('order') },
    { keys: 'c', run: () => setDialog('comment') },
    { keys: 'z', run: () => settled && setDialog('take-back') },
    ...(dialog ? [] : [{ keys: 'Ctrl+Enter', run: () => void recordDecision(), inFields: true }]),
  ])
  return (
    <>
      <section className="dt" style={{ height }} data-pane="detail" aria-label={findings.pane.detail}>
        <DetailHead
          finding={finding}
          record={record}
          hasDraft={draft !== undefined}
          recording={recording}
          onRecord={() => void recordDecision()}
        />
        <div className="dg" key={finding.id}>
          <div className="scroll">
            <Classifications finding={finding} />
            <Facts finding={finding} record={record} />
            <Bases finding={finding} />
            <Frequencies finding={finding} />
          </div>
          <div className="scroll">
            <EvidenceList finding={finding} />
            <Trail finding={finding} />
          </div>
          <div className="scroll decision-col">
            <DecisionColumn
              finding={finding}
              draft={draft}
              working={working}
              change={change}
              tried={tried}
              onTakeBack={() => setDialog('take-back')}
            />
          </div>
        </div>
      </section>
      <Splitter label={findings.pane.detail} axis="y" value={height} min={240} max={620} initial={352} onChange={onHeight} />
      <div className="rg">
        <ReadsPane view={view} finding={finding} />
        <div className="ec-stack">
          <CountedEvidence finding={finding} record={record} />
          <ReadEvidence finding={finding} record={record} />
        </div>
      </div>
      <div className="act-bar row">
        <button type="button" className="btn d" onClick={() => setDialog('dismiss')} data-testid="dismiss">
          <IconX size={14} stroke={1.8} aria-hidden="true" />
          {words.dismiss} <KeyCap keys={['x']} />
        </button>
        <button type="button" className="btn" onClick={() => setDialog('order')} data-testid="order">
          <IconFlask size={14} stroke={1.6} aria-hidden="true" />
          {words.order} <KeyCap keys={['o']} />
        </button>
        <button
          type="button"
          className="btn"
          disabled={pinning}
          aria-pressed={review?.pinned === true}
          onClick={pin}
          data-testid="pin"
        >
          {review?.pinned ? (
            <IconPinnedOff size={14} stroke={1.6} aria-hidden="true" />
          ) : (
            <IconPin size={14} stroke={1.6} aria-hidden="true" />
          )}
          {review?.pinned ? words.unpin : words.pin} <KeyCap keys={['p']} />
        </button>
        <button type="button" className="btn" onClick={() => setDialog('comment')} data-testid="comment">
          <IconMessage size={14} stroke={1.6} aria-hidden="true" />
          {words.comment} <KeyCap keys={['c']} />
        </button>
        {pinFailure && <ProblemNote problem={pinFailure} />}
        <span className="sp" />
        <span className="sm mut row fold">
          <KeyCap keys={['n']} /> {findings.nextOpen}
        </span>
      </div>
      {dialog === 'dismiss' && <DismissDialog finding={finding} onClose={close} />}
      {dialog === 'order' && <OrderDialog finding={finding} record={record} onClose={close} />}
      {dialog === 'comment' && <CommentDialog finding={finding} onClose={close} />}
      {dialog === 'take-back' && settled && <TakeBackDialog actId={settled.actId} onClose={close} />}
    </>
  )
}
