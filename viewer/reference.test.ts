import { describe, expect, test } from 'vitest'
import { createReference, parseSlices } from './reference.ts'

const sizes = [
  ['chr1', 1000],
  ['chr2', 500],
] as const
const slices = parseSlices('>chr1:101-110 @len=1000\nacgta\nCGTAC\n>chr1:201-204 @len=1000\nGGGG\n>chr2:1-3 @len=500\nTTT\n')

test('a header says where its bases lie: 1-based and closed there, 0-based and half-open here', () => {
  expect(slices.map(({ contig, start, end }) => [contig, start, end])).toEqual([
    ['chr1', 100, 110],
    ['chr1', 200, 204],
    ['chr2', 0, 3],
  ])
})

describe('a genome made of slices', () => {
  const reference = createReference(sizes, slices)
  test('gives bases inside a slice and N outside', () => {
    expect(reference.bases('chr1', 98, 104)).toBe('NNACGT')
    expect(reference.bases('chr1', 108, 112)).toBe('ACNN')
    expect(reference.bases('chr1', 105, 203)).toBe(`CGTAC${'N'.repeat(90)}GGG`)
    expect(reference.bases('chr9', 0, 3)).toBe('NNN')
    expect(reference.covers('chr1', 101, 110)).toBe(true)
    expect(reference.covers('chr1', 101, 111)).toBe(false)
  })
  test('reads like an indexed FASTA: what the index points at is what was asked for', async () => {
    for (const line of reference.index.split('\n')) {
      const [contig = '', length = '', offset = ''] = line.split('\t')
      for (const [start, end] of [
        [0, 5],
        [95, 115],
        [199, 206],
      ] as const) {
        if (end > Number(length)) continue
        const bytes = await reference.fasta.read(Number(offset) + start, Number(offset) + end)
        expect(new TextDecoder().decode(bytes)).toBe(reference.bases(contig, start, end))
      }
    }
  })
  test('the whole text is a FASTA with true lengths', async () => {
    const text = new TextDecoder().decode(await reference.fasta.read(0, await reference.fasta.size()))
    const [one = '', two = ''] = text.split('>').slice(1)
    expect(one.split('\n')[1]).toHaveLength(1000)
    expect(two).toMatch(/^chr2\nTTTN{497}\n$/)
  })
})
