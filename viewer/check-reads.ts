import { CraiIndex, IndexedCramFile } from '@gmod/cram'
import type { CaseFile } from '#domain/case.ts'
import { assemblyOf, chromosomeName } from '#domain/intake/assembly.ts'
import type { Assembly } from '#domain/locus.ts'
import { Problem } from '#domain/problems.ts'
import { isIndexOfBam, isIndexOfCram } from './check-index.ts'
import type { ReadRange } from './ranged-file.ts'
import { bamContigs } from './reads/bam-contigs.ts'
import { gmodFile } from './reads/gmod-file.ts'

type Contigs = readonly (readonly [name: string, length: number])[]

/** How a whole file ends: BGZF's empty block (SAM specification, 4.1.2), the last container of CRAM 2.1 and of 3.x (CRAM, 9). */
const BAM_END = ['1f8b08040000000000ff0600424302001b0003000000000000000000']
const CRAM_END = ['0b000000ffffffff0fe0454f46', '0f000000ffffffff0fe0454f46']
const TAIL = 64

/**
 * Looks at header, end and index before a track is drawn. Throws `wrong-assembly` when the file's contig lengths are another assembly's,
 * `reads-damaged` when it cannot be read or is cut off, `index-mismatch` when the index is not this file's.
 */
export async function checkReads(
  { file, index }: { readonly file: CaseFile; readonly index: CaseFile },
  read: (fileId: string) => ReadRange,
  assembly: Assembly,
  sizes: Contigs,
): Promise<void> {
  const reads = read(file.id)
  const contigs = await contigsOf(file, reads, read(index.id))
  const expected = new Map(sizes)
  const differs = contigs.some(([name, length]) => {
    const known = chromosomeName(name)
    // Assemblies share a mitochondrial sequence, or differ in it by the vendor.
    return known !== 'chrM' && expected.has(known) && expected.get(known) !== length
  })
  if (differs) throw new Problem('wrong-assembly', { found: nameOf(contigs) ?? '?', expected: assembly })
  if (!(await endsWith(reads, file.format === 'cram' ? CRAM_END : BAM_END))) throw new Problem('reads-damaged')
  const fits =
    file.format === 'cram'
      ? await isIndexOfCram(read(index.id), reads)
      : await isIndexOfBam(read(index.id), reads, contigs.length)
  if (!fits) throw new Problem('index-mismatch')
}

function nameOf(contigs: Contigs): Assembly | undefined {
  try {
    return assemblyOf(contigs.map(([name, length]) => ({ name, length })))
  } catch {
    return undefined
  }
}

async function endsWith(file: ReadRange, marks: readonly string[]): Promise<boolean> {
  const size = await file.size()
  const tail = await file.read(Math.max(0, size - TAIL), size)
  const text = [...tail].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return marks.some(mark => text.includes(mark))
}

async function contigsOf(file: CaseFile, reads: ReadRange, indexFile: ReadRange): Promise<Contigs> {
  try {
    if (file.format !== 'cram') return await bamContigs(reads)
    const cram = new IndexedCramFile({
      cramFilehandle: gmodFile(reads),
      index: new CraiIndex({ filehandle: gmodFile(indexFile) }),
      seqFetch: async () => '',
      checkSequenceMD5: false,
    })
    return parseSq((await cram.cram.getHeaderText()) ?? '')
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem('reads-damaged', {}, { cause })
  }
}

function parseSq(text: string): Contigs {
  return text
    .split('\n')
    .filter(line => line.startsWith('@SQ'))
    .map(line => [line.match(/\tSN:([^\t]+)/)?.[1] ?? '', Number(line.match(/\tLN:(\d+)/)?.[1] ?? 0)] as const)
}
