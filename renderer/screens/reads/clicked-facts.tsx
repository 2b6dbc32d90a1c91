import { IconX } from '@tabler/icons-react'
import type { ClickedFact } from '#viewer/igv.ts'
import type { READS_WORDS } from './reads-words.ts'

/** What igv knows about the clicked read or bar, as text: nothing of a file is ever taken for markup. */
export function ClickedFacts({
  words,
  track,
  facts,
  onClose,
}: {
  readonly words: (typeof READS_WORDS)['ja']
  readonly track: string
  readonly facts: readonly ClickedFact[]
  readonly onClose: () => void
}) {
  const lines = facts.filter(it => it.name !== undefined && it.value !== undefined)
  return (
    <aside className="clicked-facts" aria-label={words.facts} data-testid="clicked-facts">
      <div className="row between">
        <b>{track}</b>
        <button type="button" className="btn s i" aria-label={words.close} onClick={onClose}>
          <IconX size={14} />
        </button>
      </div>
      <dl>
        {lines.map((it, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: names repeat and the list never changes order
          <div key={at} className="row">
            <dt className="mut">{plain(it.name)}</dt>
            <dd className="tnum">{plain(it.value)}</dd>
          </div>
        ))}
      </dl>
    </aside>
  )
}

function plain(value: unknown): string {
  return String(value)
    .replace(/<[^>]*>/g, '')
    .slice(0, 400)
}
