import type { CaseRecord } from '#domain/case.ts'
import { type Finding, SCHEMES } from '#domain/finding.ts'
import { show } from '#domain/locus.ts'
import { useLanguage, useReview, useWords } from '../../desk.ts'
import { plainDay, say, stamp } from '../../i18n/format.ts'
import { EvidenceBadge } from '../../ui/evidence-badge.tsx'
import { half } from '../case/finding-facts.ts'

/** Classifications side by side: a line per drug or implication, a column per scheme that says anything. */
export function Classifications({ finding }: { readonly finding: Finding }) {
  const { findings, vocabulary } = useWords()
  const language = useLanguage()
  const schemes = SCHEMES.filter(scheme => finding.classifications.some(it => it.scheme === scheme))
  const subjects = [...new Set(finding.classifications.map(it => it.subject ?? ''))].sort(
    (a, b) => Number(a === '') - Number(b === ''),
  )
  if (schemes.length === 0) return null
  return (
    <section>
      <h4>
        {findings.classifications} <span className="sub">{findings.classificationsNote}</span>
      </h4>
      <table className="cls">
        <thead>
          <tr>
            <th scope="col">{findings.subject}</th>
            {schemes.map(it => (
              <th scope="col" key={it} className="c">
                {vocabulary.scheme[it]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {subjects.map(subject => (
            <tr key={subject}>
              <th scope="row">{subject ? half(subject, language) : findings.general}</th>
              {schemes.map(scheme => (
                <td key={scheme} className="c">
                  {finding.classifications
                    .filter(it => it.scheme === scheme && (it.subject ?? '') === subject)
                    .map(it => (
                      <EvidenceBadge key={it.value} scheme={it.scheme} value={it.value} />
                    ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Why the classifications say what they say: their reasons, and the rules with their dates. */
export function Bases({ finding }: { readonly finding: Finding }) {
  const { findings } = useWords()
  const language = useLanguage()
  const bases = [...new Set(finding.classifications.map(it => (it.basis ? say(it.basis, language) : '')).filter(Boolean))]
  const rules = [...new Set(finding.classifications.map(it => it.rule).filter(it => it !== undefined))]
  if (bases.length + rules.length === 0) return null
  return (
    <section>
      <h4>{findings.basis}</h4>
      {bases.map(it => (
        <p key={it} className="sm sec">
          {it}
        </p>
      ))}
      {rules.length > 0 && <p className="sm mut">{rules.join('・')}</p>}
    </section>
  )
}

export function Facts({ finding, record }: { readonly finding: Finding; readonly record: CaseRecord }) {
  const { findings, vocabulary } = useWords()
  const language = useLanguage()
  const { hgvs } = finding
  const rows: [string, string | undefined][] = [
    [findings.position, `${show(finding.locus)}（${record.assembly}）`],
    ['HGVS', [hgvs?.g, hgvs?.c, hgvs?.p].filter(Boolean).join(' ') || undefined],
    [findings.transcript, hgvs?.transcript],
    [findings.consequence, finding.consequence],
    [findings.zygosity, finding.zygosity && vocabulary.zygosity[finding.zygosity]],
    [findings.inheritance, finding.inheritance && vocabulary.inheritance[finding.inheritance]],
    [findings.filterColumn, finding.filter],
    [
      findings.rna,
      finding.rna &&
        [
          say(finding.rna.text, language),
          finding.rna.junctionReads !== undefined && findings.junctionReads(finding.rna.junctionReads),
        ]
          .filter(Boolean)
          .join('・'),
    ],
    [findings.note, finding.note && say(finding.note, language)],
  ]
  return (
    <dl className="kv facts">
      {rows.map(
        ([name, value]) =>
          value && (
            <div key={name} className="kv-row">
              <dt>{name}</dt>
              <dd className="code wrap-any">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

export function Frequencies({ finding }: { readonly finding: Finding }) {
  const { findings } = useWords()
  const { frequencies = [] } = finding
  return (
    <section>
      <h4>{findings.frequencies}</h4>
      {frequencies.length === 0 ? (
        <p className="sm mut">{findings.noFrequencies}</p>
      ) : (
        <dl className="kv facts">
          {frequencies.map(it => (
            <div className="kv-row" key={it.population + it.source}>
              <dt>{it.population}</dt>
              <dd>
                <b className="tnum">{it.af === 0 ? '0' : it.af < 0.001 ? it.af.toExponential(1) : it.af.toFixed(4)}</b>{' '}
                <span className="sm mut">{it.source}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}

export function EvidenceList({ finding }: { readonly finding: Finding }) {
  const { findings } = useWords()
  const language = useLanguage()
  const defining = finding.evidence.filter(it => it.role === 'defining')
  const accompanying = finding.evidence.filter(it => it.role === 'accompanying')
  return (
    <section>
      <h4>
        {findings.evidence} <span className="sub">{findings.evidenceCount(defining.length, accompanying.length)}</span>
      </h4>
      {finding.evidence.length === 0 && <p className="sm mut">{findings.noEvidence}</p>}
      <ul className="plain ev">
        {[...defining, ...accompanying].map(it => (
          <li key={it.text.ja + it.text.en + it.source}>
            <span className={`tag ${it.role === 'defining' ? 'ai' : 'o'}`}>
              {it.role === 'defining' ? findings.defining : findings.accompanying}
            </span>
            <span className="grow">
              {say(it.text, language)}
              <span className="sm mut block">
                {half(it.source, language)} {it.date && plainDay(it.date, language)}
              </span>
            </span>
            {it.scheme && it.value && <EvidenceBadge scheme={it.scheme} value={it.value} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Comments and confirmation tests that stand on this finding. */
export function Trail({ finding }: { readonly finding: Finding }) {
  const { findings, vocabulary, order } = useWords()
  const language = useLanguage()
  const comments = useReview(it => it.review.findings.get(finding.id)?.comments)
  const orders = useReview(it => it.view?.orders)?.filter(it => it.findingId === finding.id) ?? []
  return (
    <>
      {orders.length > 0 && (
        <section data-testid="finding-orders">
          <h4>{findings.orders}</h4>
          {orders.map(it => (
            <div key={it.orderId} className="sm">
              <div className="row">
                <b>{vocabulary.method[it.method]}</b> <span className="sec">{it.specimenId}</span>
                <span className="sp" />
                <span
                  className={`tag ${it.state === 'resulted' ? 'toki' : it.state === 'rejected' ? 'shu' : 'yama'}`}
                  data-testid={`order-state-${it.state}`}
                >
                  {order[it.state]}
                </span>
              </div>
              <div className="mut">
                {stamp(it.orderedAt, language)} {it.serviceRequest && <span className="code">{it.serviceRequest}</span>}
              </div>
              {it.result && (
                <div className={it.result.outcome === 'confirmed' ? 'toki' : 'yama'}>
                  <b>{vocabulary.outcome[it.result.outcome]}</b> {it.result.text}
                </div>
              )}
            </div>
          ))}
        </section>
      )}
      {comments && comments.length > 0 && (
        <section>
          <h4>{findings.comments}</h4>
          {comments.map(it => (
            <p key={it.actId} className="sm">
              {it.text}
              <span className="mut">
                {' '}
                {it.by}・{stamp(it.at, language)}
              </span>
            </p>
          ))}
        </section>
      )}
    </>
  )
}
