import { IconMinus, IconPlus } from '@tabler/icons-react'
import { type RefObject, useState } from 'react'
import type { Finding } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import type { ReadsOptions } from '#viewer/tracks.ts'
import type { Viewer, ViewerState } from '#viewer/viewer.ts'
import type { EventPart } from '#viewer/window-of.ts'
import { useWords } from '../../desk.ts'
import { KeyCap } from '../../ui/key-cap.tsx'
import { Segments } from '../../ui/segments.tsx'

export interface ReadsView {
  readonly part: EventPart
  readonly colorBy: ReadsOptions['colorBy']
  readonly softClips: boolean
}

/** Where we are, and the verbs of the viewer. Each has a key. */
export function ReadsBar({
  viewer,
  state,
  finding,
  assembly,
  look,
  onLook,
  goRef,
}: {
  readonly viewer: Viewer | undefined
  readonly state: ViewerState | undefined
  readonly finding: Finding
  readonly assembly: string
  readonly look: ReadsView
  readonly onLook: (change: Partial<ReadsView>) => void
  readonly goRef: RefObject<HTMLInputElement | null>
}) {
  const { findings, reads, structural } = useWords()
  const [text, setText] = useState('')
  const [missed, setMissed] = useState(false)
  const paired = (finding.breakpoints?.length ?? 0) > 1
  const go = async () => {
    if (!viewer || !text.trim()) return
    const found = await viewer.goTo(text)
    setMissed(!found)
    if (found) goRef.current?.blur()
  }
  return (
    <div className="reads-bar row">
      <b>{findings.reads}</b>
      <span className="code sm sec ell where" data-testid="reads-locus">
        {state?.loci.map(show).join(' ｜ ') ?? ''}・{assembly}
      </span>
      <span className="sp" />
      {paired && (
        <Segments
          label={structural.title}
          value={look.part}
          options={[
            { value: 'pair', label: structural.views.paired, testId: 'reads-pair' },
            { value: 'a', label: structural.views.a, testId: 'reads-a' },
            { value: 'b', label: structural.views.b, testId: 'reads-b' },
            { value: 'whole', label: structural.views.whole, testId: 'reads-whole' },
          ]}
          onChange={part => onLook({ part })}
        />
      )}
      {!paired && (
        <button type="button" className="btn" onClick={() => viewer?.sortByBase()} disabled={!viewer} data-testid="reads-sort">
          {reads.sort} <KeyCap keys={['b']} />
        </button>
      )}
      <Segments
        label={reads.colour}
        value={look.colorBy === 'strand' ? 'strand' : look.colorBy === 'none' ? 'none' : 'pair'}
        options={[
          { value: 'strand', label: reads.strand, testId: 'reads-strand' },
          { value: 'pair', label: reads.pair, testId: 'reads-pairs' },
          { value: 'none', label: reads.plain, testId: 'reads-plain' },
        ]}
        onChange={value => onLook({ colorBy: value === 'pair' ? 'unexpectedPair' : value })}
      />
      <button
        type="button"
        className="btn"
        aria-pressed={look.softClips}
        onClick={() => onLook({ softClips: !look.softClips })}
        data-testid="reads-softclips"
      >
        {reads.softClips}
      </button>
      <button
        type="button"
        className="btn"
        aria-label={reads.zoomOut}
        onClick={() => viewer?.zoom(-1)}
        data-testid="reads-zoom-out"
      >
        <IconMinus size={13} stroke={1.8} />
      </button>
      <button type="button" className="btn" aria-label={reads.zoomIn} onClick={() => viewer?.zoom(1)} data-testid="reads-zoom-in">
        <IconPlus size={13} stroke={1.8} />
      </button>
      <span className="in go">
        <input
          ref={goRef}
          className="bare"
          placeholder={reads.goTo}
          aria-label={reads.goTo}
          aria-invalid={missed}
          title={missed ? reads.notFound : reads.goTo}
          value={text}
          onChange={event => {
            setText(event.currentTarget.value)
            setMissed(false)
          }}
          onKeyDown={event => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) void go()
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
          data-testid="reads-go"
        />
      </span>
    </div>
  )
}
