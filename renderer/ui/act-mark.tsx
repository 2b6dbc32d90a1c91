import type { ActState } from '#domain/act.ts'
import { useWords } from '../desk.ts'

export type MarkState = ActState | 'unrecorded'

const LOOK: Readonly<Record<MarkState, { tone: string; shape: React.ReactNode }>> = {
  unrecorded: {
    tone: 'yama',
    shape: <circle cx={7} cy={7} r={5} fill="none" stroke="currentColor" strokeWidth={1.7} strokeDasharray="2.4 2" />,
  },
  recorded: { tone: 'sec', shape: <Ring /> },
  sending: { tone: 'ai', shape: <Ring /> },
  accepted: {
    tone: 'toki',
    shape: (
      <>
        <circle cx={7} cy={7} r={6} fill="currentColor" />
        <path d="M4.2 7.2l2 2 3.6-4" fill="none" stroke="var(--surface)" strokeWidth={1.6} />
      </>
    ),
  },
  conflict: { tone: 'shu', shape: <Diamond /> },
  refused: { tone: 'shu', shape: <Diamond /> },
}

function Ring() {
  return (
    <>
      <circle cx={7} cy={7} r={5.2} fill="none" stroke="currentColor" strokeWidth={1.6} />
      <circle cx={7} cy={7} r={2.4} fill="currentColor" />
    </>
  )
}

function Diamond() {
  return (
    <>
      <path d="M7 .6 13.4 7 7 13.4.6 7z" fill="currentColor" />
      <path d="M7 4v3.6M7 9.4v.6" stroke="var(--surface)" strokeWidth={1.6} />
    </>
  )
}

/** Life of an act. It is fed by recorded acts only: "recorded" after the reply, "received" with a receipt, never by hope. */
export function ActMark({
  state,
  word = false,
  count,
}: {
  readonly state: MarkState
  readonly word?: boolean
  readonly count?: number
}) {
  const { vocabulary } = useWords()
  const name = state === 'unrecorded' ? vocabulary.unrecorded : vocabulary.actState[state]
  const { tone, shape } = LOOK[state]
  return (
    <span
      className={`sv-mark ${tone}`}
      data-testid={`act-mark-${state}`}
      {...(word ? {} : { role: 'img', 'aria-label': name, title: name })}
    >
      <svg width={14} height={14} viewBox="0 0 14 14" aria-hidden="true">
        {shape}
      </svg>
      {word && <span>{name}</span>}
      {count !== undefined && <span className="sec">{count}</span>}
    </span>
  )
}
