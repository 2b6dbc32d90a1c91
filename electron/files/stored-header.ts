import { createHmac, timingSafeEqual } from 'node:crypto'
import { Problem } from '#domain/problems.ts'
import { type Aead, keyPairOf } from '../vault/aead.ts'
import { Crypt4ghError } from '../vault/crypt4gh/crypt4gh-error.ts'
import { readHeader } from '../vault/crypt4gh/header.ts'
import { openHeader } from '../vault/crypt4gh/packets.ts'
import { bytesAccess } from '../vault/crypt4gh/random-access.ts'
import { subkey } from '../vault/kek.ts'

const markLength = 32

/** What the store needs of the keys of a case. */
export interface CaseAccess {
  /** X25519 secret that headers are sealed for. */
  readonly secretKey: Uint8Array
  /** 32 bytes. */
  readonly key: Uint8Array
}

/** Where a header belongs; a header moved elsewhere is refused. */
export interface HeaderPlace {
  readonly caseId: string
  readonly fileId: string
  readonly bodySha256: string
}

/**
 * A header with a mark by the case key. Crypt4GH lets anybody add packets to a header (an edit list, say, that hides part of a
 * file); the centre's signature covers it only on the way here, so at rest we vouch for it ourselves.
 */
export function markHeader(keys: CaseAccess, place: HeaderPlace, header: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([markOf(keys, place, header), header]))
}

export function unmarkHeader(keys: CaseAccess, place: HeaderPlace, stored: Uint8Array): Uint8Array {
  const header = stored.subarray(markLength)
  if (stored.length < markLength || !timingSafeEqual(markOf(keys, place, header), stored.subarray(0, markLength)))
    throw new Problem('file-damaged')
  return header
}

/** The data keys and edits of a header for this case; Problem `key-does-not-fit` when it is not for it or has bytes left over. */
export async function understandHeader(aead: Aead, keys: CaseAccess, header: Uint8Array) {
  try {
    const sealed = await readHeader(bytesAccess(header))
    if (sealed.length !== header.length) throw new Problem('key-does-not-fit')
    return openHeader(aead, sealed, keyPairOf(aead, keys.secretKey))
  } catch (error) {
    throw error instanceof Crypt4ghError ? new Problem('key-does-not-fit', {}, { cause: error }) : error
  }
}

function markOf(keys: CaseAccess, place: HeaderPlace, header: Uint8Array): Buffer {
  const key = subkey(keys.key, 'panelbench stored header')
  const mark = createHmac('sha256', key)
    .update(JSON.stringify([place.caseId, place.fileId, place.bodySha256]))
    .update(header)
    .digest()
  key.fill(0)
  return mark
}
