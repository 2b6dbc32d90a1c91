import { IconAlertTriangle, IconDna2, IconWifiOff, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'
import { isProblemCode, sentence } from '#domain/problems.ts'
import type { ClickedFact } from '#viewer/igv.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { useProblemSentence } from '../../ui/problem-note.tsx'
import { StateBox } from '../../ui/state-box.tsx'
import { ReadsBar, type ReadsView } from './reads-bar.tsx'
import { useViewer } from './use-viewer.ts'

/** What is said of a clicked read: text nodes only, whatever the file holds. */
function Facts({ facts, onClose }: { readonly facts: readonly ClickedFact[]; readonly onClose: () => void }) {
  const { reads, app } = useWords()
  return (
    <div className="reads-facts" data-testid="reads-facts">
      <div className="row between">
        <b>{reads.facts}</b>
        <button type="button" className="btn q sm icon" aria-label={app.close} onClick={onClose}>
          <IconX size={13} stroke={1.8} />
        </button>
      </div>
      <dl className="kv">
        {facts.map(
          (it, i) =>
            it.name && (
              // biome-ignore lint/suspicious/noArrayIndexKey: the facts of one click; names may repeat.
              <div className="kv-row" key={i}>
                <dt>{it.name}</dt>
                <dd className="code wrap-any">{String(it.value ?? '')}</dd>
              </div>
            ),
        )}
      </dl>
    </div>
  )
}

/** The reads of one finding. Says plainly when the files are missing or not here; a broken track leaves the others drawn. */
export function ReadsPane({ view, finding }: { readonly view: CaseView; readonly finding: Finding }) {
  const words = useWords()
  const language = useLanguage()
  const sentenceOf = useProblemSentence()
  const { findings, reads } = words
  const { record, entry } = view
  const host = useRef<HTMLDivElement>(null)
  const go = useRef<HTMLInputElement>(null)
  const hasReads = record.files.some(it => it.role === 'reads')
  const wanted = hasReads && entry.presence.state !== 'absent'
  const { viewer, state, problem } = useViewer(view, host, wanted)
  const [look, setLook] = useState<ReadsView>({ part: 'pair', colorBy: 'strand', softClips: false })
  const [shown, setShown] = useState<string | undefined>(undefined)
  const [facts, setFacts] = useState<readonly ClickedFact[]>([])
  const target = `${finding.id}|${look.part}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the finding is named by `target`; acts renew the object, not the place.
  useEffect(() => {
    if (!viewer) return
    let gone = false
    setFacts([])
    void viewer.showFinding(finding, look.part).then(
      () => {
        if (!gone) setShown(target)
      },
      () => {
        if (!gone) setShown(target)
      },
    )
    return () => {
      gone = true
    }
  }, [viewer, target])
  useEffect(() => viewer?.onClick(clicked => setFacts(clicked)), [viewer])
  const change = (part: Partial<ReadsView>) => {
    setLook(held => ({ ...held, ...part }))
    if (part.colorBy !== undefined || part.softClips !== undefined) viewer?.setOptions(part)
  }
  const paired = (finding.breakpoints?.length ?? 0) > 1
  useKeys([
    { keys: 'b', run: () => viewer?.sortByBase() },
    { keys: 's', run: () => change({ colorBy: look.colorBy === 'strand' ? 'none' : 'strand' }) },
    { keys: '+', run: () => viewer?.zoom(1) },
    { keys: '-', run: () => viewer?.zoom(-1) },
    { keys: 'ArrowLeft', run: () => void viewer?.pan(-1) },
    { keys: 'ArrowRight', run: () => void viewer?.pan(1) },
    { keys: 'g l', run: () => go.current?.focus() },
    ...(paired
      ? (
          [
            ['w', 'pair'],
            ['W', 'whole'],
            ['A', 'a'],
            ['B', 'b'],
          ] as const
        ).map(([keys, part]) => ({ keys, run: () => change({ part }) }))
      : []),
  ])
  const broken = Object.entries(state?.problems ?? {})
  const moving = shown !== target
  return (
    <section
      className="reads"
      aria-label={findings.pane.reads}
      data-pane="reads"
      data-testid="reads-pane"
      data-shown={moving ? '' : finding.id}
    >
      <ReadsBar
        viewer={viewer}
        state={state}
        finding={finding}
        assembly={record.assembly}
        look={look}
        onLook={change}
        goRef={go}
      />
      <div className="reads-body">
        <div className={`reads-host ${moving ? 'moving' : ''}`} ref={host} data-testid="reads-host" />
        {!wanted && (
          <div className="reads-cover">
            {hasReads ? (
              <StateBox tone="yama" icon={<IconWifiOff stroke={1.5} />} title={findings.readsAbsent}>
                {findings.readsAbsentNote}
              </StateBox>
            ) : (
              <StateBox icon={<IconDna2 stroke={1.5} />} title={findings.readsWithoutFile} />
            )}
          </div>
        )}
        {wanted && problem && (
          <div className="reads-cover">
            <StateBox tone="shu" icon={<IconAlertTriangle stroke={1.5} />} title={reads.failed}>
              {sentenceOf(problem)}
            </StateBox>
          </div>
        )}
        {wanted && !problem && !viewer && (
          <div className="reads-cover">
            <span className="row sec">
              <span className="spin" /> {reads.opening}
            </span>
          </div>
        )}
        {state?.tooWide && <div className="note yama sm reads-note">{reads.tooWide}</div>}
        {broken.length > 0 && (
          <div className="note shu sm reads-note" data-testid="reads-problem">
            <span>
              {broken.map(([track, it]) => (
                <span className="block" key={track}>
                  <b>{viewer?.tracks.find(one => one.id === track)?.label ?? track}</b>{' '}
                  {isProblemCode(it.code) ? sentence(it.code, language, it.values) : it.code}
                </span>
              ))}
            </span>
          </div>
        )}
        {facts.length > 0 && <Facts facts={facts} onClose={() => setFacts([])} />}
      </div>
    </section>
  )
}
