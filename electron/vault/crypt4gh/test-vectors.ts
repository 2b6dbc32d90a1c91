import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The interoperability vectors, which lie beside the checkout (`../shared/vectors/crypt4gh`) and are not part of it. */
export const vectorFolder = fileURLToPath(new URL('../../../../shared/vectors/crypt4gh/', import.meta.url))

const Vectors = z.object({
  ok: z.array(
    z.object({
      file: z.string(),
      readers: z.array(z.string()),
      not_readers: z.array(z.string()),
      plain_size: z.int(),
      plain_sha256: z.string(),
      file_sha256: z.string(),
      ranges: z.array(z.object({ start: z.int(), end: z.int(), sha256: z.string() })),
    }),
  ),
  bad: z.array(
    z.object({ file: z.string(), reader: z.string(), expect: z.enum(['reject', 'reject_range', 'reject_by_manifest']) }),
  ),
  keys: z.record(z.string(), z.string()),
})
export type Vectors = z.infer<typeof Vectors>

/** Undefined where the vectors are not at hand; tests then say that they skip. */
export const vectors: Vectors | undefined = existsSync(`${vectorFolder}vectors.json`)
  ? Vectors.parse(JSON.parse(readFileSync(`${vectorFolder}vectors.json`, 'utf8')))
  : undefined

export function vectorBytes(file: string): Uint8Array {
  return new Uint8Array(readFileSync(vectorFolder + file))
}

export function vectorPassphrase(name: string): string {
  const said = vectors?.keys[name] ?? ''
  return said === 'no passphrase' ? '' : said
}

export function hasSecretKey(name: string): boolean {
  return existsSync(`${vectorFolder}keys/${name}.sec`)
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The plain text `pNNN` of the vectors. */
export function shake(name: string, length: number): Uint8Array {
  return new Uint8Array(createHash('shake256', { outputLength: length }).update(`crypt4gh-vector-${name}`).digest())
}
