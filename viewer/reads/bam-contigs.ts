import { Problem } from '#domain/problems.ts'
import type { ReadRange } from '../ranged-file.ts'
import { bgzfBlock } from './bgzf-block.ts'

/** Far above the header of any genome with its decoys; a length beyond it is damage. */
const HEADER_LIMIT = 64 * 1024 * 1024

/**
 * The contigs of a BAM with their lengths, from the binary list that its reads point into (SAM specification, 4.2). Needs no index, so
 * that a wrong index is not taken for a damaged file. Throws `reads-damaged`.
 */
export async function bamContigs(file: ReadRange): Promise<readonly (readonly [name: string, length: number])[]> {
  let bytes = new Uint8Array()
  let next = 0
  const upTo = async (length: number): Promise<DataView> => {
    if (length > HEADER_LIMIT) throw new Problem('reads-damaged')
    const pieces: Uint8Array[] = [bytes]
    let have = bytes.length
    while (have < length) {
      const block = await bgzfBlock(file, next)
      if (!block || block.bytes.length === 0) throw new Problem('reads-damaged')
      pieces.push(block.bytes)
      have += block.bytes.length
      next = block.next
    }
    if (pieces.length > 1) bytes = joined(pieces, have)
    return new DataView(bytes.buffer)
  }
  let view = await upTo(12)
  if (view.getUint32(0, false) !== 0x42414d01) throw new Problem('reads-damaged')
  let at = 8 + view.getUint32(4, true)
  view = await upTo(at + 4)
  const count = view.getUint32(at, true)
  at += 4
  const contigs: [string, number][] = []
  for (let reference = 0; reference < count; reference += 1) {
    const nameLength = (await upTo(at + 4)).getUint32(at, true)
    view = await upTo(at + 8 + nameLength)
    const name = new TextDecoder().decode(bytes.subarray(at + 4, at + 3 + nameLength))
    contigs.push([name, view.getUint32(at + 4 + nameLength, true)])
    at += 8 + nameLength
  }
  return contigs
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
