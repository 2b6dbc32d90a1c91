import { expect, test } from 'vitest'
import { Finding } from '#domain/finding.ts'
import { groupBySupport } from './group-by-support.ts'
import type { IgvAlignment } from './igv.ts'

const deletion = Finding.parse({
  id: 'x',
  kind: 'indel',
  origin: 'germline',
  secondary: false,
  level: 1,
  genes: [],
  title: 'x',
  locus: { contig: 'chr1', start: 99, end: 103 },
  ref: 'CCTT',
  alt: 'C',
  calls: [],
  classifications: [],
  evidence: [],
})
const event = Finding.parse({
  ...deletion,
  breakpoints: [
    { locus: { contig: 'chr1', start: 100, end: 101 }, keeps: '+' },
    { locus: { contig: 'chr5', start: 900, end: 901 }, keeps: '-' },
  ],
})

function alignment(change: Partial<IgvAlignment> = {}): IgvAlignment {
  return {
    chr: 'chr1',
    start: 50,
    lengthOnRef: 100,
    scStart: 50,
    scLengthOnRef: 100,
    isProperPair: () => true,
    isMateMapped: () => true,
    getTag: () => undefined,
    readBaseAt: () => 'A',
    ...change,
  }
}
const clipped = alignment({ lengthOnRef: 50, scLengthOnRef: 100 })

test('reads of an event come in two groups; alone on wish, and a group that is not shown is kept by igv', () => {
  const both = groupBySupport(event, false, false, 'en')
  expect([both?.of(clipped), both?.of(alignment()), both?.hides('')]).toEqual(['Supporting reads', '', false])
  const only = groupBySupport(event, false, true, 'ja')
  expect([only?.hides('支持リード'), only?.hides('')]).toEqual([false, true])
})

test('a small variant is grouped only when the others are to be hidden', () => {
  expect(groupBySupport(deletion, false, false, 'en')).toBeUndefined()
  const only = groupBySupport(deletion, false, true, 'en')
  expect(only?.of(alignment({ gaps: [{ start: 100, len: 3, type: 'D' }] }))).toBe('Supporting reads')
  expect(only?.of(alignment({ gaps: [{ start: 100, len: 3, type: 'N' }] }))).toBe('')
})

test('two reads drawn as a pair count when either of them speaks for the finding', () => {
  const only = groupBySupport(event, false, true, 'en')
  expect(only?.of(alignment({ firstAlignment: alignment(), secondAlignment: clipped }))).toBe('Supporting reads')
})
