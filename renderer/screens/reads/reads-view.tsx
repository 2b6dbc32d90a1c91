import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { CaseView } from '#domain/contract.ts'
import type { Finding } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import { isProblemCode, sentence } from '#domain/problems.ts'
import { GenomeViewer } from '#viewer/genome-viewer.tsx'
import type { ClickedFact } from '#viewer/igv.ts'
import type { Viewer, ViewerState } from '#viewer/viewer.ts'
import type { EventPart } from '#viewer/window-of.ts'
import { useSettings } from '../../desk.ts'
import { useKeys } from '../../keyboard/use-keys.ts'
import { KeyCap } from '../../ui/key-cap.tsx'
import { Segments } from '../../ui/segments.tsx'
import { ClickedFacts } from './clicked-facts.tsx'
import { caseFiles } from './file-source.ts'
import { GoTo } from './go-to.tsx'
import { READS_WORDS } from './reads-words.ts'

/** Reads of all specimens at a finding, or where the person goes, with what a pathologist turns while looking. */
export function ReadsView({ view, finding }: { readonly view: CaseView; readonly finding: Finding | undefined }) {
  const language = useSettings(it => it.language)
  const words = READS_WORDS[language]
  const { record } = view
  const viewer = useRef<Viewer | null>(null)
  const read = useMemo(() => caseFiles(record.id), [record.id])
  const paired = (finding?.breakpoints?.length ?? 0) > 1
  const [parts, setParts] = useState<{ finding: string | undefined; part: EventPart }>({ finding: finding?.id, part: 'pair' })
  const part = parts.finding === finding?.id ? parts.part : 'pair'
  const setPart = useCallback((next: EventPart) => setParts({ finding: finding?.id, part: next }), [finding?.id])
  const [state, setState] = useState<ViewerState | undefined>(undefined)
  const [color, setColor] = useState<'strand' | 'unexpectedPair'>('strand')
  const [clips, setClips] = useState(false)
  const [facts, setFacts] = useState<{ track: string; facts: readonly ClickedFact[] } | undefined>(undefined)
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const [asking, setAsking] = useState(false)

  const colour = (next: 'strand' | 'unexpectedPair') => {
    setColor(next)
    viewer.current?.setOptions({ colorBy: next })
  }
  const softClips = () => {
    setClips(!clips)
    viewer.current?.setOptions({ softClips: !clips })
  }
  useKeys([
    { keys: 'b', run: () => viewer.current?.sortByBase() },
    { keys: 's', run: () => colour(color === 'strand' ? 'unexpectedPair' : 'strand') },
    { keys: '+', run: () => viewer.current?.zoom(1) },
    { keys: '-', run: () => viewer.current?.zoom(-1) },
    { keys: 'ArrowLeft', run: () => void viewer.current?.pan(-1) },
    { keys: 'ArrowRight', run: () => void viewer.current?.pan(1) },
    { keys: 'g l', run: () => setAsking(true) },
    ...(paired
      ? [
          { keys: 'W', run: () => setPart('whole') },
          { keys: 'A', run: () => setPart('a') },
          { keys: 'B', run: () => setPart('b') },
          { keys: 'w', run: () => setPart('pair') },
        ]
      : []),
  ])

  const reads = Object.values(state?.alignments ?? {}).reduce((sum, n) => sum + n, 0)
  const bases = state?.loci.every(it => viewer.current?.reference.covers(it.contig, it.start, it.end)) ?? true
  const problem = (code: string, values: Readonly<Record<string, string | number>>) =>
    isProblemCode(code) ? sentence(code, language, values) : words.failed
  return (
    <section
      className="reads"
      aria-label={words.drawn}
      data-pane="reads"
      data-testid="reads-pane"
      data-reads={reads}
      data-busy={state?.busy ?? true}
    >
      <div className="reads-bar row">
        <span className="code sm ell grow" data-testid="reads-locus">
          {/* First, so that a narrow bar never cuts it off. */}
          {record.assembly}・{(state?.loci ?? []).map(show).join(' ｜ ')}
        </span>
        {paired && (
          <Segments
            label={words.part}
            value={part}
            onChange={setPart}
            options={[
              { value: 'pair', label: words.both, testId: 'part-pair' },
              { value: 'whole', label: words.whole, testId: 'part-whole' },
              { value: 'a', label: 'A', testId: 'part-a' },
              { value: 'b', label: 'B', testId: 'part-b' },
            ]}
          />
        )}
        <Segments
          label={words.color}
          value={color}
          onChange={colour}
          options={[
            { value: 'strand', label: words.strand },
            { value: 'unexpectedPair', label: words.pairs },
          ]}
        />
        {!paired && (
          <button type="button" className="btn s" onClick={() => viewer.current?.sortByBase()}>
            {words.sort} <KeyCap keys={['b']} />
          </button>
        )}
        <button type="button" className="btn s" aria-pressed={clips} onClick={softClips}>
          {words.softClips}
        </button>
        <GoTo words={words} asking={asking} onAsk={setAsking} go={text => viewer.current?.goTo(text) ?? Promise.resolve(false)} />
        <button type="button" className="btn s i" aria-label={words.zoomOut} onClick={() => viewer.current?.zoom(-1)}>
          <IconMinus size={14} />
        </button>
        <button type="button" className="btn s i" aria-label={words.zoomIn} onClick={() => viewer.current?.zoom(1)}>
          <IconPlus size={14} />
        </button>
      </div>
      <div className="reads-notes sm" role="status">
        {record.simulated && <span className="tag yama">{words.simulated}</span>}
        {state?.busy && <span className="mut">{words.loading}</span>}
        {state?.tooWide && <span className="tag yama">{words.tooWide}</span>}
        {!bases && <span className="mut">{words.noBases}</span>}
        {viewer.current && !viewer.current.genome.hasGenes && <span className="mut">{words.noGenes}</span>}
        {Object.entries(state?.problems ?? {}).map(([track, it]) => (
          <span key={track} className="tag shu" data-testid="reads-problem">
            {viewer.current?.tracks.find(known => known.id === track)?.label ?? track}: {problem(it.code, it.values)}
          </span>
        ))}
        {failure && <span className="tag shu">{failure}</span>}
      </div>
      <GenomeViewer
        record={record}
        finding={finding}
        part={part}
        read={read}
        language={language}
        handle={viewer}
        onState={setState}
        onClick={(clicked, track) => setFacts(clicked.length > 0 ? { track, facts: clicked } : undefined)}
        onProblem={() => setFailure(words.failed)}
      />
      {facts && <ClickedFacts words={words} track={facts.track} facts={facts.facts} onClose={() => setFacts(undefined)} />}
    </section>
  )
}
