import { expect, test } from 'vitest'
import { contract } from '#domain/contract.ts'
import { Problem } from '#domain/problems.ts'
import type { Call } from '../backend.ts'
import { NO_READ_MODEL } from '../cache/read-model.ts'
import { aFinding, anAct, aRecord, aView } from '../testing/sample-case.ts'
import { createCaseReview } from './case-review.ts'

const payload = { type: 'finding.pinned', findingId: 'f1', pinned: true } as const

function aReview(answers: Partial<Record<'case' | 'recordAct', (request: never) => unknown>>) {
  const asked: unknown[] = []
  const call = (async (endpoint: { path: string }, request: never) => {
    asked.push(request)
    const name = endpoint.path === contract.case.path ? 'case' : 'recordAct'
    return answers[name]?.(request)
  }) as unknown as Call
  return { asked, review: createCaseReview({ call, readModel: () => NO_READ_MODEL, onView: () => {} }) }
}

test('an act is recorded against the version and head that the person was looking at, and counts only after the reply', async () => {
  let acts: ReturnType<typeof anAct>[] = []
  const { asked, review } = aReview({
    case: () => aView(undefined, { acts }),
    recordAct: () => {
      const act = anAct(payload)
      acts = [act]
      return act
    },
  })
  await review.getState().open('WGS-26-0142')
  const writing = review.getState().record('pin:f1', payload)
  expect(review.getState().recording.has('pin:f1')).toBe(true)
  expect(review.getState().review.findings.get('f1')).toBeUndefined()
  await writing
  expect(asked[1]).toEqual({ caseId: 'WGS-26-0142', base: 7, manifestVersion: 3, payload })
  expect(review.getState().review.findings.get('f1')?.pinned).toBe(true)
  expect(review.getState().recording.size).toBe(0)
})

test('a failed record leaves nothing behind but its reason, and a second try clears it', async () => {
  let full = true
  const { review } = aReview({
    case: () => aView(),
    recordAct: () => {
      if (full) throw new Problem('disk-full')
      return anAct(payload)
    },
  })
  await review.getState().open('WGS-26-0142')
  expect(await review.getState().record('pin:f1', payload)).toBeUndefined()
  expect(review.getState().failures.get('pin:f1')?.code).toBe('disk-full')
  expect(review.getState().view?.acts).toEqual([])
  full = false
  await review.getState().record('pin:f1', payload)
  expect(review.getState().failures.size).toBe(0)
})

test('a late answer for one patient never stands under another', async () => {
  const late: (() => void)[] = []
  const { review } = aReview({
    case: (request: { caseId: string }) =>
      request.caseId === 'A'
        ? new Promise(resolve => late.push(() => resolve(aView(aRecord({ id: 'A', findings: [aFinding({ id: 'of-a' })] })))))
        : aView(aRecord({ id: 'B' })),
  })
  const first = review.getState().open('A')
  await review.getState().open('B')
  late[0]?.()
  await first
  expect(review.getState().view?.record.id).toBe('B')
})

test('a withdrawn case is emptied from memory', async () => {
  let gone = false
  const { review } = aReview({
    case: () => {
      if (gone) throw new Problem('withdrawn')
      return aView()
    },
  })
  await review.getState().open('WGS-26-0142')
  gone = true
  await review.getState().reload()
  expect(review.getState()).toMatchObject({ state: 'failed', view: undefined })
})

test('the record keeps its identity over acts, so that reads are not moved or counted again', async () => {
  const { review } = aReview({ case: () => structuredClone(aView()), recordAct: () => anAct(payload) })
  await review.getState().open('WGS-26-0142')
  const before = review.getState().view?.record
  await review.getState().reload()
  expect(review.getState().view?.record).toBe(before)
})
