import { Crypt4ghError } from './crypt4gh-error.ts'

/** Reads length-prefixed fields (big-endian) of a key file, and refuses a length that goes past its end. */
export function byteReader(bytes: Uint8Array, start: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let position = start
  const take = (length: number): Uint8Array => {
    if (position + length > bytes.length) throw new Crypt4ghError('bad-key-file', 'the key file ends too early')
    position += length
    return bytes.subarray(position - length, position)
  }
  const unsigned = (length: 2 | 4): number => {
    take(length)
    return length === 2 ? view.getUint16(position - 2) : view.getUint32(position - 4)
  }
  return {
    uint32: () => unsigned(4),
    prefixed16: () => take(unsigned(2)),
    prefixed32: () => take(unsigned(4)),
  }
}
