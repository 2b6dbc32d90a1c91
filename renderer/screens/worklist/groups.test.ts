import { expect, test } from 'vitest'
import { Problem } from '#domain/problems.ts'
import { summarise } from '../../cache/summary.ts'
import { NO_FILTER } from '../../stores/worklist.ts'
import { aRecord, aView } from '../../testing/sample-case.ts'
import { fits, grouped, type Line, needsAction, noticeOf } from './groups.ts'

const now = new Date(2026, 10, 24)
function aLine(id: string, change: Parameters<typeof aRecord>[0] = {}, more: Partial<Line> = {}): Line {
  const view = aView(aRecord({ id, label: id, ...change }))
  return { entry: { ...view.entry, id }, summary: summarise(view), problem: undefined, ...more }
}

const bad = { key: 'identity', label: { ja: '同一人', en: 'Identity' }, value: 'no', status: 'fail' as const }

test('what is stopped comes first, then panels by date, then undated, then returned', () => {
  const lines = [
    aLine('R', { stage: 'returned' }),
    aLine('U', { panelDate: undefined }),
    aLine('P2', { panelDate: '2026-12-03T16:00:00+09:00' }),
    aLine('P1'),
    aLine('Q', { quality: [bad] }),
  ]
  expect(grouped(lines).map(it => [it.kind, it.lines.map(line => line.entry.id).join()])).toEqual([
    ['attention', 'Q'],
    ['panel', 'P1'],
    ['panel', 'P2'],
    ['undated', 'U'],
    ['returned', 'R'],
  ])
})

test('a case that is only not here yet is no alarm; one that cannot be opened is', () => {
  const absent = aLine('A', {}, { summary: undefined, problem: new Problem('not-here') })
  const broken = aLine('B', {}, { summary: undefined, problem: new Problem('key-does-not-fit') })
  expect([noticeOf(absent), needsAction(absent)]).toEqual([undefined, false])
  expect([noticeOf(broken), needsAction(broken)]).toEqual(['problem', true])
})

test('filters: this week by calendar days, unfinished, and words in either language', () => {
  const line = aLine('P1')
  expect(fits(line, { ...NO_FILTER, which: 'week' }, now)).toBe(true)
  expect(fits(line, { ...NO_FILTER, which: 'week' }, new Date(2026, 10, 28))).toBe(false)
  expect(fits(line, { ...NO_FILTER, which: 'unfinished' }, now)).toBe(true)
  expect(fits(line, { ...NO_FILTER, text: 'cholangio' }, now)).toBe(true)
  expect(fits(line, { ...NO_FILTER, text: 'tp53' }, now)).toBe(true)
  expect(fits(line, { ...NO_FILTER, text: 'kras' }, now)).toBe(false)
})
