import { Agent, type RequestOptions, request } from 'node:https'
import { Readable } from 'node:stream'
import { Problem, type ProblemCode } from '#domain/problems.ts'

export interface PinnedFetchOptions {
  /** The only authority that is trusted: the centre's own CA, not the machine's list. */
  readonly caPem: string
  /** Origins that may be called. Anything else is refused before a socket is opened. */
  readonly origins: readonly string[]
  readonly connectMs?: number
  /** Longest silence on an open connection. */
  readonly idleMs?: number
}

export type PinnedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>

/**
 * `fetch` over TLS 1.3 with a pinned authority. Redirects are handed back, never followed: a redirect is how a download ticket
 * would lead into the hospital's own network. Throws `Problem` with a transport code.
 */
export function createPinnedFetch({
  caPem,
  origins,
  connectMs = 10_000,
  idleMs = 30_000,
}: PinnedFetchOptions): PinnedFetch & { close(): void } {
  const agent = new Agent({ ca: caPem, minVersion: 'TLSv1.3', keepAlive: true, maxSockets: 8, timeout: idleMs })
  const call: PinnedFetch = async (input, init = {}) => {
    const url = new URL(input)
    if (url.protocol !== 'https:' || !origins.includes(url.origin)) throw new Problem('forbidden')
    const body = await bytesOf(init.body)
    const options: RequestOptions = { method: init.method ?? 'GET', agent, headers: headersOf(init.headers, body) }
    return new Promise((resolve, reject) => {
      const outgoing = request(url, options, incoming => {
        clearTimeout(waiting)
        const status = incoming.statusCode ?? 0
        const headers = new Headers()
        for (let i = 0; i < incoming.rawHeaders.length; i += 2)
          headers.append(incoming.rawHeaders[i] as string, incoming.rawHeaders[i + 1] as string)
        const empty = status === 204 || status === 304 || options.method === 'HEAD'
        if (empty) incoming.resume()
        incoming.on('error', () => {})
        resolve(new Response(empty ? null : (Readable.toWeb(incoming) as ReadableStream), { status, headers }))
      })
      // Covers name, connection, handshake and the wait for the first byte of the answer.
      const waiting = setTimeout(() => outgoing.destroy(new Problem('centre-slow')), connectMs + idleMs)
      outgoing.setTimeout(idleMs, () => outgoing.destroy(new Problem('centre-slow')))
      outgoing.on('error', failure => {
        clearTimeout(waiting)
        reject(init.signal?.aborted ? (init.signal.reason ?? failure) : transportProblem(failure))
      })
      const abort = () => outgoing.destroy(new Error('aborted'))
      if (init.signal?.aborted) abort()
      init.signal?.addEventListener('abort', abort, { once: true })
      outgoing.on('close', () => init.signal?.removeEventListener('abort', abort))
      outgoing.end(body)
    })
  }
  return Object.assign(call, { close: () => agent.destroy() })
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|ALTNAME|ERR_SSL|ERR_TLS|WRONG_VERSION/

/** Turns a socket or TLS failure into the word a person can act on. */
export function transportProblem(failure: unknown): Problem {
  if (failure instanceof Problem) return failure
  const code = String((failure as NodeJS.ErrnoException).code ?? (failure as Error).message)
  const word: ProblemCode = CERTIFICATE.test(code)
    ? 'centre-not-ours'
    : code === 'ETIMEDOUT'
      ? 'centre-slow'
      : 'centre-unreachable'
  return new Problem(word, {}, { cause: failure })
}

async function bytesOf(body: RequestInit['body'] | null | undefined): Promise<Buffer | undefined> {
  if (body === undefined || body === null) return undefined
  return Buffer.from(await new Response(body).arrayBuffer())
}

function headersOf(headers: RequestInit['headers'], body: Buffer | undefined): Record<string, string> {
  const plain = Object.fromEntries(new Headers(headers))
  if (body) plain['content-length'] = String(body.length)
  return plain
}
