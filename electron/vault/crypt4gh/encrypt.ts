import type { Aead, KeyPair } from '../aead.ts'
import { writeHeader } from './header.ts'
import { dataKeyPayload, sealPacket } from './packets.ts'
import { sealSegment, segmentPlain } from './segments.ts'

/**
 * Plain pieces of any size in, a Crypt4GH file out: the header first, then one sealed segment at a time.
 * The writer key is thrown away unless one is given, so that only the recipients can open the file.
 */
export async function* encryptCrypt4gh(
  aead: Aead,
  plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  recipients: readonly Uint8Array[],
  writer?: KeyPair,
): AsyncIterable<Uint8Array> {
  const dataKey = aead.random(32)
  const payload = dataKeyPayload(dataKey)
  yield writeHeader(recipients.map(recipient => sealPacket(aead, payload, recipient, writer)))
  for await (const segment of inSegments(plain)) yield sealSegment(aead, segment, dataKey)
  dataKey.fill(0)
  payload.fill(0)
}

/** Pieces regrouped to 65,536 bytes, the last one shorter; nothing at all for an empty file. */
async function* inSegments(plain: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const segment = new Uint8Array(segmentPlain)
  let filled = 0
  for await (const piece of plain) {
    for (let used = 0; used < piece.length; ) {
      const take = Math.min(segmentPlain - filled, piece.length - used)
      segment.set(piece.subarray(used, used + take), filled)
      filled += take
      used += take
      if (filled === segmentPlain) {
        yield segment
        filled = 0
      }
    }
  }
  if (filled > 0) yield segment.subarray(0, filled)
}
