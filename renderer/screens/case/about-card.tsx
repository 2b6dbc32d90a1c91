import type { CaseView } from '#domain/contract.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { day, plainDay, say, stamp } from '../../i18n/format.ts'

/** What this page rests on: version, who signed it, which pipeline and knowledge base, what the intake did not understand. */
export function AboutCard({ view }: { readonly view: CaseView }) {
  const words = useWords()
  const language = useLanguage()
  const { record, manifest, orders } = view
  const { overview, vocabulary } = words
  const family = record.pedigree.filter(it => !it.proband)
  return (
    <section className="card about">
      <header>
        {overview.history} <span className="sub">{overview.version(manifest.version)}</span>
      </header>
      <div className="bd col scroll">
        <dl className="kv">
          <dt>{overview.hospital}</dt>
          <dd>
            {record.hospital}・{vocabulary.system(record.system)}
          </dd>
          <dt>{overview.issued}</dt>
          <dd>{day(manifest.issuedAt, language)}</dd>
          <dt>{overview.signedBy}</dt>
          <dd className="code sm wrap-any">{manifest.signedBy}</dd>
          {record.pipeline && (
            <>
              <dt>{overview.pipeline}</dt>
              <dd className="sm">
                {record.pipeline.name} {record.pipeline.version}
              </dd>
            </>
          )}
          {record.knowledge && (
            <>
              <dt>{words.status.knowledge('').trim()}</dt>
              <dd className="sm">
                {record.knowledge.version}・{plainDay(record.knowledge.date, language)}
              </dd>
            </>
          )}
        </dl>
        {record.phenotypes.length > 0 && (
          <div>
            <div className="lab">{overview.phenotypes}</div>
            <div className="row wrap g1">
              {record.phenotypes.map(it => (
                <span key={it.id} className={`tag ${it.excluded ? 'o' : 'steel'}`} title={it.id}>
                  {language === 'ja' ? (it.labelJa ?? it.label) : it.label}
                  {it.excluded && `（${overview.excluded}）`}
                </span>
              ))}
            </div>
          </div>
        )}
        {family.length > 0 && (
          <div className="sm">
            <div className="lab">{overview.family}</div>
            {family.map(it => (
              <span key={it.id} className="nw">
                {it.id}{' '}
                <span className="mut">
                  {vocabulary.sex[it.sex]}・{overview.family3[it.affected]}
                </span>
                　
              </span>
            ))}
          </div>
        )}
        {orders.length > 0 && (
          <div className="sm">
            <div className="lab">{words.findings.orders}</div>
            {orders.map(it => (
              <div key={it.orderId} className="row between">
                <span>{vocabulary.method[it.method]}</span>
                <span className="mut nw">
                  {words.order[it.state]}・{stamp(it.orderedAt, language)}
                </span>
              </div>
            ))}
          </div>
        )}
        {record.intakeNotes.length > 0 && (
          <div className="sm">
            <div className="lab">{overview.notes}</div>
            {record.intakeNotes.map((it, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: notes have no id and never change order.
              <div key={i}>
                <span className="code mut">
                  {it.file} {it.line !== undefined && overview.line(it.line)}
                </span>{' '}
                {say(it.text, language)}
              </div>
            ))}
          </div>
        )}
      </div>
    </section>
  )
}
