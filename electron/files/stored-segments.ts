import { Problem } from '#domain/problems.ts'
import { CHUNK_BYTES, type ManifestFile } from '#sync/protocol.ts'
import type { DurableFile } from '../journal/durable-fs.ts'
import { type SegmentSource, segmentSealed } from '../vault/crypt4gh/segments.ts'
import type { SegmentCache } from './segment-cache.ts'
import type { SegmentWorkers } from './segment-workers.ts'
import { chunkSpan } from './staging.ts'

const segmentsInChunk = CHUNK_BYTES / segmentSealed

export interface StoredSegmentPorts {
  readonly body: DurableFile
  readonly file: ManifestFile
  readonly dataKeys: readonly Uint8Array[]
  readonly workers: SegmentWorkers
  readonly cache: SegmentCache
  /** Bodies with the same hash share what is cached and verified. */
  readonly verified: Set<string>
  /** Throws Problem `locked` once the vault is locked. */
  stillOpen(): void
}

/**
 * Segments of a stored body. The first touch of a chunk in a session reads all of it and holds it against the hash in the signed
 * manifest: swapped, missing or forged segments, which a seal alone does not show, end here. After that the seals suffice.
 */
export function storedSegments(ports: StoredSegmentPorts): SegmentSource {
  const { body, file, dataKeys, workers, cache, verified, stillOpen } = ports
  const keyOf = (segment: number) => `${file.bodySha256}:${segment}`

  async function fetchRun(chunk: number, first: number, last: number): Promise<readonly Uint8Array[]> {
    const mark = `${file.bodySha256}:${chunk}`
    const whole = !verified.has(mark)
    const span = chunkSpan(file, chunk)
    const firstSegment = whole ? chunk * segmentsInChunk : first
    const start = whole ? span.start : first * segmentSealed
    const end = whole ? span.end : Math.min(span.end, last * segmentSealed)
    const sealed = await body.read(start, end - start)
    if (sealed.length < end - start) throw new Problem('file-damaged')
    const answer = await workers.open({
      sealed,
      firstSegment,
      from: first - firstSegment,
      to: last - firstSegment,
      dataKeys,
      sha256: whole ? file.chunks[chunk] : undefined,
    })
    stillOpen()
    if (!answer.ok) throw new Problem('file-damaged')
    verified.add(mark)
    answer.plain.forEach((plain, offset) => {
      cache.put(keyOf(first + offset), plain)
    })
    return answer.plain
  }

  return {
    async read(first, count) {
      stillOpen()
      const found: Uint8Array[] = []
      const end = Math.min(first + count, Math.ceil(file.bodySize / segmentSealed))
      for (let segment = first; segment < end; ) {
        const cached = cache.get(keyOf(segment))
        if (cached) {
          found.push(cached)
          segment++
          continue
        }
        const chunk = Math.floor(segment / segmentsInChunk)
        const chunkEnd = Math.min(end, (chunk + 1) * segmentsInChunk)
        let last = segment + 1
        while (last < chunkEnd && !cache.has(keyOf(last))) last++
        found.push(...(await fetchRun(chunk, segment, last)))
        segment = last
      }
      return found
    },
  }
}
