import { expect, test } from 'vitest'
import { Finding } from '#domain/finding.ts'
import { type DrawnRead, supportOf } from './supports-finding.ts'

const fusion = Finding.parse({
  id: 'x',
  kind: 'fusion',
  origin: 'somatic',
  secondary: false,
  level: 1,
  genes: ['EML4', 'ALK'],
  title: 'EML4::ALK',
  locus: { contig: 'chr2', start: 29_224_600, end: 42_298_100 },
  breakpoints: [
    { locus: { contig: 'chr2', start: 42_298_100, end: 42_298_101 }, keeps: '+' },
    { locus: { contig: 'chr2', start: 29_224_600, end: 29_224_601 }, keeps: '+' },
  ],
  calls: [],
  classifications: [],
  evidence: [],
})

function aRead(change: Partial<DrawnRead> = {}): DrawnRead {
  return {
    contig: 'chr2',
    start: 29_224_500,
    end: 29_224_600,
    clipBefore: 0,
    clipAfter: 0,
    properPair: true,
    mate: { contig: 'chr2', start: 29_224_200 },
    supplementary: undefined,
    baseAt: () => undefined,
    insertedBefore: () => 0,
    deletedFrom: () => 0,
    ...change,
  }
}

test('a read with its other part at the other breakpoint, or clipped right here, is a split read', () => {
  expect(supportOf(aRead({ supplementary: 'chr2,42298050,-,50S51M,60,0;' }), fusion)).toBe('split')
  expect(supportOf(aRead({ clipAfter: 40 }), fusion)).toBe('split')
  expect(supportOf(aRead({ clipAfter: 40, end: 29_224_570 }), fusion)).toBeUndefined()
  expect(supportOf(aRead({ clipAfter: 4 }), fusion)).toBeUndefined()
  expect(supportOf(aRead({ supplementary: 'chr9,42298050,-,50S51M,60,0;' }), fusion)).toBeUndefined()
})

test('a pair whose mate lies at the other breakpoint speaks for it, unless the aligner found the pair proper', () => {
  const mate = { contig: 'chr2', start: 42_297_900 }
  expect(supportOf(aRead({ properPair: false, mate }), fusion)).toBe('pair')
  expect(supportOf(aRead({ properPair: true, mate }), fusion)).toBeUndefined()
  expect(supportOf(aRead({ properPair: false, mate: { contig: 'chr2', start: 42_200_000 } }), fusion)).toBeUndefined()
  expect(supportOf(aRead(), fusion)).toBeUndefined()
})

test('RNA joins at exon borders, further from the break than DNA', () => {
  const read = aRead({ start: 29_223_400, end: 29_223_500, supplementary: 'chr2,42295400,-,50S51M,60,0;' })
  expect(supportOf(read, fusion)).toBeUndefined()
  expect(supportOf(read, fusion, true)).toBe('split')
})

test('a small variant is spoken for by its bases, an insertion or deletion by its length behind the anchor', () => {
  const { breakpoints: _none, ...rest } = fusion
  const small = (ref: string, alt: string) => ({
    ...rest,
    kind: 'snv' as const,
    locus: { contig: 'chr2', start: 99, end: 100 },
    ref,
    alt,
  })
  const base = (position: number) => (position === 99 ? 'T' : 'A')
  expect(supportOf(aRead({ baseAt: base }), small('C', 'T'))).toBe('allele')
  expect(supportOf(aRead({ baseAt: base }), small('C', 'G'))).toBeUndefined()
  expect(supportOf(aRead({ baseAt: base }), small('CC', 'TA'))).toBe('allele')
  expect(supportOf(aRead({ insertedBefore: at => (at === 100 ? 1 : 0) }), small('A', 'AC'))).toBe('allele')
  expect(supportOf(aRead({ deletedFrom: at => (at === 100 ? 3 : 0) }), small('CCTT', 'C'))).toBe('allele')
  expect(supportOf(aRead({ deletedFrom: at => (at === 100 ? 2 : 0) }), small('CCTT', 'C'))).toBeUndefined()
})
