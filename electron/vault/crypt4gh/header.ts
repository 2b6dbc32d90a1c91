import { Crypt4ghError } from './crypt4gh-error.ts'
import type { RandomAccess } from './random-access.ts'

// Bounds before allocation: a header is written by whoever sends the file.
const maxHeaderLength = 1 << 20
const maxPackets = 1_000
const maxPacketLength = 1 << 16

const magic = new TextEncoder().encode('crypt4gh')
const version = 1
const fixedLength = 16

/** A header as it lies in the file: packets still sealed, each without its 4 bytes of length. */
export interface SealedHeader {
  readonly packets: readonly Uint8Array[]
  /** Bytes up to the first segment. */
  readonly length: number
}

/** Reads the header at the start of a file, packet by packet, never more than it promises and never more than 1 MiB. */
export async function readHeader(source: RandomAccess): Promise<SealedHeader> {
  const start = await source.read(0, fixedLength)
  if (start.length < magic.length || !magic.every((byte, index) => start[index] === byte))
    throw new Crypt4ghError('not-crypt4gh', 'the file does not begin with the Crypt4GH mark')
  if (start.length < fixedLength) throw truncated()
  const view = viewOf(start)
  if (view.getUint32(8, true) !== version)
    throw new Crypt4ghError('unsupported-version', `Crypt4GH version ${view.getUint32(8, true)} is not supported, only 1 is`)
  const count = view.getUint32(12, true)
  if (count > maxPackets)
    throw new Crypt4ghError('header-too-large', `the header announces ${count} packets, ${maxPackets} are allowed`)

  const packets: Uint8Array[] = []
  let position = fixedLength
  for (let index = 0; index < count; index++) {
    const prefix = await source.read(position, 4)
    if (prefix.length < 4) throw truncated()
    const length = viewOf(prefix).getUint32(0, true)
    if (length < 8)
      throw new Crypt4ghError('bad-packet', `header packet ${index} announces ${length} bytes, too few for any packet`)
    if (length > maxPacketLength || position + length > maxHeaderLength)
      throw new Crypt4ghError('header-too-large', `header packet ${index} announces ${length} bytes`)
    const packet = await source.read(position + 4, length - 4)
    if (packet.length < length - 4) throw truncated()
    packets.push(packet.slice())
    position += length
  }
  return { packets, length: position }
}

/** The bytes of a header with these sealed packets. */
export function writeHeader(packets: readonly Uint8Array[]): Uint8Array {
  const length = packets.reduce((sum, packet) => sum + 4 + packet.length, fixedLength)
  if (packets.length > maxPackets || length > maxHeaderLength || packets.some(packet => packet.length + 4 > maxPacketLength))
    throw new Crypt4ghError('header-too-large', `a header of ${packets.length} packets and ${length} bytes cannot be written`)
  const bytes = new Uint8Array(length)
  const view = viewOf(bytes)
  bytes.set(magic, 0)
  view.setUint32(8, version, true)
  view.setUint32(12, packets.length, true)
  let position = fixedLength
  for (const packet of packets) {
    view.setUint32(position, packet.length + 4, true)
    bytes.set(packet, position + 4)
    position += packet.length + 4
  }
  return bytes
}

function truncated(): Crypt4ghError {
  return new Crypt4ghError('header-truncated', 'the file ends within its header')
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
