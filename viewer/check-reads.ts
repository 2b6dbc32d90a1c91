import { BamFile } from '@gmod/bam'
import { CraiIndex, IndexedCramFile } from '@gmod/cram'
import type { CaseFile } from '#domain/case.ts'
import { assemblyOf, chromosomeName } from '#domain/intake/assembly.ts'
import type { Assembly } from '#domain/locus.ts'
import { Problem } from '#domain/problems.ts'
import type { ReadRange } from './ranged-file.ts'
import { gmodFile } from './reads/gmod-file.ts'

/** Largest index that is read whole to be checked; a CRAI is small, a BAI of a genome about 10 MB. */
const INDEX_LIMIT = 64 * 1024 * 1024

/**
 * Looks at header and index before a track is drawn. Throws `wrong-assembly` when the file's contig lengths are another assembly's,
 * `index-mismatch` when the index points behind the end of the file or knows other references, `reads-damaged` when it cannot be read.
 */
export async function checkReads(
  { file, index }: { readonly file: CaseFile; readonly index: CaseFile },
  read: (fileId: string) => ReadRange,
  assembly: Assembly,
  sizes: readonly (readonly [string, number])[],
): Promise<void> {
  const reads = read(file.id)
  const contigs = await contigsOf(file, index, reads, read(index.id))
  const expected = new Map(sizes)
  const differs = contigs.some(
    ([name, length]) =>
      expected.has(chromosomeName(name)) && chromosomeName(name) !== 'chrM' && expected.get(chromosomeName(name)) !== length,
  )
  if (differs) throw new Problem('wrong-assembly', { found: nameOf(contigs) ?? '?', expected: assembly })
  await checkIndex(index, read(index.id), await reads.size(), contigs.length)
}

function nameOf(contigs: readonly (readonly [string, number])[]): Assembly | undefined {
  try {
    return assemblyOf(contigs.map(([name, length]) => ({ name, length })))
  } catch {
    return undefined
  }
}

async function contigsOf(
  file: CaseFile,
  index: CaseFile,
  reads: ReadRange,
  indexFile: ReadRange,
): Promise<readonly (readonly [string, number])[]> {
  try {
    if (file.format === 'cram') {
      const cram = new IndexedCramFile({
        cramFilehandle: gmodFile(reads),
        index: new CraiIndex({ filehandle: gmodFile(indexFile) }),
        seqFetch: async () => '',
        checkSequenceMD5: false,
      })
      return parseSq((await cram.cram.getHeaderText()) ?? '')
    }
    const handle = gmodFile(indexFile)
    const bam = new BamFile({
      bamFilehandle: gmodFile(reads),
      ...(index.format === 'csi' ? { csiFilehandle: handle } : { baiFilehandle: handle }),
    })
    await bam.getHeader()
    return parseSq((await bam.getHeaderText()) ?? '')
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    throw new Problem('reads-damaged', {}, { cause })
  }
}

function parseSq(text: string): readonly (readonly [string, number])[] {
  return text
    .split('\n')
    .filter(line => line.startsWith('@SQ'))
    .map(line => [line.match(/\tSN:([^\t]+)/)?.[1] ?? '', Number(line.match(/\tLN:(\d+)/)?.[1] ?? 0)] as const)
}

/** An index whose references or file offsets do not fit the file is another file's. */
async function checkIndex(index: CaseFile, file: ReadRange, size: number, contigs: number): Promise<void> {
  if (index.format !== 'bai') return
  const length = await file.size()
  if (length > INDEX_LIMIT) return
  const bytes = await file.read(0, length)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const broken = () => new Problem('index-mismatch')
  if (length < 8 || view.getUint32(0, true) !== 0x01494142) throw broken()
  const references = view.getInt32(4, true)
  if (references !== contigs) throw broken()
  let at = 8
  try {
    for (let reference = 0; reference < references; reference += 1) {
      const bins = view.getInt32(at, true)
      at += 4
      for (let bin = 0; bin < bins; bin += 1) {
        const id = view.getUint32(at, true)
        const chunks = view.getInt32(at + 4, true)
        at += 8
        for (let chunk = 0; chunk < chunks; chunk += 1, at += 16) {
          // Bin 37450 holds counts, not places.
          if (id !== 37_450 && fileOffset(view, at) >= size) throw broken()
        }
      }
      const windows = view.getInt32(at, true)
      at += 4 + windows * 8
    }
  } catch {
    throw broken()
  }
}

/** The file part of a BGZF virtual offset (upper 48 bits). */
function fileOffset(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true) >> 16n)
}
