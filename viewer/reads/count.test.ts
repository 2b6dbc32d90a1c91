import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CaseFile, CaseRecord } from '#domain/case.ts'
import { chromosomeName } from '#domain/intake/assembly.ts'
import type { ReadRange } from '../ranged-file.ts'
import { createReference, parseSlices } from '../reference.ts'
import { bamSource } from './bam-source.ts'
import { countVariant } from './count.ts'
import { cramSource } from './cram-source.ts'
import { isCountable } from './evidence.ts'
import { DEFAULT_FILTER, FLAG, type Read, type ReadSource } from './read.ts'

const CASES = resolve('fixtures/cases')
const REAL = resolve('../shared/real')
const hasSamtools = spawnSync('samtools', ['--version']).status === 0

function fileRange(path: string): ReadRange {
  const { size } = statSync(path)
  return {
    size: async () => size,
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start))
      const handle = openSync(path, 'r')
      readSync(handle, bytes, 0, bytes.length, start)
      closeSync(handle)
      return bytes
    },
  }
}

function openSource(folder: string, file: CaseFile, index: string, slices = ''): ReadSource {
  const reads = fileRange(join(folder, file.id))
  const reference = createReference([], parseSlices(slices))
  return file.format === 'cram'
    ? cramSource(reads, fileRange(join(folder, index)), reference.bases)
    : bamSource(reads, fileRange(join(folder, index)), false)
}

describe.each(['lung', 'ovary', 'trio'])('the %s case of the fixtures', name => {
  const folder = join(CASES, name)
  const record = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as CaseRecord
  const slices = readFileSync(join(folder, 'reference.fa'), 'utf8')
  const files = record.files.filter(it => it.role === 'reads')
  const sources = new Map(
    files.map(it => [it.id, openSource(folder, it, `${it.id}.${it.format === 'cram' ? 'crai' : 'bai'}`, slices)]),
  )
  const findings = record.findings.filter(isCountable)

  test('depth and alt reads of every small variant in every specimen are those the recipe wrote', async () => {
    const counted: unknown[] = []
    const written: unknown[] = []
    for (const { id, locus, ref = '', alt = '', calls } of findings) {
      for (const { specimen, depth, altDepth } of calls) {
        const file = files.find(it => it.specimen === specimen)
        if (!file || depth === undefined) continue
        const reads = (await sources.get(file.id)?.reads(locus.contig, locus.start, locus.start + ref.length)) ?? []
        const seen = countVariant(reads, { start: locus.start, ref, alt })
        counted.push([id, specimen, seen.depth, seen.alt.forward + seen.alt.reverse])
        written.push([id, specimen, depth, altDepth])
      }
    }
    expect(counted.length).toBeGreaterThan(findings.length)
    expect(counted).toEqual(written)
  })

  test.skipIf(!hasSamtools)(
    'SNVs in BAM, base by base and strand by strand, equal samtools mpileup (needs samtools)',
    async () => {
      let compared = 0
      for (const { locus, ref = '', alt = '' } of findings) {
        if (ref.length !== 1 || alt.length !== 1) continue
        for (const file of files.filter(it => it.format === 'bam')) {
          const reads = (await sources.get(file.id)?.reads(locus.contig, locus.start, locus.start + 1)) ?? []
          const seen = countVariant(reads, { start: locus.start, ref, alt })
          const pile = pileup(join(folder, file.id), locus.contig, locus.start)
          expect([file.id, locus, seen.ref, seen.alt]).toEqual([file.id, locus, letters(pile, ref), letters(pile, alt)])
          compared += 1
        }
      }
      expect(compared).toBeGreaterThan(0)
    },
  )

  test.skipIf(!hasSamtools)('the same reads as samtools, at the edges too (needs samtools)', async () => {
    const file = files.find(it => it.format === 'bam')
    if (!file) throw new Error('no BAM')
    for (const { locus } of findings) {
      const reads = (await sources.get(file.id)?.reads(locus.contig, locus.start, locus.start + 1)) ?? []
      expect(fingerprint(reads)).toEqual(viewed(join(folder, file.id), `${locus.contig}:${locus.start + 1}-${locus.start + 1}`))
    }
  })
})

const ont = join(REAL, 'hg002-ont-chr11')
test.skipIf(!hasSamtools || !existsSync(ont))(
  'real nanopore reads: the same as samtools at 40 places (../shared/real, samtools)',
  async () => {
    const id = 'HG002_chr11_119076212_119102218_2.bam'
    const source = openSource(ont, { id, role: 'reads', format: 'bam' }, `${id}.bai`)
    let held = 0
    for (let start = 119_076_500; start < 119_102_000; start += 650) {
      const reads = await source.reads('chr11', start, start + 1)
      expect(fingerprint(reads)).toEqual(viewed(join(ont, id), `chr11:${start + 1}-${start + 1}`))
      held += reads.length
    }
    expect(held).toBeGreaterThan(200)
  },
)

const manta = join(REAL, 'hcc1954-manta/src/demo/data')
test.skipIf(!hasSamtools || !existsSync(manta))(
  'a real tumour at a breakpoint: reads that end right there are neither lost nor added',
  async () => {
    const id = 'G15512.HCC1954.1.COST16011_region.bam'
    const source = openSource(manta, { id, role: 'reads', format: 'bam' }, `${id}.bai`)
    const region = busiest(join(manta, id))
    for (let start = region.start - 20; start < region.start + 20; start += 1) {
      const reads = await source.reads(chromosomeName(region.contig), start, start + 1)
      expect(fingerprint(reads)).toEqual(viewed(join(manta, id), `${region.contig}:${start + 1}-${start + 1}`))
    }
  },
)

