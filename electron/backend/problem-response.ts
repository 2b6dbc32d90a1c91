import { randomUUID } from 'node:crypto'
import { Problem, type ProblemCode, sentence, statusOf } from '#domain/problems.ts'

/** Takes what nobody expected, under an id that a person can tell the administrator. It must hold no text of a patient. */
export type Report = (id: string, failure: unknown) => void

/** RFC 9457. Only the code and its values leave; never a stack, a path or another library's words. */
export function problemResponse(failure: unknown, report: Report): Response {
  if (failure instanceof Problem) return body(failure.code, failure.values)
  const id = randomUUID().slice(0, 8)
  report(id, failure)
  return body('internal', { id })
}

function body(code: ProblemCode, values: Readonly<Record<string, string | number>>): Response {
  const status = statusOf(code)
  return new Response(JSON.stringify({ type: `/problems/${code}`, title: sentence(code, 'en', values), status, code, values }), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  })
}
