import { describe, expect, test } from 'vitest'
import { cancelWithBody } from './cancel-with-body.ts'
import { loopbackGate } from './loopback-gate.ts'
import { isOwnPage, mayRequest } from './navigation.ts'
import { createTickets } from './ticket.ts'

const origin = 'http://workstation.localhost:41873'

describe('the window goes nowhere but to our own page', () => {
  test.each([
    'https://example.org/',
    'http://example.org/?next=app://workstation',
    'app://workstation.evil.example/',
    'app://evil@workstation/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'app:workstation',
    '',
  ])('%s is refused', target => expect(isOwnPage(target, 'app://workstation')).toBe(false))
  test('our page is allowed, and nothing outside may be requested', () => {
    expect(isOwnPage('app://workstation/index.html#x', 'app://workstation')).toBe(true)
    expect(mayRequest('https://eutils.ncbi.nlm.nih.gov/x', 'app://workstation')).toBe(false)
    expect(mayRequest('data:image/png;base64,AA', 'app://workstation')).toBe(true)
  })
})

describe('the loopback gate', () => {
  const setUp = () => {
    let now = 0
    const tickets = createTickets(() => now, 10_000)
    const gate = loopbackGate({ origin, session: 's'.repeat(43), tickets }, async () => new Response('inside'))
    const ask = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      (await gate(new Request(origin + path, { method, headers: { host: 'workstation.localhost:41873', ...headers } }))).status
    return { tickets, gate, ask, later: (ms: number) => (now += ms) }
  }
  const good = { cookie: `panelbench-session=${'s'.repeat(43)}`, 'sec-fetch-site': 'same-origin' }

  test('lets the page through with cookie and same-origin', async () => {
    expect(await setUp().ask('/api/session', good)).toBe(200)
  })
  test.each([
    ['a rebound name', { ...good, host: 'evil.example:41873' }],
    ['another port', { ...good, host: 'workstation.localhost:1' }],
    ['a look-alike', { ...good, host: 'workstation.localhost:41873.evil.example' }],
    ['a foreign origin', { ...good, origin: 'https://evil.example' }],
    ['a cross-site request', { ...good, 'sec-fetch-site': 'cross-site' }],
    ['a same-site request', { ...good, 'sec-fetch-site': 'same-site' }],
    ['no cookie', { 'sec-fetch-site': 'same-origin' }],
    ['a wrong cookie', { ...good, cookie: `panelbench-session=${'t'.repeat(43)}` }],
    ['a typed address of the API', { ...good, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
  ])('refuses %s', async (_name, headers) => {
    expect(await setUp().ask('/api/cases', headers)).toBe(403)
  })
  test('refuses a write that is not JSON', async () => {
    expect(await setUp().ask('/api/sync/run', { ...good, 'content-type': 'text/plain' }, 'POST')).toBe(403)
    expect(await setUp().ask('/api/sync/run', { ...good, 'content-type': 'application/json' }, 'POST')).toBe(200)
  })
  test('a ticket buys one session, once, and not for long', async () => {
    const { tickets, ask, later } = setUp()
    const ticket = tickets.issue()
    expect(await ask(`/enter?ticket=${ticket}`)).toBe(200)
    expect(await ask(`/enter?ticket=${ticket}`)).toBe(403)
    const late = tickets.issue()
    later(10_001)
    expect(await ask(`/enter?ticket=${late}`)).toBe(403)
    expect(await ask('/enter?ticket=')).toBe(403)
  })
})

test('when the page gives up on a body, the work behind it is told', async () => {
  let stopped = false
  const handle = cancelWithBody(async request => {
    request.signal.addEventListener('abort', () => {
      stopped = true
    })
    return new Response(new ReadableStream({ pull: controller => controller.enqueue(new Uint8Array(1024)) }))
  })
  const response = await handle(new Request('app://workstation/x'))
  await response.body?.cancel()
  expect(stopped).toBe(true)
})
