import { CASE_STAGES, type CaseStage } from '#domain/case.ts'
import { useWords } from '../desk.ts'

/** Six segments and the word; `waits` marks a stage that cannot go on without a person. */
export function StageSteps({ stage, waits = false }: { readonly stage: CaseStage; readonly waits?: boolean }) {
  const words = useWords()
  const at = CASE_STAGES.indexOf(stage)
  const name = words.stageOf(words.stage[stage], at + 1)
  return (
    <span className="row">
      <span className="steps" role="img" aria-label={name}>
        {CASE_STAGES.map((it, i) => (
          <i key={it} className={i < at ? 'd' : i === at ? (waits ? 'w' : 'n') : ''} />
        ))}
      </span>
      <span className="nw">{words.stage[stage]}</span>
    </span>
  )
}
