/** Where the reads of one reference begin and end in its file, as an index says. Offsets in bytes of the BGZF file. */
export interface IndexedReference {
  readonly reference: number
  /** Block of the first read, and the read's place inside the inflated block. */
  readonly offset: number
  readonly within: number
  /** Block in which the last reads lie; never behind the end of the file it belongs to. */
  readonly last: number
}

export interface BamIndex {
  /** References that the index knows; the same number as its BAM. */
  readonly references: number
  /** Those that have reads, in the order of the file. */
  readonly used: readonly IndexedReference[]
}

/** Reads a BAI or an inflated CSI (SAM specification 5.2, CSIv1). Throws an Error that says what is wrong. */
export function readBamIndex(bytes: Uint8Array): BamIndex {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = bytes.byteLength >= 8 ? view.getUint32(0, false) : 0
  const csi = magic === 0x43534901
  if (!csi && magic !== 0x42414901) throw new Error('the index is neither BAI nor CSI')
  try {
    return readReferences(view, csi)
  } catch (cause) {
    throw new Error('the index is cut off or damaged', { cause })
  }
}

function readReferences(view: DataView, csi: boolean): BamIndex {
  let at = csi ? 16 + view.getInt32(12, true) : 4
  const depth = csi ? view.getInt32(8, true) : 5
  // The bin after the last real one carries counts, not places.
  const countsBin = ((1 << (3 * (depth + 1))) - 1) / 7 + 1
  const references = view.getInt32(at, true)
  at += 4
  const used: IndexedReference[] = []
  for (let reference = 0; reference < references; reference += 1) {
    let first: bigint | undefined
    let last = 0n
    const bins = view.getInt32(at, true)
    at += 4
    for (let bin = 0; bin < bins; bin += 1) {
      const id = view.getUint32(at, true)
      at += csi ? 12 : 4
      const chunks = view.getInt32(at, true)
      at += 4
      for (let chunk = 0; chunk < chunks; chunk += 1, at += 16) {
        if (id === countsBin) continue
        const begin = view.getBigUint64(at, true)
        const end = view.getBigUint64(at + 8, true)
        if (first === undefined || begin < first) first = begin
        if (end > last) last = end
      }
    }
    if (!csi) at += 4 + 8 * view.getInt32(at, true)
    // A virtual offset: the block in the upper 48 bits, the place in it in the lower 16.
    if (first !== undefined)
      used.push({ reference, offset: Number(first >> 16n), within: Number(first & 0xffffn), last: Number(last >> 16n) })
  }
  return { references, used }
}
