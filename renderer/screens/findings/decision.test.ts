import { expect, test } from 'vitest'
import { ActPayload } from '#domain/act.ts'
import { aFinding } from '../../testing/sample-case.ts'
import { decidedPayload, draftFrom, lacks, methodsFor, withAmpTier } from './decision.ts'

const finding = aFinding()
const draft = draftFrom('WGS-26-0142', finding, undefined)

test('a new draft starts from what was delivered, and never with a chosen return', () => {
  expect(draft.classifications).toEqual(finding.classifications)
  expect(draft.return).toBeUndefined()
  expect(decidedPayload(draft)).toBeUndefined()
})

test('what is lacking is named, and nothing can be recorded before it is there', () => {
  const begun = { ...draft, recommendation: { kind: 'drug' as const, text: ' ' }, dissents: [{ name: '乙川', text: '' }] }
  expect(lacks(begun)).toEqual(['needsReturn', 'needsText', 'needsDissent'])
  const done = {
    ...begun,
    return: 'hold' as const,
    recommendation: { kind: 'drug' as const, text: ' 架空の薬 ' },
    dissents: [{ name: '乙川', text: '量を減らす' }],
  }
  const payload = decidedPayload(done)
  expect(ActPayload.safeParse(payload).success).toBe(true)
  expect(payload).toMatchObject({ type: 'finding.decided', return: 'hold', recommendation: { text: '架空の薬' } })
})

test('keys 1 to 4 set the AMP tier, keep a letter that fits, and add one where none was delivered', () => {
  const amp = (value: string) => [{ scheme: 'AMP' as const, value }]
  expect(withAmpTier(amp('I-B'), 1)).toEqual(amp('I-B'))
  expect(withAmpTier(amp('II-D'), 1)).toEqual(amp('I-A'))
  expect(withAmpTier(amp('III'), 2)).toEqual(amp('II-C'))
  expect(withAmpTier(amp('IV'), 1)).toEqual(amp('I-A'))
  expect(withAmpTier([], 3)).toEqual(amp('III'))
})

test('the first confirmation method fits the kind of variant; germline is confirmed on a normal sample first', () => {
  expect(methodsFor({ kind: 'snv', origin: 'somatic' })[0]).toBe('sanger')
  expect(methodsFor({ kind: 'fusion', origin: 'somatic' })[0]).toBe('rt-pcr')
  expect(methodsFor({ kind: 'sv', origin: 'somatic' })[0]).toBe('fish')
  expect(methodsFor({ kind: 'cnv', origin: 'somatic' })[0]).toBe('mlpa')
  expect(methodsFor({ kind: 'snv', origin: 'germline' })[0]).toBe('matched-normal')
})
