import { IconStethoscope } from '@tabler/icons-react'
import type { CaseRecord } from '#domain/case.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { plainDay, say } from '../../i18n/format.ts'
import { StateBox } from '../../ui/state-box.tsx'
import { CriteriaBar, criteriaCounts, Phase } from './trials-card.tsx'

export function TrialsTab({ record }: { readonly record: CaseRecord }) {
  const { trials, vocabulary } = useWords()
  const language = useLanguage()
  if (record.trials.length === 0)
    return (
      <main className="centre">
        <StateBox icon={<IconStethoscope stroke={1.5} />} title={trials.none}>
          {trials.noneNote}
        </StateBox>
      </main>
    )
  return (
    <main className="scroll trials-tab" data-testid="trials" data-pane="trials">
      <div className="note">{trials.unknownNote}</div>
      {record.trials.map(trial => {
        const { met, no, unknown } = criteriaCounts(trial)
        return (
          <section className="card" key={trial.id}>
            <header>
              <span className="code ai">{trial.id}</span>
              <span className={`tag ${trial.recruitment === 'recruiting' ? 'toki' : ''}`}>
                {vocabulary.recruitment[trial.recruitment]}
              </span>
              <Phase trial={trial} />
              <span className="sp" />
              <span className="sub">{trials.asOf(plainDay(trial.asOf, language))}</span>
            </header>
            <div className="bd col">
              <h3>{say(trial.title, language)}</h3>
              <div className="row wrap sm sec">
                {trial.site && <span>{say(trial.site, language)}</span>}
                {trial.otherIds && trial.otherIds.length > 0 && (
                  <span>
                    {trials.otherIds}: <span className="code">{trial.otherIds.join(', ')}</span>
                  </span>
                )}
              </div>
              <div className="row">
                <CriteriaBar trial={trial} />
                <span className="sm nw">{trials.counts(met, no, unknown)}</span>
              </div>
              <table className="crit-table">
                <thead>
                  <tr>
                    <th scope="col">{trials.criterion}</th>
                    <th scope="col">{trials.answer}</th>
                    <th scope="col">{trials.datum}</th>
                  </tr>
                </thead>
                <tbody>
                  {trial.criteria.map(it => (
                    <tr key={it.text.en + it.text.ja}>
                      <td>{say(it.text, language)}</td>
                      <td>
                        <span className="row g1 nw">
                          <span className="crit">
                            <i className={it.answer} />
                          </span>
                          <span className={it.answer === 'unknown' ? 'yama b' : it.answer === 'not-met' ? 'shu b' : ''}>
                            {vocabulary.criterion[it.answer]}
                          </span>
                        </span>
                      </td>
                      <td className="sec">{it.datum ? say(it.datum, language) : '—'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        )
      })}
    </main>
  )
}
