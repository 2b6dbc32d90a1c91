import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import type { CaseRecord, TimelineItem } from '#domain/case.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { plainDay, say } from '../../i18n/format.ts'
import { TimelineGraph } from './timeline-graph.tsx'

function TimelineTable({ items }: { readonly items: readonly TimelineItem[] }) {
  const { vocabulary } = useWords()
  const language = useLanguage()
  return (
    <table className="sm">
      <tbody>
        {[...items]
          .sort((a, b) => a.start.localeCompare(b.start))
          .map(it => (
            <tr key={it.id}>
              <td className="nw mut">
                {plainDay(it.start, language)}
                {it.end && ` – ${plainDay(it.end, language)}`}
              </td>
              <td className="nw">{vocabulary.timeline[it.kind]}</td>
              <td>
                {say(it.label, language)} {it.value !== undefined && `${it.value} ${it.unit ?? ''}`}
              </td>
              <td className="nw shu">{it.response}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}

export function TimelineCard({ record }: { readonly record: CaseRecord }) {
  const { overview } = useWords()
  const { ref, width } = useElementSize()
  const [asTable, setAsTable] = useState(false)
  return (
    <section className="card timeline" data-testid="timeline">
      <header>
        {overview.timeline}
        <span className="sp" />
        <button type="button" className="link sm" style={{ fontWeight: 400 }} onClick={() => setAsTable(!asTable)}>
          {asTable ? overview.asGraph : overview.asTable}
        </button>
      </header>
      <div className="bd scroll" ref={ref}>
        {asTable ? (
          <TimelineTable items={record.timeline} />
        ) : (
          width > 0 && <TimelineGraph items={record.timeline} width={width} />
        )}
      </div>
    </section>
  )
}
