import { beforeAll, describe, expect, test } from 'vitest'
import { bandsOf, genesOf, sizesOf, synonymsOf } from '../electron/launch/reference-data.mjs'
import { geneFeature, searchGenes } from './genome.ts'

describe('the packaged reference agrees with what was verified', () => {
  let genes: ReturnType<typeof genesOf>
  const gene = (symbol: string) => genes.find(it => it.s === symbol)
  beforeAll(() => {
    genes = genesOf()
  })
  test('862 bands of GRCh38, from the first base to the end of each chromosome', () => {
    const bands = bandsOf('homo-sapiens.json')
    expect(bands.filter(([contig]) => contig !== 'chrM')).toHaveLength(862)
    expect(bands[0]).toEqual(['chr1', 0, 2300000, 'p36.33', 'gneg'])
    const sizes = Object.fromEntries(sizesOf(bands))
    expect([sizes.chr1, sizes.chr17, sizes.chrX]).toEqual([248_956_422, 83_257_441, 156_040_895])
    expect(Object.fromEntries(sizesOf(bandsOf('homo-sapiens-GCF_000001405.13.json'))).chr1).toBe(249_250_621)
  })
  test('TP53-201 has 11 exons at chr17:7,668,421-7,687,490', () => {
    expect(gene('TP53')).toMatchObject({ contig: 'chr17', t: 'TP53-201', n: '-' })
    expect([gene('TP53')?.e?.length, gene('TP53')?.e?.[0]?.[0], gene('TP53')?.e?.at(-1)?.[1]]).toEqual([11, 7_668_420, 7_687_490])
  })
  test('ATM has 63 exons; EML4 23; ALK 29; MET exon 14 is 116,771,849-116,771,989', () => {
    expect(gene('ATM')?.e?.length).toBe(63)
    expect([gene('EML4')?.e?.length, gene('ALK')?.e?.length]).toEqual([23, 29])
    expect(gene('MET')?.e?.[13]).toEqual([116_771_848, 116_771_989])
  })
  test('exons stand where ClinVar’s splice variants say: ATM and TERT are moved by the gap of the source, NF1 is not', () => {
    // First coding bases as published: ATM chr11:108,227,625; TERT chr5:1,294,989 (minus strand).
    expect(gene('ATM')?.c?.[0]).toBe(108_227_624)
    expect(gene('TERT')?.c?.[1]).toBe(1_294_989)
    expect(gene('NF1')?.b).toBeGreaterThan(gene('NF1')?.e?.at(-1)?.[1] ?? 0)
  })
  test('a gene is found by its symbol and by one it no longer has', () => {
    const index = {
      genes: genes.map(({ s, contig, a, b }) => [s, contig, a, b] as const),
      old: synonymsOf(new Set(genes.map(it => it.s))),
    }
    expect(searchGenes(index, 'tp53', 3)[0]).toMatchObject({ symbol: 'TP53', locus: { contig: 'chr17' } })
    expect(searchGenes(index, 'MLL', 3)[0]).toMatchObject({ symbol: 'KMT2A', old: 'MLL' })
    expect(searchGenes(index, 'WHSC1', 3)[0]?.symbol).toBe('NSD2')
    expect(searchGenes(index, '  ', 3)).toEqual([])
  })
})

test('an exon that codes only in part is drawn thick only there', () => {
  const drawn = geneFeature('chr1', {
    s: 'X',
    d: '',
    a: 0,
    b: 100,
    n: '+',
    t: 'X-201',
    e: [
      [0, 20],
      [40, 100],
    ],
    c: [10, 60],
  })
  expect(drawn.exons).toEqual([
    { start: 0, end: 20, cdStart: 10, cdEnd: 20 },
    { start: 40, end: 100, cdStart: 40, cdEnd: 60 },
  ])
  expect(geneFeature('chr1', { s: 'X', d: '', a: 0, b: 100, e: [[0, 5]], c: [10, 60] }).exons?.[0]).toMatchObject({ utr: true })
})
