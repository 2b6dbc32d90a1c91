import { expect, test } from 'vitest'
import { aFinding, aRecord } from '#domain/testing.ts'
import { findingsConfig } from './findings-track.ts'

test('a small variant is one mark on its base, an event two marks, one at each breakpoint', () => {
  const event = aFinding({
    id: 'e',
    title: 'EML4::ALK',
    locus: { contig: 'chr2', start: 100, end: 9000 },
    breakpoints: [
      { locus: { contig: 'chr2', start: 100, end: 101 }, keeps: '+' },
      { locus: { contig: 'chr2', start: 8999, end: 9000 }, keeps: '-' },
    ],
  })
  const { features } = findingsConfig(aRecord({ findings: [aFinding(), event] }), 'ja') as unknown as {
    features: { chr: string; start: number; end: number; name: string }[]
  }
  expect(features).toEqual([
    { chr: 'chr17', start: 7675087, end: 7675088, name: 'TP53 p.(Arg175His)' },
    { chr: 'chr2', start: 100, end: 101, name: 'EML4::ALK' },
    { chr: 'chr2', start: 8999, end: 9000, name: 'EML4::ALK' },
  ])
})
