import type { Handler } from '../backend/handler.ts'

/**
 * Electron cancels the response body when the page gives up, but never aborts the request (its `Request` is built without a
 * signal). This joins the two, so that a read nobody wants any more stops down at the file.
 */
export function cancelWithBody(handle: Handler): Handler {
  return async request => {
    const abort = new AbortController()
    request.signal.addEventListener('abort', () => abort.abort(), { once: true })
    const response = await handle(new Request(request, { signal: abort.signal }))
    const body = response.body
    if (!body) return response
    const reader = body.getReader()
    const tapped = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel(reason) {
        abort.abort(reason)
        await reader.cancel(reason)
      },
    })
    return new Response(tapped, response)
  }
}
