import type { TimelineItem } from '#domain/case.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { say } from '../../i18n/format.ts'
import { lanes, type Placed, type TimeScale, textWidth, ticks, timeScale } from './timeline-layout.ts'

const LEFT = 92
const LANE = 22
/** Rows of the graph; what happens once or twice in a life shares a row, its mark tells the kind. */
const ROWS = [['therapy'], ['specimen', 'test'], ['panel', 'diagnosis', 'outcome']] as const

function Shape({ kind, x, y }: { readonly kind: TimelineItem['kind']; readonly x: number; readonly y: number }) {
  switch (kind) {
    case 'specimen':
      return <path d={`M${x} ${y - 5}l5 9h-10z`} fill="var(--ink-2)" />
    case 'panel':
      return <rect x={x - 4.5} y={y - 4.5} width={9} height={9} fill="var(--ai-fill)" />
    case 'diagnosis':
      return <path d={`M${x} ${y - 5}l5 5-5 5-5-5z`} fill="var(--ink-2)" />
    default:
      return <circle cx={x} cy={y} r={4} fill="none" stroke="var(--ink-2)" strokeWidth={1.6} />
  }
}

function Lab({ items, scale, y }: { readonly items: readonly TimelineItem[]; readonly scale: TimeScale; readonly y: number }) {
  const values = items.map(it => it.value ?? 0)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const at = (value: number) => y + 12 - ((value - low) / (high - low || 1)) * 24
  const points = items.map(it => ({ x: scale.x(it.start), y: at(it.value ?? 0), it }))
  const last = points.at(-1)
  return (
    <g>
      <polyline points={points.map(p => `${p.x},${p.y}`).join(' ')} fill="none" stroke="var(--ink-2)" strokeWidth={1.4} />
      {points.map(p => (
        <circle key={p.it.id} cx={p.x} cy={p.y} r={2} fill="var(--ink-2)">
          <title>{`${p.it.start} ${p.it.value ?? ''} ${p.it.unit ?? ''}`}</title>
        </circle>
      ))}
      {last && (
        <text x={last.x + 7} y={last.y + 4} fontSize={12} fontWeight={600} fill="var(--ink)">
          {last.it.value} {last.it.unit}
        </text>
      )}
    </g>
  )
}

function Item({ placed, y, label }: { readonly placed: Placed; readonly y: number; readonly label: string }) {
  const { item, x, bar, side } = placed
  const after = x + bar + (bar > 0 ? 5 : 9)
  const at = side === 'inside' ? x + 6 : side === 'after' ? after : x - (bar > 0 ? 5 : 9)
  return (
    <g>
      <title>{`${label} ${item.start}${item.end ? ` – ${item.end}` : ''} ${item.response ?? ''}`}</title>
      {bar > 0 ? (
        <rect
          x={x}
          y={y - 9}
          width={bar}
          height={18}
          rx={2}
          fill="var(--steel-soft)"
          stroke="var(--steel)"
          strokeDasharray={item.end ? undefined : '3 2'}
        />
      ) : (
        <Shape kind={item.kind} x={x} y={y} />
      )}
      <text x={at} y={y + 4.5} fontSize={12} fill="var(--ink)" textAnchor={side === 'before' ? 'end' : 'start'}>
        {label}
      </text>
      {bar > 0 && item.response && (
        <text
          x={after + (side === 'after' ? textWidth(label) + 6 : 0)}
          y={y + 4.5}
          fontSize={12}
          fontWeight={600}
          fill="var(--shu)"
        >
          {item.response}
        </text>
      )}
    </g>
  )
}

/** The course of the disease: a row per kind, bars for therapies, marks for the rest, a line per laboratory value. */
export function TimelineGraph({ items, width }: { readonly items: readonly TimelineItem[]; readonly width: number }) {
  const { vocabulary, overview } = useWords()
  const language = useLanguage()
  const scale = timeScale(items, LEFT, width - 84)
  const label = (it: TimelineItem) => say(it.label, language)
  const labs = new Map<string, TimelineItem[]>()
  for (const it of items)
    if (it.kind === 'lab' && it.value !== undefined) labs.set(label(it), [...(labs.get(label(it)) ?? []), it])
  let y = 30
  const rows = ROWS.flatMap(kinds => {
    const mine = items.filter(it => kinds.some(kind => kind === it.kind))
    if (mine.length === 0) return []
    const placed = lanes(mine, scale, width, label)
    const top = y
    y += (Math.max(...placed.map(it => it.lane)) + 1) * LANE
    const present = kinds.filter(kind => mine.some(it => it.kind === kind))
    return [{ name: present.map(kind => vocabulary.timeline[kind]).join('・'), placed, top }]
  })
  const labRows = [...labs].map(([name, its]) => {
    const top = y
    y += 34
    return { name, items: its.sort((a, b) => a.start.localeCompare(b.start)), top }
  })
  return (
    <svg width={width} height={y + 2} role="img" aria-label={overview.timeline}>
      {ticks(scale, width).map(it => (
        <g key={it.iso}>
          <line x1={scale.x(it.iso)} x2={scale.x(it.iso)} y1={18} y2={y} stroke="var(--line)" />
          <text x={scale.x(it.iso)} y={12} fontSize={11} fill="var(--ink-3)" textAnchor="middle">
            {it.label}
          </text>
        </g>
      ))}
      {rows.map(({ name, placed, top }) => (
        <g key={name}>
          <text x={0} y={top + 6} fontSize={12} fill="var(--ink-3)">
            {name}
          </text>
          {placed.map(it => (
            <Item key={it.item.id} placed={it} y={top + it.lane * LANE + 2} label={label(it.item)} />
          ))}
        </g>
      ))}
      {labRows.map(({ name, items: its, top }) => (
        <g key={name}>
          <text x={0} y={top + 16} fontSize={12} fill="var(--ink-3)">
            {name}
          </text>
          <Lab items={its} scale={scale} y={top + 12} />
        </g>
      ))}
    </svg>
  )
}
