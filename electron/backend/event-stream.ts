import type { Hints } from './hints.ts'

/** Often enough that a dead connection is noticed, seldom enough to cost nothing. */
const BEAT_MS = 15_000

/** Server-sent events. Hints only: what they name is asked for again, so a lost one loses nothing. */
export function eventStream(hints: Hints, signal: AbortSignal): Response {
  const encoder = new TextEncoder()
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      send('retry: 1000\n\n')
      const unsubscribe = hints.subscribe(hint => send(`data: ${JSON.stringify(hint)}\n\n`))
      const beat = setInterval(() => send(': beat\n\n'), BEAT_MS)
      stop = () => {
        stop = () => {}
        unsubscribe()
        clearInterval(beat)
        try {
          controller.close()
        } catch {
          // The page has closed it already.
        }
      }
      signal.addEventListener('abort', () => stop(), { once: true })
    },
    cancel() {
      stop()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } })
}
