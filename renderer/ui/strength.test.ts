import { expect, test } from 'vitest'
import { aFinding } from '../testing/sample-case.ts'
import { leading, SCHEME_VALUES, strengthOf, strongest } from './strength.ts'

test('every value of every scheme has the strength its rules give it', () => {
  const all = Object.fromEntries(
    Object.entries(SCHEME_VALUES).map(([scheme, values]) => [
      scheme,
      values.map(value => strengthOf({ scheme: scheme as keyof typeof SCHEME_VALUES, value })),
    ]),
  )
  expect(all).toEqual({
    AMP: [1, 1, 2, 2, 3, 4],
    ACMG: [1, 2, 3, 4, 4],
    oncogenicity: [1, 2, 3, 4, 4],
    JP: [1, 1, 2, 3, 3, 4, 'R'],
    ESCAT: [1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 4],
  })
})

test('germline findings lead with ACMG, somatic ones with AMP, and an agreed class comes before the delivered one', () => {
  const classifications = [
    { scheme: 'AMP', value: 'II-C' },
    { scheme: 'ACMG', value: 'P' },
  ] as const
  expect(leading(aFinding({ origin: 'germline', classifications: [...classifications] }))?.value).toBe('P')
  const somatic = aFinding({ classifications: [...classifications] })
  expect(leading(somatic)?.value).toBe('II-C')
  expect(leading(somatic, [{ scheme: 'AMP', value: 'I-B' }])?.value).toBe('I-B')
})

test('of several drugs the strongest value stands in the list', () => {
  const all = [
    { scheme: 'JP', value: 'C', subject: 'x' },
    { scheme: 'JP', value: 'A', subject: 'y' },
  ] as const
  expect(strongest([...all], 'JP')?.value).toBe('A')
})
