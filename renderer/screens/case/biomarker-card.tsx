import type { Biomarker, CaseRecord } from '#domain/case.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { say } from '../../i18n/format.ts'
import { half } from './finding-facts.ts'

const TONES = ['var(--ai-fill)', 'var(--steel)', 'var(--ink-3)', 'var(--edge)', 'var(--line-2)', 'var(--line)']

function Signatures({ marker }: { readonly marker: Biomarker }) {
  const { vocabulary } = useWords()
  const language = useLanguage()
  const parts = [...(marker.parts ?? [])].sort((a, b) => b.share - a.share)
  return (
    <div className="bm wide">
      <div className="lab">
        {vocabulary.biomarker.signatures} <span className="b sec">{say(marker.status, language)}</span>
      </div>
      <div className="sig" aria-hidden="true">
        {parts.map((it, i) => (
          <i key={it.name} style={{ width: `${it.share * 100}%`, background: TONES[Math.min(i, TONES.length - 1)] }} />
        ))}
      </div>
      <div className="row wrap sm sig-names">
        {parts.map((it, i) => (
          <span key={it.name} className="nw">
            <i className="dot" style={{ background: TONES[Math.min(i, TONES.length - 1)] }} />
            <b>{it.name}</b> {Math.round(it.share * 100)} %
          </span>
        ))}
      </div>
    </div>
  )
}

export function BiomarkerCard({ record }: { readonly record: CaseRecord }) {
  const { overview, vocabulary } = useWords()
  const language = useLanguage()
  return (
    <section className="card biomarkers" aria-label={overview.biomarkers}>
      {record.biomarkers.map(it =>
        it.kind === 'signatures' && it.parts ? (
          <Signatures key={it.kind} marker={it} />
        ) : (
          <div className="bm" key={it.kind} title={it.method}>
            <div className="lab">{vocabulary.biomarker[it.kind]}</div>
            <div className="nw">
              <span className="num">{it.value ?? '—'}</span> <span className="sm sec">{it.unit && half(it.unit, language)}</span>
            </div>
            <div className="b">{say(it.status, language)}</div>
            {it.threshold && <div className="sm mut">{overview.threshold(it.threshold)}</div>}
          </div>
        ),
      )}
    </section>
  )
}
