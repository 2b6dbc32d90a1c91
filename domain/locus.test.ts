import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRegion, show, toRegion, widen } from './locus.ts'

test('people read 1-based closed positions', () => {
  expect(show({ contig: 'chr17', start: 7675087, end: 7675088 })).toBe('chr17:7,675,088')
  expect(show({ contig: 'chr2', start: 29_223_400, end: 29_223_500 })).toBe('chr2:29,223,401-29,223,500')
})

test('what is written can be read back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('chr1', 'chrX', 'MT'),
      fc.nat(248_000_000),
      fc.integer({ min: 1, max: 1_000_000 }),
      (contig, start, length) => {
        const locus = { contig, start, end: start + length }
        expect(parseRegion(toRegion(locus))).toEqual(locus)
        expect(parseRegion(show(locus))).toEqual(locus)
      },
    ),
  )
})

test('a word that is not a position is not taken for one', () => {
  for (const text of ['TP53', 'chr1:', 'chr1:0', 'chr1:200-100', 'chr1:1-', '']) expect(parseRegion(text)).toBeUndefined()
})

test('widening stops at the start of the contig', () => {
  expect(widen({ contig: 'chr1', start: 10, end: 20 }, 50)).toEqual({ contig: 'chr1', start: 0, end: 70 })
})
