import { IconPlus, IconX } from '@tabler/icons-react'
import { type Classification, SCHEMES } from '#domain/finding.ts'
import { REPORT_LEVELS } from '#domain/report-level.ts'
import type { DecisionDraft } from '../../cache/draft.ts'
import { useLanguage, useWords } from '../../desk.ts'
import { EvidenceBadge } from '../../ui/evidence-badge.tsx'
import { LevelBars } from '../../ui/level-bars.tsx'
import { Segments } from '../../ui/segments.tsx'
import { SCHEME_VALUES } from '../../ui/strength.ts'
import { half } from '../case/finding-facts.ts'
import { lacks, valuesOf } from './decision.ts'
import { RecommendationFields } from './recommendation-fields.tsx'

type Change = (change: Partial<DecisionDraft>) => void

function Agreed({ draft, change }: { readonly draft: DecisionDraft; readonly change: Change }) {
  const { decision, vocabulary } = useWords()
  const language = useLanguage()
  const set = (at: number, value: string) =>
    change({ classifications: draft.classifications.map((it, i) => (i === at ? { ...it, value } : it)) })
  const missing = SCHEMES.filter(scheme => !draft.classifications.some(it => it.scheme === scheme))
  const add = (scheme: Classification['scheme']) =>
    change({ classifications: [...draft.classifications, { scheme, value: SCHEME_VALUES[scheme][0] ?? '' }] })
  return (
    <div className="col g1">
      <span className="lab">{decision.agreed}</span>
      {draft.classifications.map((it, i) => (
        <div className="row agreed" key={`${it.scheme}|${it.subject ?? ''}`}>
          <span className="badge-cell">
            <EvidenceBadge scheme={it.scheme} value={it.value} />
          </span>
          <span className="ell grow sm" title={it.subject}>
            {vocabulary.scheme[it.scheme]}
            {it.subject && <span className="mut">　{half(it.subject, language)}</span>}
          </span>
          <select
            className="pick"
            value={it.value}
            onChange={event => set(i, event.currentTarget.value)}
            aria-label={`${vocabulary.schemeLong[it.scheme]} ${it.subject ?? ''}`}
            data-testid={`agreed-${it.scheme}`}
          >
            {valuesOf(it.scheme, it.value).map(value => (
              <option key={value}>{value}</option>
            ))}
          </select>
          <button
            type="button"
            className="btn q sm icon"
            aria-label={`${decision.removeDissent} ${it.scheme}`}
            onClick={() => change({ classifications: draft.classifications.filter((_, at) => at !== i) })}
          >
            <IconX size={13} stroke={1.8} />
          </button>
        </div>
      ))}
      {missing.length > 0 && draft.classifications.length < 8 && (
        <div className="row wrap g1">
          {missing.map(scheme => (
            <button key={scheme} type="button" className="btn sm q" onClick={() => add(scheme)}>
              <IconPlus size={12} stroke={1.8} aria-hidden="true" />
              {vocabulary.scheme[scheme]}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

function Dissents({ draft, change }: { readonly draft: DecisionDraft; readonly change: Change }) {
  const { decision } = useWords()
  const set = (at: number, part: { name?: string; text?: string }) =>
    change({ dissents: draft.dissents.map((it, i) => (i === at ? { ...it, ...part } : it)) })
  return (
    <div className="col g1">
      {draft.dissents.map((it, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a dissent under edit has no id yet.
        <div className="dissent" key={i}>
          <input
            className="field"
            placeholder={decision.dissentName}
            aria-label={decision.dissentName}
            value={it.name}
            maxLength={120}
            onChange={event => set(i, { name: event.currentTarget.value })}
            data-testid={`dissent-name-${i}`}
          />
          <button
            type="button"
            className="btn q sm icon"
            aria-label={decision.removeDissent}
            onClick={() => change({ dissents: draft.dissents.filter((_, at) => at !== i) })}
          >
            <IconX size={13} stroke={1.8} />
          </button>
          <textarea
            className="field area"
            placeholder={decision.dissentText}
            aria-label={decision.dissentText}
            value={it.text}
            rows={2}
            maxLength={2000}
            onChange={event => set(i, { text: event.currentTarget.value })}
            data-testid={`dissent-text-${i}`}
          />
        </div>
      ))}
      <span>
        <button
          type="button"
          className="btn sm q"
          onClick={() => change({ dissents: [...draft.dissents, { name: '', text: '' }] })}
          disabled={draft.dissents.length >= 20}
          data-testid="add-dissent"
        >
          <IconPlus size={12} stroke={1.8} aria-hidden="true" />
          {decision.addDissent}
        </button>
      </span>
    </div>
  )
}

/** The decision as it is being made. Every change makes or renews the sealed draft; nothing here is recorded yet. */
export function DecisionForm({
  draft,
  change,
  failed,
}: {
  readonly draft: DecisionDraft
  readonly change: Change
  readonly failed: boolean
}) {
  const { decision, vocabulary } = useWords()
  const missing = lacks(draft)
  return (
    <div className="col decision-form" data-testid="decision-form">
      <div className="col g1">
        <span className="lab">{decision.returns}</span>
        <Segments
          className="fill strong"
          label={decision.returns}
          value={draft.return}
          options={(['return', 'hold', 'do-not-return'] as const).map(value => ({
            value,
            label: vocabulary.returns[value],
            testId: `return-${value}`,
          }))}
          onChange={value => change({ return: value })}
        />
      </div>
      <div className="col g1">
        <span className="lab">{decision.level}</span>
        <Segments
          className="fill"
          label={decision.level}
          value={String(draft.level) as '1' | '2' | '3'}
          options={REPORT_LEVELS.map(level => ({
            value: String(level) as '1' | '2' | '3',
            label: (
              <>
                <LevelBars level={level} /> {vocabulary.level(level)}
              </>
            ),
            testId: `level-${level}`,
          }))}
          onChange={value => change({ level: REPORT_LEVELS.find(it => String(it) === value) ?? draft.level })}
        />
      </div>
      <Agreed draft={draft} change={change} />
      <RecommendationFields value={draft.recommendation} onChange={recommendation => change({ recommendation })} />
      <label className="col g1">
        <span className="lab">{decision.comment}</span>
        <textarea
          className="field area"
          rows={2}
          maxLength={4000}
          value={draft.comment}
          onChange={event => change({ comment: event.currentTarget.value })}
          data-testid="decision-comment"
        />
      </label>
      <Dissents draft={draft} change={change} />
      {failed && missing.length > 0 && (
        <ul className="plain sm shu" role="alert" data-testid="decision-lacks">
          {missing.map(it => (
            <li key={it}>{decision[it]}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
