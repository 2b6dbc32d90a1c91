import { Problem } from '#domain/problems.ts'
import { byteRange } from './byte-range.ts'
import type { PlainFile } from './workstation.ts'

/** A piece large enough to be quick and small enough that giving up stops soon. */
const PIECE = 512 * 1024
/** A whole file is handed out only when it is small; nobody reads 60 GB in one answer. */
const WHOLE_LIMIT = 64 * 1024 * 1024

/** Single ranges with 206/416, a strong ETag, and a body that stops reading when the page gives up. */
export async function fileResponse(request: Request, file: PlainFile): Promise<Response> {
  const ifRange = request.headers.get('if-range')
  const asked = ifRange === null || ifRange === file.etag ? request.headers.get('range') : null
  const range = byteRange(asked, file.size)
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    etag: file.etag,
    'content-type': 'application/octet-stream',
  }
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${file.size}` } })
  const whole = range === 'whole'
  if (whole && file.size > WHOLE_LIMIT && request.method !== 'HEAD') throw new Problem('too-large')
  const start = whole ? 0 : range.first
  const end = whole ? file.size : range.last + 1
  headers['content-length'] = String(end - start)
  if (!whole) headers['content-range'] = `bytes ${start}-${end - 1}/${file.size}`
  const status = whole ? 200 : 206
  if (request.method === 'HEAD') return new Response(null, { status, headers })
  // The first piece is read before the status goes out: a damaged file is then an error and not a cut body.
  const first = await file.read(start, Math.min(start + PIECE, end), request.signal)
  if (first.length === end - start) return new Response(first as Uint8Array<ArrayBuffer>, { status, headers })
  let at = start + first.length
  const body = new ReadableStream<Uint8Array>({
    start: controller => controller.enqueue(first),
    async pull(controller) {
      if (at >= end) {
        controller.close()
        return
      }
      const piece = await file.read(at, Math.min(at + PIECE, end), request.signal)
      at += piece.length
      controller.enqueue(piece)
    },
  })
  return new Response(body, { status, headers })
}
