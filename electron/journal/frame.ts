import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { crc32 } from './crc32.ts'

/*
 * A journal file is a file header and then frames. One frame is one write and one fsync, with one or more records:
 *   magic 4 · sealed length 4 · first seq 8 · record count 4 · hash of the frame before 32 · CRC of these 52 bytes 4
 *   nonce 12 · AES-256-GCM cipher text · tag 16 · CRC of nonce to tag 4
 * Integers little-endian. The 52 bytes and the journal's id are authenticated with the content, so a frame fits
 * in one journal at one place only.
 */
export const frameHeaderLength = 56
const sealOverhead = 28
const tailLength = 4
export const maxSealedLength = 16 << 20

const magic = Buffer.from([0xd6, 0x50, 0x42, 0x72])
const fileMagic = Buffer.from('PBJOURN1', 'latin1')
export const fileHeaderLength = 28

export interface FrameHeader {
  readonly sealedLength: number
  readonly seq: number
  readonly count: number
  readonly prev: Uint8Array
}

export interface JournalRecord {
  /** From 1, without gaps. */
  readonly seq: number
  /** ISO 8601, by the clock of this machine. */
  readonly at: string
  readonly body: unknown
}

export interface FrameRecord {
  readonly at: string
  readonly body: unknown
}

/** Mark and random id of a journal file. */
export function fileHeader(id: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(fileHeaderLength)
  bytes.set(fileMagic, 0)
  bytes.set(id.subarray(0, 16), 8)
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 24)), 24)
  return bytes
}

export function isFileHeader(bytes: Uint8Array): boolean {
  if (bytes.length !== fileHeaderLength) return false
  const buffer = asBuffer(bytes)
  return buffer.subarray(0, 8).equals(fileMagic) && buffer.readUInt32LE(24) === crc32(bytes.subarray(0, 24))
}

/** `records` are the JSON texts of FrameRecords. */
export function sealFrame(
  key: Uint8Array,
  file: Uint8Array,
  nonce: Uint8Array,
  place: { readonly seq: number; readonly prev: Uint8Array },
  records: readonly string[],
): Uint8Array {
  const content = Buffer.from(`[${records.join()}]`, 'utf8')
  const frame = Buffer.alloc(frameHeaderLength + content.length + sealOverhead + tailLength)
  frame.set(magic, 0)
  frame.writeUInt32LE(content.length + sealOverhead, 4)
  frame.writeBigUInt64LE(BigInt(place.seq), 8)
  frame.writeUInt32LE(records.length, 16)
  frame.set(place.prev, 20)
  frame.writeUInt32LE(crc32(frame.subarray(0, 52)), 52)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(file, frame))
  const sealed = Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()])
  frame.set(sealed, frameHeaderLength)
  frame.writeUInt32LE(crc32(sealed), frameHeaderLength + sealed.length)
  content.fill(0)
  return frame
}

/** Undefined when the bytes are not the start of a frame. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader | undefined {
  const buffer = asBuffer(bytes)
  if (buffer.length < frameHeaderLength || !buffer.subarray(0, 4).equals(magic)) return undefined
  if (buffer.readUInt32LE(52) !== crc32(buffer.subarray(0, 52))) return undefined
  const sealedLength = buffer.readUInt32LE(4)
  if (sealedLength < sealOverhead || sealedLength > maxSealedLength) return undefined
  return {
    sealedLength,
    seq: Number(buffer.readBigUInt64LE(8)),
    count: buffer.readUInt32LE(16),
    prev: bytes.slice(20, 52),
  }
}

export function frameLength(header: FrameHeader): number {
  return frameHeaderLength + header.sealedLength + tailLength
}

export function isWhole(frame: Uint8Array): boolean {
  const end = frame.length - tailLength
  return asBuffer(frame).readUInt32LE(end) === crc32(frame.subarray(frameHeaderLength, end))
}

/** The records of a whole frame; undefined when the seal does not hold. */
export function openFrame(key: Uint8Array, file: Uint8Array, frame: Uint8Array): readonly FrameRecord[] | undefined {
  const sealed = frame.subarray(frameHeaderLength, frame.length - tailLength)
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 })
    .setAAD(associated(file, frame))
    .setAuthTag(sealed.subarray(sealed.length - 16))
  try {
    const content = Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()])
    return JSON.parse(content.toString('utf8'))
  } catch {
    return undefined
  }
}

export function hashOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest())
}

/** True when a frame may have begun here, judging by the bytes that are there: for a file that was cut within a frame header. */
export function mayBeStartOfFrame(bytes: Uint8Array): boolean {
  return magic.subarray(0, Math.min(4, bytes.length)).equals(bytes.subarray(0, 4))
}

/** Offset of the next frame mark at or after `from`, or -1. */
export function nextMark(bytes: Uint8Array, from: number): number {
  return asBuffer(bytes).indexOf(magic, from)
}

function associated(file: Uint8Array, frame: Uint8Array): Buffer {
  return Buffer.concat([file, frame.subarray(0, 52)])
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
