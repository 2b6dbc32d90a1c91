import { Problem } from '#domain/problems.ts'

/** Bytes of one file by range. Positions 0-based, end exclusive; exactly that many bytes, fewer only at the end of the file. */
export interface ReadRange {
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>
  size(): Promise<number>
}

/**
 * A file behind our own origin, by closed ranges. A server that ignores the range would fill the memory with a whole genome: a 200
 * is refused. The ETag of the first answer holds for all, so an index never meets another file's bytes.
 */
export function rangedFile(url: string): ReadRange {
  let etag: string | undefined
  let length: Promise<number> | undefined

  async function read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const to = Math.min(end, await size())
    if (start >= to) return new Uint8Array()
    const response = await fetch(url, {
      headers: { range: `bytes=${start}-${to - 1}`, ...(etag ? { 'if-range': etag } : {}) },
      cache: 'no-store',
      ...(signal ? { signal } : {}),
    })
    if (!response.ok) throw new Problem(await codeOf(response))
    const right = response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${start}-${to - 1}/`)
    if (!right) {
      await response.body?.cancel()
      throw new Problem('reads-damaged')
    }
    const bytes = new Uint8Array(await response.arrayBuffer())
    if (bytes.length !== to - start) throw new Problem('reads-damaged')
    return bytes
  }

  function size(): Promise<number> {
    length ??= fetch(url, { method: 'HEAD', cache: 'no-store' }).then(async response => {
      if (!response.ok)
        throw new Problem(response.status === 404 ? 'not-here' : response.status === 401 ? 'locked' : 'reads-damaged')
      etag = response.headers.get('etag') ?? undefined
      return Number(response.headers.get('content-length') ?? 0)
    })
    length.catch(() => {
      length = undefined
    })
    return length
  }

  return { read, size }
}

async function codeOf(response: Response): Promise<'not-here' | 'locked' | 'file-damaged' | 'withdrawn' | 'reads-damaged'> {
  const { code } = (await response.json().catch(() => ({}))) as { code?: string }
  return code === 'not-here' || code === 'locked' || code === 'file-damaged' || code === 'withdrawn' ? code : 'reads-damaged'
}
