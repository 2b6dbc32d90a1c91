import { type Aead, keyPairOf } from '../aead.ts'
import { type SealedHeader, writeHeader } from './header.ts'
import { openPackets, sealPacket, understand } from './packets.ts'

/**
 * A new header for other recipients; the body stays byte for byte. Packets for third readers are dropped, unless `keepOthers`.
 * @throws Crypt4ghError when the header is not for `readerSecret`, or is one that a reader would refuse
 */
export function reencryptHeader(
  aead: Aead,
  header: SealedHeader,
  readerSecret: Uint8Array,
  recipients: readonly Uint8Array[],
  options: { readonly keepOthers?: boolean } = {},
): Uint8Array {
  const reader = keyPairOf(aead, readerSecret)
  const payloads = openPackets(aead, header, reader)
  understand(payloads)
  const sealed = recipients.flatMap(recipient => payloads.map(payload => sealPacket(aead, payload, recipient)))
  const others = options.keepOthers
    ? header.packets.filter(packet => openPackets(aead, { packets: [packet], length: 0 }, reader).length === 0)
    : []
  return writeHeader([...sealed, ...others])
}
