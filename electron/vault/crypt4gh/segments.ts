import type { Aead } from '../aead.ts'
import { Crypt4ghError } from './crypt4gh-error.ts'
import type { RandomAccess } from './random-access.ts'

export const segmentPlain = 65_536
/** Nonce 12 and MAC 16 around the cipher text. */
export const segmentOverhead = 28
export const segmentSealed = segmentPlain + segmentOverhead

/** The segments of a file, by number from 0. */
export interface SegmentSource {
  /** Plain bytes of `count` segments from `first`; throws before giving any byte when one of them is not authentic. */
  read(first: number, count: number): Promise<readonly Uint8Array[]>
}

/** How many segments and plain bytes a body of `bodyLength` sealed bytes has. */
export function bodyShape(bodyLength: number): { readonly segments: number; readonly plainSize: number } {
  const whole = Math.floor(bodyLength / segmentSealed)
  const rest = bodyLength - whole * segmentSealed
  if (rest === 0) return { segments: whole, plainSize: whole * segmentPlain }
  if (rest < segmentOverhead) throw new Crypt4ghError('file-truncated', 'the file ends within its last segment')
  return { segments: whole + 1, plainSize: whole * segmentPlain + rest - segmentOverhead }
}

/** Sealed segment to plain bytes with the first of `keys` that fits, trying the last successful one first. */
export function segmentOpener(aead: Aead, keys: readonly Uint8Array[]): (sealed: Uint8Array, index: number) => Uint8Array {
  let order = [...keys]
  return (sealed, index) => {
    const nonce = sealed.subarray(0, 12)
    for (const key of order) {
      const plain = aead.open(sealed.subarray(12), nonce, key)
      if (!plain) continue
      if (key !== order[0]) order = [key, ...order.filter(other => other !== key)]
      return plain
    }
    throw new Crypt4ghError('segment-not-authentic', `segment ${index} is damaged or was changed: its seal does not hold`)
  }
}

export function sealSegment(aead: Aead, plain: Uint8Array, dataKey: Uint8Array): Uint8Array {
  const nonce = aead.random(12)
  const cipher = aead.seal(plain, nonce, dataKey)
  const sealed = new Uint8Array(12 + cipher.length)
  sealed.set(nonce, 0)
  sealed.set(cipher, 12)
  return sealed
}

/** Segments straight from the file: one read for neighbours, then each seal is checked. */
export function segmentsOf(
  source: RandomAccess,
  bodyStart: number,
  bodyLength: number,
  open: (sealed: Uint8Array, index: number) => Uint8Array,
): SegmentSource {
  return {
    async read(first, count) {
      const from = first * segmentSealed
      const length = Math.min(count * segmentSealed, bodyLength - from)
      const sealed = await source.read(bodyStart + from, length)
      if (sealed.length < length) throw new Crypt4ghError('file-truncated', 'the file became shorter while it was read')
      return Array.from({ length: Math.ceil(length / segmentSealed) }, (_, offset) =>
        open(sealed.subarray(offset * segmentSealed, (offset + 1) * segmentSealed), first + offset),
      )
    },
  }
}
