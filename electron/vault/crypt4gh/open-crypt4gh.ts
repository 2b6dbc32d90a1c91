import { type Aead, keyPairOf } from '../aead.ts'
import { readHeader } from './header.ts'
import { openHeader } from './packets.ts'
import { type PlainFile, plainFile } from './plain-file.ts'
import type { RandomAccess } from './random-access.ts'
import { segmentOpener, segmentsOf } from './segments.ts'

/**
 * Opens a Crypt4GH file for the holder of a 32-byte X25519 secret. Segments are decrypted when they are read and kept nowhere.
 * The format proves neither who wrote the file nor its order or length: check those against the signed manifest.
 * @throws Crypt4ghError
 */
export async function openCrypt4gh(aead: Aead, source: RandomAccess, readerSecret: Uint8Array): Promise<PlainFile> {
  const header = await readHeader(source)
  const { dataKeys, edits } = openHeader(aead, header, keyPairOf(aead, readerSecret))
  const bodyLength = (await source.size()) - header.length
  return plainFile(segmentsOf(source, header.length, bodyLength, segmentOpener(aead, dataKeys)), bodyLength, edits)
}
