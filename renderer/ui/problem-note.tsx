import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { isProblemCode, type Problem, sentence } from '#domain/problems.ts'
import { useLanguage } from '../desk.ts'

/** What happened and what to do, in the person's language. */
export function ProblemNote({ problem, children }: { readonly problem: Problem; readonly children?: ReactNode }) {
  const language = useLanguage()
  return (
    <div className="note shu" role="alert" data-testid="problem" data-problem={problem.code}>
      <IconAlertTriangle size={16} stroke={1.6} className="ic-top" aria-hidden="true" />
      <span className="grow">{sentence(problem.code, language, problem.values)}</span>
      {children}
    </div>
  )
}

/** The sentence of a code that travelled as text; an unknown code is shown as it is. */
export function useSentence(): (code: string) => string {
  const language = useLanguage()
  return code => (isProblemCode(code) ? sentence(code, language) : code)
}

export function useProblemSentence(): (problem: Problem) => string {
  const language = useLanguage()
  return problem => sentence(problem.code, language, problem.values)
}
