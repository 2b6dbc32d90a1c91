import { IconPlugConnected, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import type { ActView } from '#domain/act.ts'
import { useDesk, useLanguage, useSync, useWords, useWorklist } from '../../desk.ts'
import { stamp } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { ProblemNote, useSentence } from '../../ui/problem-note.tsx'
import { actLine, shortHash } from '../records/act-words.tsx'
import { SignInAgain } from '../session/sign-in-waiting.tsx'
import { TopEnd } from '../shell/top-end.tsx'
import { Conflicts } from './conflicts.tsx'
import { Transfers } from './transfers.tsx'

function Connection() {
  const { sync } = useWords()
  const language = useLanguage()
  const desk = useDesk()
  const sentenceOf = useSentence()
  const { view, busy, problem } = useSync(it => it)
  const online = view?.online ?? 'offline'
  const running = view?.state === 'running' || busy === 'run'
  const off = online === 'switched-off'
  const { run, setNetwork } = desk.sync.getState()
  return (
    <section className="card" data-testid="sync-connection" data-state={online}>
      <div className="bd col conn">
        <div className="row">
          {online === 'online' ? (
            <IconPlugConnected size={20} stroke={1.6} className="toki" aria-hidden="true" />
          ) : (
            <IconPlugConnectedX size={20} stroke={1.6} className="yama" aria-hidden="true" />
          )}
          <h2 className={`grow ${online === 'online' ? 'toki' : 'yama'}`}>{sync[online]}</h2>
          <button
            type="button"
            className="btn"
            role="switch"
            aria-checked={!off}
            disabled={busy === 'network'}
            onClick={() => void setNetwork(off)}
            data-testid="network-switch"
          >
            {off ? sync.goOnline : sync.goOffline}
          </button>
        </div>
        <div className="row wrap sm sec">
          <span>{view?.lastSync ? `${sync.last} ${stamp(view.lastSync, language)}` : sync.never}</span>
          {view?.nextTry && !running && <span>{sync.nextTry(stamp(view.nextTry, language))}</span>}
          {running && (
            <span className="row g1">
              <span className="spin s" />
              {sync.running}
            </span>
          )}
        </div>
        {problem && <ProblemNote problem={problem} />}
        {!problem && view?.problem && (
          <div className="note yama" data-testid="sync-problem">
            {sentenceOf(view.problem)}
          </div>
        )}
        <div className="row">
          <button type="button" className="btn p" disabled={running || off} onClick={() => void run()} data-testid="sync-run">
            <IconRefresh size={14} stroke={1.7} aria-hidden="true" />
            {sync.run}
          </button>
        </div>
        {online === 'sign-in-needed' && <SignInAgain />}
      </div>
    </section>
  )
}

export function useTitles() {
  const summaries = useWorklist(it => it.summaries)
  return {
    label: (caseId: string) => summaries.get(caseId)?.label ?? caseId,
    finding: (act: ActView) => {
      const id = 'findingId' in act.payload ? act.payload.findingId : undefined
      return id ? (summaries.get(act.header.caseId)?.index.find(it => it.findingId === id)?.title ?? '') : ''
    },
  }
}

function ActLines({ acts, testId }: { readonly acts: readonly ActView[]; readonly testId: string }) {
  const words = useWords()
  const language = useLanguage()
  const sentenceOf = useSentence()
  const titles = useTitles()
  return (
    <table className="act-lines" data-testid={testId}>
      <tbody>
        {acts.map(act => (
          <tr key={act.header.id} data-state={act.state}>
            <td className="nw seq">
              {act.receipt ? (
                <span className="row g1 toki">
                  <ActMark state={act.state} />
                  {words.sync.seq(act.receipt.seq)}
                </span>
              ) : (
                <ActMark state={act.state} />
              )}
            </td>
            <td className="ell">
              <b>{titles.label(act.header.caseId)}</b> {titles.finding(act)}{' '}
              <span className="sec">{actLine(act.payload, words)}</span>
              {act.problem && <div className="sm shu">{sentenceOf(act.problem)}</div>}
              {act.receipt?.staleBasis && <span className="tag yama">{words.sync.staleBasis}</span>}
            </td>
            <td className="nw sec sm">
              {act.header.actor.name} {stamp(act.receipt?.at ?? act.recordedAt, language)}
            </td>
            <td className="mono sm mut nw" title={act.receipt?.hash ?? act.header.payloadHash}>
              {shortHash(act.receipt?.hash ?? act.header.payloadHash)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Outbox() {
  const { sync } = useWords()
  const waiting = useSync(it => it.view?.waiting) ?? []
  const sending = waiting.filter(it => it.state !== 'refused' && it.state !== 'conflict')
  const refused = waiting.filter(it => it.state === 'refused')
  return (
    <section className="card" data-testid="outbox">
      <header>
        {sync.outbox} <ActMark state="recorded" count={sending.length} />
        <span className="sp" />
        <span className="sub">{sync.outboxNote}</span>
      </header>
      {sending.length === 0 ? <p className="bd mut">{sync.outboxEmpty}</p> : <ActLines acts={sending} testId="outbox-list" />}
      {refused.length > 0 && (
        <>
          <div className="ph shu">{sync.refused}</div>
          <ActLines acts={refused} testId="refused-list" />
        </>
      )}
    </section>
  )
}

function Receipts() {
  const { sync } = useWords()
  const receipts = useSync(it => it.view?.receipts) ?? []
  const sorted = [...receipts].sort((a, b) => (b.receipt?.seq ?? 0) - (a.receipt?.seq ?? 0))
  return (
    <section className="card grow fill-card" data-testid="receipts">
      <header>
        {sync.receipts} <ActMark state="accepted" count={receipts.length} />
        <span className="sp" />
        <span className="sub">{sync.receiptsNote}</span>
      </header>
      <div className="scroll">
        {sorted.length === 0 ? <p className="bd mut">{sync.receiptsEmpty}</p> : <ActLines acts={sorted} testId="receipt-list" />}
      </div>
    </section>
  )
}

export function SyncScreen() {
  const { sync } = useWords()
  return (
    <>
      <div className="topw">
        <div className="top-bar">
          <h1>{sync.title}</h1>
          <span className="sp" />
          <TopEnd />
        </div>
      </div>
      <main className="p8" data-testid="sync">
        <div className="col" data-pane="outbox">
          <Connection />
          <Outbox />
          <Receipts />
        </div>
        <div className="col scroll" data-pane="transfers">
          <Conflicts />
          <Transfers />
        </div>
      </main>
    </>
  )
}
