import type { Classification } from '#domain/finding.ts'
import { useWords } from '../desk.ts'
import { type Strength, strengthOf } from './strength.ts'

/** Shape of each scheme in a box of `w` x 20: rounded square, pill, hexagon, notched flag. */
function outline(scheme: Classification['scheme'], w: number): string {
  switch (scheme) {
    case 'AMP':
      return `M4 1H${w - 4}a3 3 0 0 1 3 3V16a3 3 0 0 1-3 3H4a3 3 0 0 1-3-3V4a3 3 0 0 1 3-3z`
    case 'ACMG':
    case 'oncogenicity':
      return `M10 1H${w - 10}a9 9 0 0 1 0 18H10a9 9 0 0 1 0-18z`
    case 'JP':
      return `M6 1H${w - 6}L${w - 1} 10L${w - 6} 19H6L1 10z`
    case 'ESCAT':
      return `M1 1H${w - 1}L${w - 6} 10L${w - 1} 19H1z`
  }
}

const LOOK: Readonly<Record<Strength, { fill: string; stroke: string; width: number; ink: string; dash?: string }>> = {
  1: { fill: 'var(--shu-fill)', stroke: 'var(--shu-fill)', width: 1.4, ink: '#fff' },
  2: { fill: 'var(--yama-soft)', stroke: 'var(--yama-line)', width: 1.8, ink: 'var(--yama)' },
  3: { fill: 'var(--surface)', stroke: 'var(--ink-3)', width: 1.4, ink: 'var(--ink-2)' },
  4: { fill: 'var(--surface)', stroke: 'var(--steel)', width: 1.4, ink: 'var(--steel)', dash: '2.5 2' },
  R: { fill: 'var(--ink)', stroke: 'var(--ink)', width: 1.4, ink: 'var(--surface)' },
}

function widthOf(scheme: Classification['scheme'], value: string): number {
  let text = 0
  for (const letter of value) text += letter === 'I' ? 3.8 : letter === '-' ? 6 : 8.3
  if (scheme === 'JP') return Math.max(28, text + 16)
  if (scheme === 'ESCAT') return Math.max(30, text + 17)
  return Math.max(26, Math.round(text + 15))
}

/** A tier or class: strength by fill, scheme by shape, value by letter. Never without its letter. */
export function EvidenceBadge({ scheme, value }: Pick<Classification, 'scheme' | 'value'>) {
  const { vocabulary } = useWords()
  const { fill, stroke, width, ink, dash } = LOOK[strengthOf({ scheme, value })]
  const w = widthOf(scheme, value)
  const name = `${vocabulary.schemeLong[scheme]} ${value}`
  return (
    <svg className="bdg" width={w} height={20} viewBox={`0 0 ${w} 20`} role="img" aria-label={name}>
      <title>{name}</title>
      <path d={outline(scheme, w)} fill={fill} stroke={stroke} strokeWidth={width} strokeDasharray={dash} />
      <text x={scheme === 'ESCAT' ? w / 2 - 2 : w / 2} y={14.2} textAnchor="middle" fontSize={12} fontWeight={650} fill={ink}>
        {value}
      </text>
    </svg>
  )
}
