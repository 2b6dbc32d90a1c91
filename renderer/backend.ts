import type { z } from 'zod'
import { BYTES, type Endpoint, Hint, ProblemBody } from '#domain/contract.ts'
import { isProblemCode, Problem } from '#domain/problems.ts'

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType>
export type Call = <E extends AnyEndpoint>(endpoint: E, request: z.input<E['request']>) => Promise<z.output<E['reply']>>

/** The page's one way to the privileged side. */
export interface Backend {
  readonly call: Call
  /** Listens to hints until the returned function is called; `connected` tells whether the stream is up. */
  events(onHint: (hint: Hint) => void, onConnection: (connected: boolean) => void): () => void
}

type Fetch = (url: string, init: RequestInit) => Promise<Response>

function splitRequest(path: string, request: unknown): { url: string; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...(request as Record<string, unknown>) }
  const url = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = String(rest[name])
    delete rest[name]
    return encodeURIComponent(value)
  })
  return { url, rest }
}

/** Turns an RFC 9457 answer into a Problem; anything else that failed is `internal`. */
export async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = ProblemBody.parse(await response.json())
    if (isProblemCode(body.code)) return new Problem(body.code, body.values ?? {})
  } catch {
    // Not a problem document: fall through to the code that names only the status.
  }
  return new Problem('internal', { id: `http-${response.status}` })
}

/** What any thrown thing means to a person. */
export function asProblem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem('internal', { id: 'page' }, { cause: thrown })
}

export function createCall(fetch: Fetch): Call {
  return async (endpoint, request) => {
    const { url, rest } = splitRequest(endpoint.path, endpoint.request.parse(request))
    const post = endpoint.method === 'POST'
    const query = post || Object.keys(rest).length === 0 ? '' : `?${new URLSearchParams(rest as Record<string, string>)}`
    let response: Response
    try {
      response = await fetch(
        url + query,
        post
          ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(rest), cache: 'no-store' }
          : { method: 'GET', cache: 'no-store' },
      )
    } catch (cause) {
      throw new Problem('backend-gone', {}, { cause })
    }
    if (!response.ok) throw await problemOf(response)
    return endpoint.reply.parse(await response.json()) as never
  }
}

/** A place of BYTES with its names filled in. */
export function bytesUrl(path: string, names: Readonly<Record<string, string>>, query: Readonly<Record<string, string>> = {}) {
  const url = path.replace(/:(\w+)/g, (whole, name: string) =>
    names[name] === undefined ? whole : encodeURIComponent(names[name]),
  )
  const search = new URLSearchParams(query).toString()
  return search ? `${url}?${search}` : url
}

/** Hints that say "ask for everything again", sent after a gap in the stream. */
const AFTER_A_GAP: readonly Hint[] = [{ event: 'session' }, { event: 'cases' }, { event: 'sync' }]

/** EventSource gives up for good on some failures, so reconnecting is ours: 1 s doubling to 30 s. */
export function createEvents(open: (url: string) => EventSource): Backend['events'] {
  return (onHint, onConnection) => {
    let source: EventSource | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let wait = 1000
    let stopped = false
    let gap = false
    const take = (message: MessageEvent<string>, name?: string) => {
      try {
        const data: unknown = JSON.parse(message.data || '{}')
        const hint = Hint.safeParse(name ? { event: name, ...(data as object) } : data)
        if (hint.success) onHint(hint.data)
      } catch {
        // A hint that cannot be read is only a lost hint; the next one or the next gap asks again.
      }
    }
    const connect = () => {
      const now = open(BYTES.events)
      source = now
      now.onopen = () => {
        wait = 1000
        onConnection(true)
        if (gap) for (const hint of AFTER_A_GAP) onHint(hint)
        gap = false
      }
      now.onmessage = message => take(message)
      for (const name of ['session', 'cases', 'case', 'sync'])
        now.addEventListener(name, message => take(message as MessageEvent<string>, name))
      now.onerror = () => {
        gap = true
        onConnection(false)
        now.close()
        if (stopped) return
        timer = setTimeout(connect, wait)
        wait = Math.min(wait * 2, 30_000)
      }
    }
    connect()
    return () => {
      stopped = true
      clearTimeout(timer)
      source?.close()
    }
  }
}
