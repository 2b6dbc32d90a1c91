import { timingSafeEqual } from 'node:crypto'
import type { Handler } from '../backend/handler.ts'
import type { Tickets } from './ticket.ts'

const COOKIE = 'panelbench-session'

export interface GateOptions {
  /** Our own origin, for example `http://workstation.localhost:41873`. */
  readonly origin: string
  /** 256 random bits, for the life of this process. */
  readonly session: string
  readonly tickets: Tickets
}

/**
 * Outermost door of the loopback shell, before any routing and for assets too. Host must be our very own name (DNS rebinding
 * sends the attacker's), the browser must say the request is same-origin, and the session cookie must be ours. `/enter` is the
 * one place where a ticket buys the cookie.
 */
export function loopbackGate({ origin, session, tickets }: GateOptions, handle: Handler): Handler {
  const { host } = new URL(origin)
  return async request => {
    const header = (name: string) => request.headers.get(name)
    const url = new URL(request.url)
    if (header('host') !== host || (header('origin') ?? origin) !== origin) return forbidden()
    if (url.pathname === '/enter') return enter(request, url)
    if (url.pathname === '/enter.js') return script()
    const sameOrigin = header('sec-fetch-site') === 'same-origin' || isFirstNavigation(header, url)
    const json = request.method !== 'POST' || header('content-type')?.split(';')[0] === 'application/json'
    return sameOrigin && json && sameSecret(cookie(header('cookie')), session) ? handle(request) : forbidden()
  }

  function isFirstNavigation(header: (name: string) => string | null, url: URL): boolean {
    // Reload and a typed address arrive as "none"; they may open the page, never call the API.
    return header('sec-fetch-site') === 'none' && header('sec-fetch-mode') === 'navigate' && !url.pathname.startsWith('/api/')
  }

  function enter(request: Request, url: URL): Response {
    const ticket = url.searchParams.get('ticket') ?? ''
    if (request.method !== 'GET' || !tickets.redeem(ticket)) return forbidden()
    // 200 and not 303: a redirect from the launch file is still cross-site, and Chromium then withholds the Strict cookie.
    return new Response('<!doctype html><meta charset="utf-8"><title>Panelbench</title><script src="/enter.js"></script>', {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'set-cookie': `${COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/`,
        'content-security-policy': "default-src 'none'; script-src 'self'",
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      },
    })
  }
}

function script(): Response {
  return new Response("location.replace('/')", {
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

function forbidden(): Response {
  return new Response('forbidden', { status: 403, headers: { 'cache-control': 'no-store', 'content-type': 'text/plain' } })
}

function cookie(header: string | null): string {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=')
    if (name === COOKIE) return value ?? ''
  }
  return ''
}

function sameSecret(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
