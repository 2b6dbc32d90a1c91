import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActPayload, ActView } from './act.ts'
import { foldReview } from './review.ts'
import { anAct } from './testing.ts'

const decided = (tier: string, findingId = 'f1'): ActPayload => ({
  type: 'finding.decided',
  findingId,
  classifications: [{ scheme: 'AMP', value: tier }],
  level: 1,
  recommendation: { kind: 'none', text: '' },
  return: 'return',
  dissents: [],
  comment: '',
})
const tierOf = (acts: ActView[], id = 'f1') => foldReview(acts).findings.get(id)?.decision?.classifications[0]?.value

test('a later decision on the same finding replaces the earlier one', () => {
  expect(tierOf([anAct(decided('III'), { seq: 1 }), anAct(decided('II-C'), { seq: 2 })])).toBe('II-C')
})

test('what the centre has put in order counts before what is still unsent', () => {
  const unsent = anAct(decided('I-A'))
  const accepted = anAct(decided('III'), { seq: 9 })
  expect(tierOf([unsent, accepted])).toBe('I-A')
})

test('a dismissal replaces a decision, and taking it back brings the decision again', () => {
  const decision = anAct(decided('II-C'), { seq: 1 })
  const dismissal = anAct({ type: 'finding.dismissed', findingId: 'f1', reasons: ['strand-bias'], comment: '' }, { seq: 2 })
  const back = anAct({ type: 'act.taken-back', actId: dismissal.header.id, reason: 'wrong row' }, { seq: 3 })
  expect(foldReview([decision, dismissal]).findings.get('f1')).toMatchObject({ dismissal: { reasons: ['strand-bias'] } })
  expect(tierOf([decision, dismissal])).toBeUndefined()
  expect(tierOf([decision, dismissal, back])).toBe('II-C')
})

test('an act in conflict does not count until a person settles it; then the kept one holds', () => {
  const theirs = anAct(decided('II-C'), { seq: 5, by: '乙川' })
  const mine = anAct(decided('I-A'), { state: 'conflict', against: [theirs.header.id] })
  expect(tierOf([theirs, mine])).toBe('II-C')
  expect(foldReview([theirs, mine]).findings.get('f1')?.conflict).toEqual([mine.header.id, theirs.header.id])
  const settled = anAct({
    type: 'conflict.resolved',
    resolves: [mine.header.id, theirs.header.id],
    keep: mine.header.id,
    reason: 'HR+',
  })
  expect(tierOf([theirs, mine, settled])).toBe('I-A')
})

test('a refused act never counts', () => {
  expect(foldReview([anAct(decided('I-A'), { state: 'refused' })]).findings.size).toBe(0)
})

test('the order in which accepted acts arrive here makes no difference', () => {
  const payload = fc.oneof(
    fc.constantFrom('I-A', 'II-C', 'III', 'IV').chain(tier => fc.constantFrom('f1', 'f2').map(id => decided(tier, id))),
    fc
      .constantFrom('f1', 'f2')
      .map((findingId): ActPayload => ({ type: 'finding.dismissed', findingId, reasons: ['read-end'], comment: '' })),
    fc.boolean().map((pinned): ActPayload => ({ type: 'finding.pinned', findingId: 'f1', pinned })),
  )
  fc.assert(
    fc.property(fc.array(payload, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (payloads, chance) => {
      const acts = payloads.map((it, index) => anAct(it, { seq: index + 1 }))
      const shuffled = [...acts]
        .map(act => ({ act, key: chance.next().value }))
        .sort((a, b) => a.key - b.key)
        .map(it => it.act)
      expect([...foldReview(shuffled).findings].sort()).toEqual([...foldReview(acts).findings].sort())
    }),
  )
})
