import { IconFileText } from '@tabler/icons-react'
import { useState } from 'react'
import type { ActView } from '#domain/act.ts'
import type { CaseView } from '#domain/contract.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { stamp } from '../../i18n/format.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { useSentence } from '../../ui/problem-note.tsx'
import { StateBox } from '../../ui/state-box.tsx'
import { TakeBackDialog } from '../findings/act-dialogs.tsx'
import { actLine, shortHash } from './act-words.tsx'

function Line({
  act,
  title,
  takenBack,
  onTakeBack,
}: {
  act: ActView
  title: string
  takenBack: boolean
  onTakeBack: () => void
}) {
  const words = useWords()
  const language = useLanguage()
  const sentenceOf = useSentence()
  const { header, payload, state, receipt } = act
  return (
    <tr className={takenBack ? 'dismissed' : ''} data-testid={`act-${header.id}`} data-state={state}>
      <td className="nw">
        <ActMark state={state} word />
      </td>
      <td className="nw tnum">{stamp(act.recordedAt, language)}</td>
      <td className="nw">
        {header.actor.name} {act.mine && <span className="sm mut">{words.records.mine}</span>}
      </td>
      <td>
        {actLine(payload, words)} {takenBack && <span className="tag">{words.records.takenBack}</span>}
        {act.problem && <div className="sm shu">{sentenceOf(act.problem)}</div>}
      </td>
      <td className="ell" title={title}>
        {title}
      </td>
      <td className="nw">
        {receipt ? (
          <>
            <b className="toki">{words.sync.seq(receipt.seq)}</b> <span className="sm mut">{stamp(receipt.at, language)}</span>
            {receipt.staleBasis && <span className="tag yama">{words.sync.staleBasis}</span>}
          </>
        ) : (
          <span className="mut">—</span>
        )}
      </td>
      <td className="mono sm mut nw" title={receipt?.hash ?? header.payloadHash}>
        {shortHash(receipt?.hash ?? header.payloadHash)}
      </td>
      <td className="r">
        {act.mine &&
          !takenBack &&
          (payload.type === 'finding.decided' ||
            payload.type === 'finding.dismissed' ||
            payload.type === 'finding.pinned' ||
            payload.type === 'comment.added') && (
            <button type="button" className="btn sm q" onClick={onTakeBack}>
              {words.decision.takeBack}
            </button>
          )}
      </td>
    </tr>
  )
}

/** Everything people did on this case, newest first; what was taken back stays readable. */
export function RecordsTab({ view }: { readonly view: CaseView }) {
  const words = useWords()
  const [back, setBack] = useState<string | undefined>(undefined)
  const { records } = words
  const gone = new Set(
    view.acts.flatMap(it => (it.payload.type === 'act.taken-back' && it.state !== 'refused' ? [it.payload.actId] : [])),
  )
  const titleOf = (act: ActView) => {
    const id = 'findingId' in act.payload ? act.payload.findingId : undefined
    return id ? (view.record.findings.find(it => it.id === id)?.title ?? id) : records.whole
  }
  const acts = [...view.acts].sort((a, b) => b.recordedAt.localeCompare(a.recordedAt))
  if (acts.length === 0)
    return (
      <main className="centre">
        <StateBox icon={<IconFileText stroke={1.5} />} title={records.none} testId="records-empty">
          {records.noneNote}
        </StateBox>
      </main>
    )
  const { columns } = records
  return (
    <main className="pad records" data-testid="records" data-pane="records">
      <section className="card">
        <div className="scroll">
          <table>
            <thead>
              <tr>
                {[columns.state, columns.at, columns.who, columns.what, columns.target, columns.receipt, columns.hash].map(it => (
                  <th scope="col" key={it}>
                    {it}
                  </th>
                ))}
                <th scope="col" aria-label={words.decision.takeBack} />
              </tr>
            </thead>
            <tbody>
              {acts.map(act => (
                <Line
                  key={act.header.id}
                  act={act}
                  title={titleOf(act)}
                  takenBack={gone.has(act.header.id)}
                  onTakeBack={() => setBack(act.header.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {back && <TakeBackDialog actId={back} onClose={() => setBack(undefined)} />}
    </main>
  )
}
