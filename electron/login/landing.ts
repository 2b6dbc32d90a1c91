import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Problem } from '#domain/problems.ts'
import { callbackPage } from './callback-page.ts'

/** Five minutes to type a password and a code; then the door is shut. */
const SIGN_IN_MS = 5 * 60_000

export interface Landing {
  readonly redirect: string
  readonly request: Promise<URL>
  answer(outcome: 'done' | 'failed'): void
  close(problem: Problem): void
  end(): void
}

/** One request, one answer, then the door is gone. Only our own name in Host: a rebound name does not get in. */
export async function openLanding(): Promise<Landing> {
  let arrive: (url: URL) => void = () => {}
  let fail: (problem: Problem) => void = () => {}
  const request = new Promise<URL>((resolve, reject) => {
    arrive = resolve
    fail = reject
  })
  request.catch(() => undefined)
  let reply: ((outcome: 'done' | 'failed') => void) | undefined
  const server: Server = createServer((incoming, outgoing) => {
    const { port } = server.address() as AddressInfo
    const url = new URL(incoming.url ?? '/', `http://127.0.0.1:${port}`)
    const ours = incoming.method === 'GET' && incoming.headers.host === `127.0.0.1:${port}` && url.pathname === '/cb' && !reply
    if (!ours) {
      outgoing.writeHead(403).end()
      return
    }
    reply = outcome => {
      const page = callbackPage(outcome)
      outgoing.writeHead(200, page.headers).end(page.html)
    }
    arrive(url)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const timer = setTimeout(() => fail(new Problem('sign-in-cancelled')), SIGN_IN_MS)
  const end = () => {
    clearTimeout(timer)
    setTimeout(() => server.closeAllConnections(), 500).unref()
    server.close()
  }
  return {
    redirect: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cb`,
    request,
    answer: outcome => reply?.(outcome),
    close: problem => {
      fail(problem)
      end()
    },
    end,
  }
}
