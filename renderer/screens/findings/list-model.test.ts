import { expect, test } from 'vitest'
import { foldReview } from '#domain/review.ts'
import { aFinding, anAct } from '../../testing/sample-case.ts'
import { listModel, NO_FINDING_FILTER } from './list-model.ts'

const findings = [
  aFinding({ id: 'a', level: 3, title: 'TERT c.-124C>T', genes: ['TERT'] }),
  aFinding({ id: 'b', level: 1 }),
  aFinding({ id: 'c', level: 1, origin: 'germline', title: 'BRCA2 p.(Ser1882Ter)', genes: ['BRCA2'] }),
  aFinding({ id: 'd', level: 2, title: 'ARID1A p.(Gln766fs)', genes: ['ARID1A'] }),
]
const acts = [
  anAct({ type: 'finding.dismissed', findingId: 'b', reasons: ['strand-bias'], comment: '' }),
  anAct({ type: 'finding.pinned', findingId: 'c', pinned: true }),
]
const review = foldReview(acts)
const none = () => false
const ids = (filter = {}, draft: (id: string) => boolean = none) =>
  listModel(findings, review, draft, { ...NO_FINDING_FILTER, ...filter }).findings.map(it => it.finding.id)

test('findings stand by return level, with a head for each level that has any', () => {
  const { rows, counts } = listModel(findings, review, none, NO_FINDING_FILTER)
  expect(rows.map(it => (it.kind === 'level' ? `L${it.level}:${it.count}` : it.finding.id))).toEqual([
    'L1:2',
    'b',
    'c',
    'L2:1',
    'd',
    'L3:1',
    'a',
  ])
  expect(counts).toEqual({ all: 4, open: 3, draft: 0, pinned: 1, settled: 1 })
})

test('a draft is the most pressing state, and shows in its own segment', () => {
  const { findings: all } = listModel(findings, review, id => id === 'b', NO_FINDING_FILTER)
  expect(all.find(it => it.finding.id === 'b')?.state).toBe('draft')
  expect(ids({ segment: 'draft' }, id => id === 'b')).toEqual(['b'])
})

test('search finds genes, changes and positions with or without commas', () => {
  expect(ids({ text: 'brca' })).toEqual(['c'])
  expect(ids({ text: 'Gln766' })).toEqual(['d'])
  expect(ids({ text: 'chr17:7,675,088' })).toHaveLength(4)
  expect(ids({ text: 'chr17:7675088', origin: 'germline' })).toEqual(['c'])
})
