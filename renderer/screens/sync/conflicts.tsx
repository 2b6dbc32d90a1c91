import { IconGitMerge } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ActPayload, ActView } from '#domain/act.ts'
import { contract } from '#domain/contract.ts'
import { useDesk, useLanguage, useSync, useWords, useWorklist } from '../../desk.ts'
import { stamp } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { EvidenceBadge } from '../../ui/evidence-badge.tsx'
import { FindingTitle } from '../../ui/finding-title.tsx'

function Content({ payload }: { readonly payload: ActPayload }) {
  const { vocabulary, decision } = useWords()
  if (payload.type === 'finding.decided')
    return (
      <dl className="kv">
        <dt>{decision.agreed}</dt>
        <dd className="row wrap g1">
          {payload.classifications.map(it => (
            <EvidenceBadge key={it.scheme + (it.subject ?? '')} scheme={it.scheme} value={it.value} />
          ))}
        </dd>
        <dt>{decision.returns}</dt>
        <dd>{vocabulary.returns[payload.return]}</dd>
        <dt>{decision.level}</dt>
        <dd>{vocabulary.level(payload.level)}</dd>
        <dt>{decision.recommendation}</dt>
        <dd>
          {vocabulary.recommendation[payload.recommendation.kind]} {payload.recommendation.text}
        </dd>
        {payload.comment && (
          <>
            <dt>{decision.comment}</dt>
            <dd>{payload.comment}</dd>
          </>
        )}
      </dl>
    )
  if (payload.type === 'finding.dismissed')
    return (
      <dl className="kv">
        <dt>{decision.dismiss}</dt>
        <dd>{payload.reasons.map(it => vocabulary.reason[it]).join('・')}</dd>
        {payload.comment && (
          <>
            <dt>{decision.comment}</dt>
            <dd>{payload.comment}</dd>
          </>
        )}
      </dl>
    )
  return <p>{vocabulary.act[payload.type]}</p>
}

/** Both versions side by side. Nothing is chosen at the start; the machine never settles it. */
function Conflict({ caseId, acts }: { readonly caseId: string; readonly acts: readonly ActView[] }) {
  const words = useWords()
  const language = useLanguage()
  const desk = useDesk()
  const summary = useWorklist(it => it.summaries.get(caseId))
  const [keep, setKeep] = useState<string | undefined>(undefined)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const first = acts[0]
  const findingId = first && 'findingId' in first.payload ? first.payload.findingId : undefined
  const finding = summary?.index.find(it => it.findingId === findingId)
  const settle = async () => {
    if (!keep || !reason.trim()) return
    setBusy(true)
    await desk.sync.getState().resolve(
      caseId,
      acts.map(it => it.header.id),
      keep,
      reason.trim(),
    )
    setBusy(false)
  }
  return (
    <div className="conflict" data-testid="conflict">
      <div className="row wrap">
        <b className="code ai">{summary?.label ?? caseId}</b>
        {summary && <span>{summary.patient.name}</span>}
        {finding && <FindingTitle finding={finding} />}
        <span className="sp" />
        <span className="sm sec">{words.sync.bothKept}</span>
      </div>
      <div className="two">
        {acts.map(act => (
          <label
            key={act.header.id}
            className={`v ${keep === act.header.id ? 'on' : ''}`}
            data-testid={`conflict-side-${act.header.id}`}
          >
            <span className="row">
              <input
                type="radio"
                name={`keep-${caseId}-${findingId ?? ''}`}
                checked={keep === act.header.id}
                onChange={() => setKeep(act.header.id)}
              />
              <b>{act.mine ? words.sync.here : words.sync.there}</b>
              <span className="sp" />
              {act.receipt ? (
                <span className="toki sm">{words.sync.seq(act.receipt.seq)}</span>
              ) : (
                <ActMark state={act.state} word />
              )}
            </span>
            <span className="sm sec">
              {act.header.actor.name}・{act.header.actor.role}・{stamp(act.header.deviceTime, language)}
            </span>
            <Content payload={act.payload} />
          </label>
        ))}
      </div>
      <textarea
        className="field area"
        rows={2}
        maxLength={2000}
        placeholder={words.sync.reason}
        aria-label={words.sync.reason}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
        data-testid="conflict-reason"
      />
      <div className="row">
        <span className="sm sec grow">{words.sync.reasonHint}</span>
        <button
          type="button"
          className="btn p"
          disabled={!keep || !reason.trim() || busy}
          onClick={() => void settle()}
          data-testid="conflict-settle"
        >
          {busy && <span className="spin s" />}
          {words.sync.sign}
        </button>
      </div>
    </div>
  )
}

interface Standing {
  readonly caseId: string
  readonly acts: readonly ActView[]
}

/** The acts that stand against one another, read from the cases whose worklist line says so. */
export function useConflicts(): readonly Standing[] {
  const desk = useDesk()
  const summaries = useWorklist(it => it.summaries)
  const count = useSync(it => it.view?.outbox.conflict ?? 0)
  const [standing, setStanding] = useState<readonly Standing[]>([])
  const cases = [...summaries.values()]
    .filter(it => it.conflicts > 0)
    .map(it => `${it.id}@${it.revision}`)
    .join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed count asks again even when no case has changed its revision yet.
  useEffect(() => {
    let gone = false
    const read = async () => {
      const found: Standing[] = []
      for (const caseId of cases ? cases.split(' ').map(it => it.slice(0, it.lastIndexOf('@'))) : []) {
        const view = await desk.call(contract.case, { caseId }).catch(() => undefined)
        const settled = new Set(view?.acts.flatMap(it => (it.payload.type === 'conflict.resolved' ? it.payload.resolves : [])))
        const open = view?.acts.filter(it => it.state === 'conflict' && !settled.has(it.header.id)) ?? []
        const seen = new Set<string>()
        for (const act of open) {
          if (seen.has(act.header.id)) continue
          const acts = [act, ...(act.against ?? []).flatMap(id => view?.acts.filter(it => it.header.id === id) ?? [])]
          for (const it of acts) seen.add(it.header.id)
          found.push({ caseId, acts })
        }
      }
      if (!gone) setStanding(found)
    }
    void read()
    return () => {
      gone = true
    }
  }, [desk, cases, count])
  return standing
}

export function Conflicts() {
  const { sync } = useWords()
  const standing = useConflicts()
  return (
    <section className="card" data-testid="conflicts">
      <header className={standing.length > 0 ? 'shu' : ''}>
        <IconGitMerge size={16} stroke={1.6} aria-hidden="true" />
        {standing.length > 0 ? sync.conflicts : sync.conflictsNone}
        {standing.length > 0 && <span className="sub">{standing.length}</span>}
      </header>
      <div className="bd">
        {standing.length === 0 && <p className="sec sm">{sync.conflictsNoneNote}</p>}
        {standing.map(it => (
          <Conflict key={it.acts.map(act => act.header.id).join()} caseId={it.caseId} acts={it.acts} />
        ))}
      </div>
    </section>
  )
}
