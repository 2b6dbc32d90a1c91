import { IconFlask } from '@tabler/icons-react'
import type { Recommendation } from '#domain/act.ts'
import { useWords } from '../../desk.ts'

const KINDS = ['none', 'drug', 'trial', 'test', 'counselling'] as const
const LEVELS = ['A', 'B', 'C', 'D', 'E', 'F', 'R'] as const
const ACCESS = ['approved', 'trial', 'advanced-care', 'patient-proposed', 'off-label'] as const

/** A treatment is never written without the line about confirmation beside it. */
export function RecommendationFields({
  value,
  onChange,
}: {
  readonly value: Recommendation
  readonly onChange: (value: Recommendation) => void
}) {
  const { decision, vocabulary } = useWords()
  const treats = value.kind === 'drug' || value.kind === 'trial'
  return (
    <div className="col g1">
      <div className="row g1 rec-row">
        <label className="grow">
          <span className="lab">{decision.recommendation}</span>
          <select
            className="pick wide"
            value={value.kind}
            onChange={event => {
              const kind = KINDS.find(it => it === event.currentTarget.value) ?? 'none'
              onChange({ kind, text: value.text })
            }}
            data-testid="recommendation-kind"
          >
            {KINDS.map(kind => (
              <option key={kind} value={kind}>
                {vocabulary.recommendation[kind]}
              </option>
            ))}
          </select>
        </label>
        {treats && (
          <>
            <label>
              <span className="lab">{decision.evidenceLevel}</span>
              <select
                className="pick wide"
                value={value.evidenceLevel ?? ''}
                onChange={event => onChange({ ...value, evidenceLevel: LEVELS.find(it => it === event.currentTarget.value) })}
                data-testid="recommendation-evidence"
              >
                <option value="">{decision.notSet}</option>
                {LEVELS.map(it => (
                  <option key={it}>{it}</option>
                ))}
              </select>
            </label>
            <label>
              <span className="lab">{decision.access}</span>
              <select
                className="pick wide"
                value={value.access ?? ''}
                onChange={event => onChange({ ...value, access: ACCESS.find(it => it === event.currentTarget.value) })}
                data-testid="recommendation-access"
              >
                <option value="">{decision.notSet}</option>
                {ACCESS.map(it => (
                  <option key={it} value={it}>
                    {vocabulary.access[it]}
                  </option>
                ))}
              </select>
            </label>
          </>
        )}
      </div>
      {value.kind !== 'none' && (
        <textarea
          className="field area"
          rows={2}
          maxLength={2000}
          placeholder={decision.recommendationHint}
          aria-label={decision.recommendationText}
          value={value.text}
          onChange={event => onChange({ ...value, text: event.currentTarget.value })}
          data-testid="recommendation-text"
        />
      )}
      {treats && (
        <span className="row g1 sm yama">
          <IconFlask size={14} stroke={1.6} aria-hidden="true" />
          {decision.confirmFirst}
        </span>
      )}
    </div>
  )
}
