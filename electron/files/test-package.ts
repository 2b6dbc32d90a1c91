import { createHash } from 'node:crypto'
import { CHUNK_BYTES, type Manifest, type ManifestFile } from '#sync/protocol.ts'
import type { Aead } from '../vault/aead.ts'
import { encryptCrypt4gh } from '../vault/crypt4gh/encrypt.ts'
import { readHeader } from '../vault/crypt4gh/header.ts'
import { bytesAccess } from '../vault/crypt4gh/random-access.ts'

/** A delivered file as a test needs it: description, header for one reader, sealed body, and the plain bytes. */
export interface TestFile {
  readonly entry: ManifestFile
  readonly header: Uint8Array
  readonly body: Uint8Array
  readonly plain: Uint8Array
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export async function testFile(aead: Aead, id: string, plain: Uint8Array, readerPublic: Uint8Array): Promise<TestFile> {
  const pieces: Uint8Array[] = []
  for await (const piece of encryptCrypt4gh(aead, [plain], [readerPublic])) pieces.push(piece)
  return takenApart(id, new Uint8Array(Buffer.concat(pieces)), plain)
}

/** A whole Crypt4GH file taken apart as the centre would describe it. */
export async function takenApart(id: string, file: Uint8Array, plain: Uint8Array): Promise<TestFile> {
  const { length } = await readHeader(bytesAccess(file))
  const body = file.slice(length)
  return { entry: entryOf(id, body, plain), header: file.slice(0, length), body, plain }
}

function entryOf(id: string, body: Uint8Array, plain: Uint8Array): ManifestFile {
  const chunks: string[] = []
  for (let at = 0; at < body.length; at += CHUNK_BYTES) chunks.push(sha256Hex(body.subarray(at, at + CHUNK_BYTES)))
  return {
    id,
    role: 'reads',
    bodySize: body.length,
    bodySha256: sha256Hex(body),
    plainSize: plain.length,
    plainSha256: sha256Hex(plain),
    chunkSize: CHUNK_BYTES,
    chunks,
    objectId: `object-${id}`,
  }
}

export function testManifest(caseId: string, version: number, files: readonly TestFile[]): Manifest {
  return {
    caseId,
    version,
    issuedAt: '2026-11-22T00:00:00Z',
    expiresAt: '2027-11-22T00:00:00Z',
    assembly: 'GRCh38',
    files: files.map(file => file.entry),
    consent: { state: 'given', version: '1' },
  }
}

export function headersOf(files: readonly TestFile[]): ReadonlyMap<string, Uint8Array> {
  return new Map(files.map(file => [file.entry.id, file.header]))
}

export function chunkOf(file: TestFile, chunk: number): Uint8Array {
  return file.body.slice(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES)
}
