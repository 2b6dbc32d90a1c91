// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid: a table cannot be drawn in parts; keys are handled by the screen, with a roving tab index.
// biome-ignore-all lint/a11y/useFocusableInteractive: a virtual grid: a table cannot be drawn in parts; keys are handled by the screen, with a roving tab index.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: a virtual grid: a table cannot be drawn in parts; keys are handled by the screen, with a roving tab index.
import { IconCheck, IconCircle, IconPin, IconX } from '@tabler/icons-react'
import type { CaseRecord } from '#domain/case.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { ActMark } from '../../ui/act-mark.tsx'
import { EvidenceBadge } from '../../ui/evidence-badge.tsx'
import { FindingTitle } from '../../ui/finding-title.tsx'
import { OriginRing } from '../../ui/origin-ring.tsx'
import { leading, strongest } from '../../ui/strength.ts'
import { callOf, fraction, vafOf } from '../case/finding-facts.ts'
import type { Row, RowState } from './list-model.ts'

function StateGlyph({ state }: { readonly state: RowState }) {
  const { findings } = useWords()
  const name = findings.row[state]
  if (state === 'draft') return <ActMark state="unrecorded" />
  if (state === 'conflict') return <ActMark state="conflict" />
  const icon = {
    settled: <IconCheck size={15} stroke={2} className="toki" />,
    dismissed: <IconX size={15} stroke={2} className="mut" />,
    pinned: <IconPin size={15} stroke={1.7} />,
    open: <IconCircle size={13} stroke={2.2} className="ai" />,
  }[state]
  return (
    <span role="img" aria-label={name} title={name}>
      {icon}
    </span>
  )
}

/** Two bars, tumour over normal, and the numbers. */
function Vaf({ tumour, normal }: { readonly tumour: number | undefined; readonly normal: number | undefined }) {
  if (tumour === undefined && normal === undefined) return <span className="mut">—</span>
  return (
    <>
      <svg width={26} height={12} aria-hidden="true">
        <rect width={26} height={12} fill="var(--sunken)" />
        <rect width={26 * (tumour ?? 0)} height={6} fill="var(--ink-2)" />
        <rect y={7} width={26 * (normal ?? 0)} height={5} fill="var(--edge)" />
      </svg>
      <span className="vaf">
        {tumour === undefined ? '—' : fraction(tumour)}
        <span className="mut"> / {normal === undefined ? '—' : fraction(normal)}</span>
      </span>
    </>
  )
}

export function FindingRow({
  row,
  record,
  chosen,
  onChoose,
}: {
  readonly row: Row & { kind: 'finding' }
  readonly record: CaseRecord
  readonly chosen: boolean
  readonly onChoose: () => void
}) {
  const words = useWords()
  const language = useLanguage()
  const { finding, state, review } = row
  const agreed = review?.decision?.classifications ?? []
  const badge = leading(finding, agreed)
  const jp = strongest(agreed, 'JP') ?? strongest(finding.classifications, 'JP')
  const tumour = vafOf(callOf(finding, record, 'tumour'))
  const normal = vafOf(callOf(finding, record, 'normal'))
  const comma = language === 'ja' ? '、' : ', '
  const name = [
    finding.title,
    words.vocabulary.origin[finding.origin],
    badge && `${words.vocabulary.schemeLong[badge.scheme]} ${badge.value}`,
    tumour !== undefined && `${words.vocabulary.role.tumour} ${fraction(tumour)}`,
    normal !== undefined && `${words.vocabulary.role.normal} ${fraction(normal)}`,
    words.findings.row[state],
  ].filter(Boolean)
  return (
    <div
      className={`fr ${chosen ? 'sel' : ''} ${state === 'dismissed' ? 'dismissed' : ''}`}
      role="row"
      aria-selected={chosen}
      aria-label={name.join(comma)}
      tabIndex={chosen ? 0 : -1}
      data-pane-focus={chosen ? '' : undefined}
      data-finding={finding.id}
      data-state={state}
      data-testid={`finding-${finding.id}`}
      onClick={onChoose}
    >
      <span role="gridcell" className="c">
        <StateGlyph state={state} />
      </span>
      <span role="gridcell">
        <OriginRing origin={finding.origin} />
      </span>
      <span role="gridcell" className="c">
        {badge && <EvidenceBadge {...badge} />}
      </span>
      <span role="gridcell" className="ell" title={finding.title}>
        <FindingTitle finding={finding} />
        {review?.pinned && state !== 'pinned' && <IconPin size={13} stroke={1.7} className="inline sec" aria-hidden="true" />}
      </span>
      <span role="gridcell" className="row g1 nw vaf-cell">
        <Vaf tumour={tumour} normal={normal} />
      </span>
      <span role="gridcell" className="c">
        {jp && <EvidenceBadge {...jp} />}
      </span>
    </div>
  )
}
