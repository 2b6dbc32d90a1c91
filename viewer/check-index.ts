import { unzip } from '@gmod/bgzf-filehandle'
import { type BamIndex, readBamIndex } from '#domain/intake/bam-index.ts'
import type { ReadRange } from './ranged-file.ts'
import { bgzfBlock } from './reads/bgzf-block.ts'

/** Largest index that is read whole to be checked; a CRAI is small, a BAI of a genome about 10 MB. */
const INDEX_LIMIT = 64 * 1024 * 1024
/** References or containers that are looked up in the file: another file's index fails at the first already. */
const LOOKED_UP = 6

/**
 * Whether a BAI or CSI is this BAM's: it knows as many references, ends inside the file, and where it says that the reads of a reference
 * begin, a block begins and holds a read of that reference.
 */
export async function isIndexOfBam(index: ReadRange, bam: ReadRange, references: number): Promise<boolean> {
  const bytes = await whole(index)
  if (!bytes) return true
  const size = await bam.size()
  const known = await parsed(bytes)
  if (!known || known.references !== references || known.used.some(it => it.last > size)) return false
  for (const { reference, offset, within } of known.used.slice(0, LOOKED_UP)) {
    const block = await bgzfBlock(bam, offset)
    if (!block || within >= block.bytes.length) return false
    const view = new DataView(block.bytes.buffer, block.bytes.byteOffset, block.bytes.byteLength)
    // A record begins with its length and its reference; it may go on in the next block.
    if (within + 8 <= view.byteLength && view.getInt32(within + 4, true) !== reference) return false
  }
  return true
}

/** Undefined when it is no index at all. */
async function parsed(bytes: Uint8Array): Promise<BamIndex | undefined> {
  try {
    return readBamIndex(bytes[0] === 0x1f && bytes[1] === 0x8b ? await unzip(bytes) : bytes)
  } catch {
    return undefined
  }
}

/** The same for a CRAI: it does not point past the end, and a container of that reference begins where it says. */
export async function isIndexOfCram(index: ReadRange, cram: ReadRange): Promise<boolean> {
  const bytes = await whole(index)
  if (!bytes) return true
  const size = await cram.size()
  const rows = (await gunzipped(bytes))
    .split('\n')
    .filter(line => line !== '')
    .map(line => line.split('\t').map(Number))
  for (const [reference, , , container = Number.NaN, slice = Number.NaN, length = Number.NaN] of rows) {
    if (!Number.isInteger(reference) || !(container + slice + length <= size)) return false
  }
  for (const [reference = 0, , , container = 0] of rows.slice(0, LOOKED_UP)) {
    const head = await cram.read(container, container + 16)
    if (head.length < 16) return false
    const held = new DataView(head.buffer, head.byteOffset).getInt32(0, true)
    const named = head[4] ?? 0
    // A container of one reference names it; -1 (unmapped) and -2 (several) are five bytes long, large numbers two or more.
    if (held <= 0 || container + held > size || (named < 0x80 && named !== reference)) return false
  }
  return true
}

async function whole(index: ReadRange): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const size = await index.size()
  return size > INDEX_LIMIT ? undefined : index.read(0, size)
}

async function gunzipped(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes)
  // A broken gzip reads as no rows of numbers, and so as no index of this file.
  return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text().catch(() => 'broken')
}
