import { execFileSync, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReadRange } from '../ranged-file.ts'
import { parseSlices, type Slice } from '../reference.ts'
import { bamSource } from './bam-source.ts'
import { countVariant } from './count.ts'
import { cramSource } from './cram-source.ts'
import { FLAG, type Read, type ReadSource } from './read.ts'

/*
 * What our readers answer, read by read, against samtools; and our counts of single bases against its pileup with equal filters.
 * Needs samtools; the real files are looked for at ../shared/real.
 */
const SAMTOOLS = spawnSync('samtools', ['--version']).status === 0
const CASES = resolve('fixtures/cases')
const REAL = resolve('../shared/real')
const HCC = join(REAL, 'hcc1954-manta/src/demo/data')

interface Windows {
  readonly name: string
  readonly path: string
  /** The case folder whose `reference.fa` a CRAM was made against. */
  readonly folder?: string
  /** 1-based, closed, with the contig names of the product; the file may call them otherwise. */
  readonly regions: readonly string[]
}

const FILES: readonly Windows[] = [
  {
    name: 'HG002, long reads of GRCh38',
    path: join(REAL, 'hg002-ont-chr11/HG002_chr11_119076212_119102218_2.bam'),
    regions: ['chr11:119076212-119076212', 'chr11:119085000-119086000', 'chr11:119090000-119102218', 'chr11:119040000-119200000'],
  },
  {
    name: 'HCC1954, GRCh37 with contigs named without "chr"',
    path: join(HCC, 'G15512.HCC1954.1.COST16011_region.bam'),
    regions: ['chr8:107653411-107653411', 'chr8:107653000-107654000', 'chr11:94975700-94975800', 'chr11:94987000-94988500'],
  },
  {
    name: 'the normal of HCC1954',
    path: join(HCC, 'HCC1954.NORMAL.30x.compare.COST16011_region.bam'),
    regions: ['chr8:107653411-107653411', 'chr11:94975000-94976000', 'chr11:94987860-94987880'],
  },
  ...(
    [
      ['lung', 'tumour.cram'],
      ['lung', 'normal.bam'],
      ['lung', 'rna.bam'],
      ['ovary', 'tumour.bam'],
      ['ovary', 'normal.cram'],
      ['trio', 'proband.bam'],
      ['trio', 'mother.cram'],
      ['trio', 'father.cram'],
    ] as const
  ).map(([folder, file]) => ({
    name: `${folder}/${file}`,
    path: join(CASES, folder, file),
    folder: join(CASES, folder),
    regions: regionsOf(join(CASES, folder)),
  })),
]

/** Two windows of each slice that travels with the case: one base, and a few thousand. */
function regionsOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return slicesOf(folder).flatMap(({ contig, start, end }) => {
    const middle = Math.floor((start + end) / 2)
    return [`${contig}:${middle}-${middle}`, `${contig}:${middle - 1500}-${middle + 1500}`]
  })
}

function slicesOf(folder: string): readonly Slice[] {
  return parseSlices(readFileSync(join(folder, 'reference.fa'), 'utf8'))
}

describe.skipIf(!SAMTOOLS)('reads against samtools (needs samtools)', () => {
  const temp = mkdtempSync(join(tmpdir(), 'reads-'))
  const handles: FileHandle[] = []
  afterAll(async () => {
    for (const handle of handles) await handle.close()
    rmSync(temp, { recursive: true })
  })

  async function rangeOf(path: string): Promise<ReadRange> {
    const handle = await open(path)
    handles.push(handle)
    const { size } = await handle.stat()
    return {
      size: async () => size,
      async read(start, end) {
        const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start))
        if (bytes.length > 0) await handle.read(bytes, 0, bytes.length, start)
        return bytes
      },
    }
  }

  async function sourceOf({ path, folder }: Windows): Promise<ReadSource> {
    if (path.endsWith('.bam')) return bamSource(await rangeOf(path), await rangeOf(`${path}.bai`), false)
    const slices = slicesOf(folder ?? '')
    return cramSource(await rangeOf(path), await rangeOf(`${path}.crai`), (contig, start, end) => {
      const slice = slices.find(it => it.contig === contig && it.start <= start && it.end >= end)
      if (!slice) throw new Error(`no bases for ${contig}:${start}-${end}`)
      return slice.bases.slice(start - slice.start, end - slice.start)
    })
  }

  for (const file of FILES) {
    describe.skipIf(!existsSync(file.path))(`${file.name}${existsSync(file.path) ? '' : ' (not there)'}`, () => {
      let source: ReadSource
      let bam = file.path
      beforeAll(async () => {
        source = await sourceOf(file)
        // samtools' own decoding of the CRAM: its pileup cannot work on a reference with holes.
        if (file.path.endsWith('.cram')) bam = toBam(file.path, sparseReference(temp, file))
      })

      test.each(file.regions)('every read of %s: name, flags, place, CIGAR, bases, qualities', async region => {
        const ours = await readsIn(source, region)
        const theirs = run('samtools', ['view', bam, samtoolsRegion(bam, region)])
          .split('\n')
          .filter(line => line !== '')
          .map(line => {
            const [name, flags, , position, mapq, cigar, , , , bases, qualities] = line.split('\t')
            const unmapped = (Number(flags) & FLAG.unmapped) !== 0
            return [name, flags, position, mapq, cigar, bases, unmapped ? '*' : qualities].join('\t')
          })
        expect(ours.map(asSam).sort()).toEqual(theirs.sort())
      })

      test('single bases, per strand, as samtools piles them up', async () => {
        let compared = 0
        for (const region of file.regions) {
          const piles = pileup(bam, region)
          const reads = await readsIn(source, region)
          for (const { position, letters } of piles.filter((_, at) => at % 23 === 0)) {
            const count = (wanted: (letter: string) => boolean) => [...letters].filter(wanted).length
            for (const [ref, alt] of [
              ['A', 'C'],
              ['G', 'T'],
            ] as const) {
              const { depth, ...evidence } = countVariant(reads, { start: position - 1, ref, alt })
              expect({ position, depth, ref: evidence.ref, alt: evidence.alt }).toEqual({
                position,
                depth: letters.length,
                ref: { forward: count(it => it === ref), reverse: count(it => it === ref.toLowerCase()) },
                alt: { forward: count(it => it === alt), reverse: count(it => it === alt.toLowerCase()) },
              })
            }
            compared += 1
          }
        }
        expect(compared).toBeGreaterThan(40)
      })
    })
  }
})

