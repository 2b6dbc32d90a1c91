import { type Aead, type KeyPair, newKeyPair } from '../aead.ts'
import { Crypt4ghError } from './crypt4gh-error.ts'
import { type SealedHeader, viewOf } from './header.ts'

const methodX25519 = 0
const nonceLength = 12
const sealedOverhead = 4 + 32 + nonceLength + 16
const maxEdits = 100_000

const packetType = { dataKey: 0, editList: 1 }
const dataMethodChacha = 0

/** What a reader learns from the packets that are for it. Edits are byte counts: discard, keep, discard, keep … */
export interface OpenHeader {
  readonly dataKeys: readonly Uint8Array[]
  readonly edits: readonly number[] | undefined
}

/** Opens the packets that are for `reader` and skips the others in silence, as the specification asks. */
export function openHeader(aead: Aead, header: SealedHeader, reader: KeyPair): OpenHeader {
  return understand(openPackets(aead, header, reader))
}

/** The plain payloads of the packets that are for `reader`. */
export function openPackets(aead: Aead, header: SealedHeader, reader: KeyPair): Uint8Array[] {
  const opened = header.packets.map(packet => openPacket(aead, packet, reader))
  return opened.filter(payload => payload !== undefined)
}

/** A packet (without its length field) that only the holder of the secret of `readerPublic` can open. */
export function sealPacket(aead: Aead, payload: Uint8Array, readerPublic: Uint8Array, writer = newKeyPair(aead)): Uint8Array {
  const key = aead.writerKey(writer, readerPublic)
  if (!key) throw new Crypt4ghError('bad-key-file', 'the public key of the recipient is not a usable point')
  const nonce = aead.random(nonceLength)
  const sealed = aead.seal(payload, nonce, key)
  const packet = new Uint8Array(4 + 32 + nonceLength + sealed.length)
  viewOf(packet).setUint32(0, methodX25519, true)
  packet.set(writer.publicKey, 4)
  packet.set(nonce, 36)
  packet.set(sealed, 48)
  return packet
}

export function dataKeyPayload(dataKey: Uint8Array): Uint8Array {
  const payload = new Uint8Array(8 + dataKey.length)
  viewOf(payload).setUint32(0, packetType.dataKey, true)
  viewOf(payload).setUint32(4, dataMethodChacha, true)
  payload.set(dataKey, 8)
  return payload
}

export function editListPayload(edits: readonly number[]): Uint8Array {
  const payload = new Uint8Array(8 + 8 * edits.length)
  const view = viewOf(payload)
  view.setUint32(0, packetType.editList, true)
  view.setUint32(4, edits.length, true)
  edits.forEach((edit, index) => {
    view.setBigUint64(8 + 8 * index, BigInt(edit), true)
  })
  return payload
}

function openPacket(aead: Aead, packet: Uint8Array, reader: KeyPair): Uint8Array | undefined {
  if (packet.length < sealedOverhead || viewOf(packet).getUint32(0, true) !== methodX25519) return undefined
  const key = aead.readerKey(reader, packet.subarray(4, 36))
  return key && aead.open(packet.subarray(48), packet.subarray(36, 48), key)
}

export function understand(payloads: readonly Uint8Array[]): OpenHeader {
  const dataKeys: Uint8Array[] = []
  let edits: readonly number[] | undefined
  for (const payload of payloads) {
    if (payload.length < 8) throw new Crypt4ghError('bad-packet', 'a header packet for this key is too short')
    const type = viewOf(payload).getUint32(0, true)
    if (type === packetType.dataKey) dataKeys.push(dataKeyOf(payload))
    else if (type === packetType.editList) {
      if (edits) throw new Crypt4ghError('bad-edit-list', 'the header holds more than one edit list')
      edits = editsOf(payload)
    } else throw new Crypt4ghError('bad-packet', `a header packet for this key has the unknown type ${type}`)
  }
  if (dataKeys.length === 0)
    throw new Crypt4ghError('no-packet-for-this-key', 'no data key in the header can be opened with this key')
  return { dataKeys, edits }
}

/** Bytes after the key are padding, which the specification allows against guessing types by length. */
function dataKeyOf(payload: Uint8Array): Uint8Array {
  const method = viewOf(payload).getUint32(4, true)
  if (method !== dataMethodChacha) throw new Crypt4ghError('unsupported-method', `the data cipher ${method} is not supported`)
  if (payload.length < 40) throw new Crypt4ghError('bad-packet', 'a data key in the header is too short')
  return payload.slice(8, 40)
}

function editsOf(payload: Uint8Array): readonly number[] {
  const view = viewOf(payload)
  const count = view.getUint32(4, true)
  if (count > maxEdits || 8 + 8 * count > payload.length)
    throw new Crypt4ghError('bad-edit-list', `the edit list announces ${count} lengths and does not hold them`)
  return Array.from({ length: count }, (_, index) => {
    const edit = view.getBigUint64(8 + 8 * index, true)
    if (edit > BigInt(Number.MAX_SAFE_INTEGER))
      throw new Crypt4ghError('bad-edit-list', 'a length in the edit list is above 2^53-1')
    return Number(edit)
  })
}
