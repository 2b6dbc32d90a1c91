import { IconStethoscope } from '@tabler/icons-react'
import type { CaseRecord, Trial } from '#domain/case.ts'
import { useDesk, useLanguage, useWords } from '../../desk.ts'
import { say } from '../../i18n/format.ts'
import { half } from './finding-facts.ts'

export function criteriaCounts(trial: Trial) {
  const of = (answer: Trial['criteria'][number]['answer']) => trial.criteria.filter(it => it.answer === answer).length
  return { met: of('met'), no: of('not-met'), unknown: of('unknown') }
}

/** A bar of the criteria: full met, slanted not met, dashed unknown; the counts are in words below it. */
export function CriteriaBar({ trial }: { readonly trial: Trial }) {
  return (
    <span className="crit" aria-hidden="true">
      {trial.criteria.map((it, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: criteria have no id and never change order.
        <i key={i} className={it.answer} />
      ))}
    </span>
  )
}

/** "Phase II" where a phase was given as a number; other words of the registry as they are. */
export function Phase({ trial }: { readonly trial: Trial }) {
  const { trials } = useWords()
  const language = useLanguage()
  const { phase = '' } = trial
  if (!/[\p{L}\d]/u.test(phase)) return null
  return <span className="sm mut ell">{/^[IVX1-4/ab]+$/.test(phase) ? trials.phase(phase) : half(phase, language)}</span>
}

export function TrialsCard({ record }: { readonly record: CaseRecord }) {
  const words = useWords()
  const language = useLanguage()
  const desk = useDesk()
  const { vocabulary, trials } = words
  return (
    <section className="card trials-card grow">
      <header>
        {words.overview.trials} <span className="sub">{record.trials.length}</span>
        <span className="sp" />
        <span className="sub">{trials.unknownNote}</span>
      </header>
      <div className="scroll bd0">
        {record.trials.length === 0 && (
          <p className="pad mut row">
            <IconStethoscope size={16} stroke={1.5} aria-hidden="true" /> {words.overview.trialsNone}
          </p>
        )}
        {record.trials.map(trial => {
          const { met, no, unknown } = criteriaCounts(trial)
          return (
            <button type="button" key={trial.id} className="trial-item" onClick={() => desk.place.getState().showTab('trials')}>
              <span className="row">
                <span className="code sm b">{trial.id}</span>
                <span className={`tag ${trial.recruitment === 'recruiting' ? 'toki' : ''}`}>
                  {vocabulary.recruitment[trial.recruitment]}
                </span>
                <Phase trial={trial} />
              </span>
              <span className="trial-title">{say(trial.title, language)}</span>
              <CriteriaBar trial={trial} />
              <span className="sm sec">{trials.counts(met, no, unknown)}</span>
            </button>
          )
        })}
      </div>
    </section>
  )
}
