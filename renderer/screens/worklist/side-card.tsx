import { IconArrowRight, IconBan, IconCheck, IconDownload, IconPlayerStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { CaseSummary } from '../../cache/summary.ts'
import { useDesk, useLanguage, useSync, useWords } from '../../desk.ts'
import { ageSex, bytes, clock, say, shortDayTime, span } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { KeyCap } from '../../ui/key-cap.tsx'
import { ProblemNote, useSentence } from '../../ui/problem-note.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { useProgress } from './case-row.tsx'
import type { Line } from './groups.ts'

function Steps({ summary, line }: { readonly summary: CaseSummary; readonly line: Line }) {
  const { worklist } = useWords()
  const language = useLanguage()
  const { side } = worklist
  const open = summary.findings - summary.settled
  const quality = [...summary.qualityFails, ...summary.qualityWarns]
  const steps: { done: boolean; node: ReactNode }[] = [
    ...(summary.conflicts > 0 ? [{ done: false, node: side.conflict(summary.conflicts) }] : []),
    ...(quality.length > 0 ? [{ done: false, node: side.quality(quality.map(it => say(it, language)).join('、')) }] : []),
    ...(summary.resultsIn > 0 ? [{ done: false, node: side.orderResult(summary.resultsIn) }] : []),
    open > 0
      ? {
          done: false,
          node: (
            <>
              {side.unreviewed(open)}
              {summary.openGenes.length > 0 && (
                <span className="gene">
                  {' '}
                  {summary.openGenes.join(', ')}
                  {open > summary.openGenes.length && ' …'}
                </span>
              )}
            </>
          ),
        }
      : { done: true, node: side.allDone },
    ...(summary.ordersOpen > 0 ? [{ done: false, node: side.orderOpen(summary.ordersOpen) }] : []),
    { done: summary.reports > 0, node: side.report },
    ...(line.entry.presence.state === 'complete' ? [{ done: true, node: side.ready }] : [{ done: false, node: side.fetch }]),
    ...(summary.consent === 'valid' ? [{ done: true, node: side.consent }] : []),
  ]
  return (
    <ul className="plain steps-list">
      {steps.map(({ done, node }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew from the case and holds no state.
        <li key={i} className={done ? 'mut' : ''}>
          <span className={`cb ${done ? 'on' : ''}`} aria-hidden="true">
            {done && <IconCheck size={12} stroke={2.4} />}
          </span>
          <span>{node}</span>
        </li>
      ))}
    </ul>
  )
}

function OfflineCard({ line }: { readonly line: Line }) {
  const { worklist, transfer } = useWords()
  const language = useLanguage()
  const { sync } = useDesk()
  const progress = useProgress(line.entry.id)
  const { presence, id } = line.entry
  const { side } = worklist
  const going = progress && progress.state !== 'failed' && progress.state !== 'cancelled'
  const here = going ? progress.bytes : presence.bytesHere
  const all = going ? progress.of : presence.bytes
  const left = Math.max(0, all - here)
  const done = presence.state === 'complete' && !going
  const rate = going ? progress.bytesPerSecond : 0
  return (
    <section className="card" data-testid="side-offline">
      <header>
        {side.offline}
        <span className="sp" />
        <span className={`tag ${done ? 'toki' : 'yama'}`}>
          {going ? transfer[progress.state] : worklist.offline[presence.state]}
        </span>
      </header>
      <div className="bd col">
        <div className="row">
          <ProgressBar share={all > 0 ? here / all : 0} label={side.offline} short={!done && !going} />
          <span className="tnum nw">{all > 0 ? Math.floor((here / all) * 100) : 0}%</span>
        </div>
        <div className="sm sec row between">
          <span className="nw" data-testid="side-bytes">
            {worklist.bytes(bytes(here), bytes(all))}
          </span>
          <span className="nw">
            {side.files} {presence.filesHere}/{presence.files}
          </span>
        </div>
        {!done && left > 0 && (
          <div className="sm sec">
            {rate > 0 ? side.remainingTime(bytes(left), span(left / rate, language)) : side.remaining(bytes(left))}
            {rate > 0 && <span className="mut">（{bytes(rate)}/s）</span>}
          </div>
        )}
        {!done && (
          <div className="row">
            {going ? (
              <button type="button" className="btn" onClick={() => void sync.getState().cancel(id)} data-testid="case-cancel">
                <IconPlayerStop size={14} stroke={1.6} aria-hidden="true" />
                {side.stop}
              </button>
            ) : (
              <button type="button" className="btn p" onClick={() => void sync.getState().resume(id)} data-testid="case-resume">
                <IconDownload size={14} stroke={1.6} aria-hidden="true" />
                {side.resume}
              </button>
            )}
          </div>
        )}
      </div>
    </section>
  )
}

function Outbox() {
  const words = useWords()
  const waiting = useSync(it => it.view?.waiting) ?? []
  if (waiting.length === 0) return null
  return (
    <section className="card">
      <header>
        {words.worklist.side.outbox} <ActMark state="recorded" count={waiting.length} />
      </header>
      <ul className="plain bd sm outbox-list">
        {waiting.slice(0, 4).map(act => (
          <li key={act.header.id} className="ell">
            {words.vocabulary.act[act.payload.type]}・{act.header.caseId}・{clock(act.recordedAt)}
          </li>
        ))}
        {waiting.length > 4 && <li className="mut">{words.app.more(waiting.length - 4)}</li>}
      </ul>
    </section>
  )
}

export function SideCard({ line, onOpen }: { readonly line: Line | undefined; readonly onOpen: () => void }) {
  const { worklist } = useWords()
  const language = useLanguage()
  const { now } = useDesk()
  const say_ = useSentence()
  const { side } = worklist
  if (!line)
    return (
      <aside className="wl-side" data-pane="side">
        <p className="mut">{side.choose}</p>
      </aside>
    )
  const { summary, entry, problem } = line
  return (
    <aside className="wl-side" data-pane="side" aria-label={side.next} data-testid="side-card">
      <div>
        <div className="row between">
          <b className="code ai">{summary?.label ?? entry.id}</b>
          {summary && !entry.withdrawn && (
            <button type="button" className="btn sm" onClick={onOpen} data-testid="open-case">
              {side.open} <KeyCap keys={['Enter']} />
            </button>
          )}
        </div>
        {summary && !entry.withdrawn && (
          <>
            <div className="side-name">
              <b>{summary.patient.name}</b> <span className="sm sec">{ageSex(summary.patient, now(), language)}</span>
            </div>
            <div className="sm sec">
              {say(summary.diagnosis, language)} {summary.diagnosisStage}
            </div>
            {summary.panelDate && (
              <div className="sm sec row g1">
                <IconArrowRight size={13} stroke={1.6} aria-hidden="true" />
                {shortDayTime(summary.panelDate, language)} {worklist.groups.panel}
              </div>
            )}
          </>
        )}
      </div>
      {problem && problem.code !== 'not-here' && <ProblemNote problem={problem} />}
      {entry.problem && !problem && <div className="note shu">{say_(entry.problem)}</div>}
      {entry.withdrawn ? (
        <div className="note shu">
          <IconBan size={16} stroke={1.6} className="ic-top" aria-hidden="true" />
          {side.withdrawn}
        </div>
      ) : (
        <>
          {summary && (
            <section className="card">
              <header>{side.next}</header>
              <div className="bd">
                <Steps summary={summary} line={line} />
              </div>
            </section>
          )}
          <OfflineCard line={line} />
        </>
      )}
      <Outbox />
    </aside>
  )
}