function aRead(change: Partial<Read> = {}): Read {
  return {
    name: 'r',
    flags: 0,
    start: 100,
    end: 110,
    mapq: 60,
    cigar: [[10, 'M']],
    bases: 'AAAAAAAAAA',
    qualities: undefined,
    tag: () => undefined,
    ...change,
  }
}

test('duplicates, secondary, supplementary and failed reads are left out, and said', () => {
  const variant = { start: 104, ref: 'C', alt: 'A' }
  const flags = [0, FLAG.reverse, FLAG.duplicate, FLAG.secondary, FLAG.supplementary, FLAG.qcFail]
  const seen = countVariant(
    flags.map(it => aRead({ flags: it })),
    variant,
  )
  expect([seen.depth, seen.alt, seen.duplicates, seen.filtered]).toEqual([2, { forward: 1, reverse: 1 }, 1, 4])
})

test('an intron over the place is no depth; a deletion over it is another allele; a clipped base is not looked at', () => {
  const variant = { start: 104, ref: 'C', alt: 'A' }
  const at = (cigar: Read['cigar'], end: number, start = 100) => countVariant([aRead({ cigar, end, start })], variant)
  expect(
    at(
      [
        [2, 'M'],
        [50, 'N'],
        [8, 'M'],
      ],
      160,
    ).depth,
  ).toBe(0)
  expect(
    at(
      [
        [2, 'M'],
        [5, 'D'],
        [8, 'M'],
      ],
      115,
    ).other.forward,
  ).toBe(1)
  expect(
    at(
      [
        [6, 'S'],
        [4, 'M'],
      ],
      112,
      108,
    ).depth,
  ).toBe(0)
})

test('an insertion counts only with its own bases, a deletion only with its own length', () => {
  const insertion = { start: 104, ref: 'A', alt: 'ACG' }
  const read = (bases: string) =>
    aRead({
      cigar: [
        [5, 'M'],
        [2, 'I'],
        [5, 'M'],
      ],
      bases,
    })
  expect(countVariant([read('AAAAACGAAAAA')], insertion).alt.forward).toBe(1)
  expect(countVariant([read('AAAAATTAAAAA')], insertion).other.forward).toBe(1)
  const deletion = { start: 104, ref: 'AGGG', alt: 'A' }
  const cut = (length: number) =>
    aRead({
      cigar: [
        [5, 'M'],
        [length, 'D'],
        [5, 'M'],
      ],
      end: 110 + length,
    })
  expect(countVariant([cut(3)], deletion).alt.forward).toBe(1)
  expect(countVariant([cut(2)], deletion).other.forward).toBe(1)
})

/** Name, flags and start of each read, sorted. */
function fingerprint(reads: readonly Read[]): readonly string[] {
  return reads.map(it => `${it.name} ${it.flags} ${it.start}`).sort()
}

function viewed(path: string, region: string): readonly string[] {
  return samtools('view', path, region)
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.split('\t'))
    .map(([name, flags, , position]) => `${name} ${flags} ${Number(position) - 1}`)
    .sort()
}

function pileup(path: string, contig: string, start: number): string {
  const region = `${contig}:${start + 1}-${start + 1}`
  const flags = String(DEFAULT_FILTER)
  const line = samtools('mpileup', '-A', '-B', '-x', '-Q0', '-q0', '-d0', '--ff', flags, '-r', region, path)
  return (line.split('\t')[4] ?? '').replace(/\^./g, '').replace(/[+-](\d+)/g, (_, n) => `{${n}}`)
}

/** How often a base stands in a pileup column without a reference: upper case forward, lower case reverse. */
function letters(pile: string, base: string): { forward: number; reverse: number } {
  let text = ''
  for (let at = 0; at < pile.length; at += 1) {
    const skip = pile.slice(at).match(/^\{(\d+)\}/)
    if (skip) at += skip[0].length - 1 + Number(skip[1])
    else text += pile[at]
  }
  const times = (letter: string) => text.split(letter).length - 1
  return { forward: times(base.toUpperCase()), reverse: times(base.toLowerCase()) }
}

/** Where most soft clips end: a breakpoint. */
function busiest(path: string): { contig: string; start: number } {
  const ends = new Map<string, number>()
  for (const line of samtools('view', path).split('\n')) {
    const [, , contig = '', position = '', , cigar = ''] = line.split('\t')
    if (!/\d+S$/.test(cigar)) continue
    let end = Number(position) - 1
    for (const [, length, op] of cigar.matchAll(/(\d+)([MDN=X])/g)) if (op) end += Number(length)
    const key = `${contig} ${end}`
    ends.set(key, (ends.get(key) ?? 0) + 1)
  }
  const [[key = ''] = []] = [...ends].sort((a, b) => b[1] - a[1])
  const [contig = '', start = '0'] = key.split(' ')
  return { contig, start: Number(start) }
}

function samtools(...args: readonly string[]): string {
  return execFileSync('samtools', [...args], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })
}