async function readsIn(source: ReadSource, region: string): Promise<readonly Read[]> {
  const { contig, start, end } = split(region)
  return await source.reads(contig, start - 1, end)
}

function split(region: string): { readonly contig: string; readonly start: number; readonly end: number } {
  const [, contig = '', start, end] = region.match(/^(\S+):(\d+)-(\d+)$/) ?? []
  return { contig, start: Number(start), end: Number(end) }
}

function asSam(read: Read): string {
  const cigar = read.cigar.map(([length, op]) => `${length}${op}`).join('')
  // @gmod/bam gives none for a read that is not aligned; such reads are not counted.
  const unmapped = (read.flags & FLAG.unmapped) !== 0
  const qualities = read.qualities && !unmapped ? String.fromCharCode(...[...read.qualities].map(it => it + 33)) : '*'
  return [read.name, read.flags, read.start + 1, read.mapq, cigar || '*', read.bases || '*', qualities].join('\t')
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, timeout: 20_000, stdio: ['ignore', 'pipe', 'pipe'] })
}

function samtoolsRegion(path: string, region: string): string {
  const plain = run('samtools', ['view', '-H', path]).includes('SN:chr')
  return plain ? region : region.replace(/^chr/, '')
}

/** Letters of every read on each position, capital on the forward strand; a read that skips the place (N) is none. */
function pileup(path: string, region: string): readonly { readonly position: number; readonly letters: string }[] {
  // Equal filters: the five flags out, no limit of depth, mapping or base quality, no pairs dropped for overlap or for being odd.
  const flags = ['--ff', 'UNMAP,SECONDARY,QCFAIL,DUP,SUPPLEMENTARY']
  const none = ['-A', '-B', '-x', '-d', '0', '-q', '0', '-Q', '0']
  return run('samtools', ['mpileup', ...flags, ...none, '-r', samtoolsRegion(path, region), path])
    .split('\n')
    .filter(line => line !== '')
    .map(line => {
      const [, position, base = 'N', , text = ''] = line.split('\t')
      return { position: Number(position), letters: lettersOf(text, base) }
    })
}

function lettersOf(text: string, base: string): string {
  let letters = ''
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? ''
    if (letter === '^') at += 1
    else if (letter === '+' || letter === '-') {
      const length = text.slice(at + 1).match(/^\d+/)?.[0] ?? ''
      at += length.length + Number(length)
    } else if (letter === '.') letters += base.toUpperCase()
    else if (letter === ',') letters += base.toLowerCase()
    else if (letter !== '$' && letter !== '<' && letter !== '>') letters += letter
  }
  return letters
}

function toBam(cram: string, fasta: string): string {
  const bam = `${fasta}.bam`
  run('samtools', ['view', '-b', '-T', fasta, '-o', bam, cram])
  run('samtools', ['index', bam])
  return bam
}

/** The slices at their true places of whole chromosomes, as a file with holes: samtools wants whole ones. */
function sparseReference(temp: string, { path, folder = '' }: Windows): string {
  const slices = slicesOf(folder)
  const fasta = join(temp, `${path.split('/').slice(-2).join('-')}.fa`)
  const descriptor = openSync(fasta, 'w')
  let at = 0
  const lines: string[] = []
  for (const [, name = '', length] of run('samtools', ['view', '-H', path]).matchAll(/^@SQ\tSN:(\S+)\tLN:(\d+)/gm)) {
    const own = slices.filter(it => it.contig === name)
    if (own.length === 0) continue
    lines.push([name, length, at, length, Number(length) + 1].join('\t'))
    for (const slice of own) writeSync(descriptor, slice.bases, at + slice.start)
    at += Number(length) + 1
  }
  ftruncateSync(descriptor, at)
  closeSync(descriptor)
  writeFileSync(`${fasta}.fai`, `${lines.join('\n')}\n`)
  return fasta
}
