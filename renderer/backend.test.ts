import { expect, test } from 'vitest'
import { contract, type Hint } from '#domain/contract.ts'
import { Problem } from '#domain/problems.ts'
import { bytesUrl, createCall, createEvents } from './backend.ts'
import { aView } from './testing/sample-case.ts'

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

test('names in the path are filled and the rest travels as the body', async () => {
  const seen: [string, RequestInit][] = []
  const call = createCall(async (url, init) => {
    seen.push([url, init])
    return json({}, 404)
  })
  const payload = { type: 'finding.pinned', findingId: 'a/b', pinned: true } as const
  await expect(call(contract.recordAct, { caseId: 'WGS-1', base: 1, manifestVersion: 2, payload })).rejects.toThrow(Problem)
  expect(seen[0]?.[0]).toBe('/api/cases/WGS-1/acts')
  expect(JSON.parse(String(seen[0]?.[1].body))).toEqual({ base: 1, manifestVersion: 2, payload })
})

test('a reply is parsed: what does not fit the contract never reaches a screen', async () => {
  const good = createCall(async () => json(aView()))
  await expect(good(contract.case, { caseId: 'WGS-26-0142' })).resolves.toMatchObject({ head: 7 })
  const bad = createCall(async () => json({ ...aView(), head: 'seven' }))
  await expect(bad(contract.case, { caseId: 'WGS-26-0142' })).rejects.toThrow()
})

test('a problem keeps its code and values; an unknown answer is internal; no answer means the backend is gone', async () => {
  const body = { type: '/problems/vcf-broken', title: 'x', status: 400, code: 'vcf-broken', values: { line: 12 } }
  const told = createCall(async () => json(body, 400))
  await expect(told(contract.cases, {})).rejects.toMatchObject({ code: 'vcf-broken', values: { line: 12 } })
  const odd = createCall(async () => new Response('<html>', { status: 502 }))
  await expect(odd(contract.cases, {})).rejects.toMatchObject({ code: 'internal' })
  const gone = createCall(async () => {
    throw new TypeError('failed to fetch')
  })
  await expect(gone(contract.cases, {})).rejects.toMatchObject({ code: 'backend-gone' })
})

test('places of bytes are encoded', () => {
  expect(bytesUrl('/api/cases/:caseId/files/:fileId', { caseId: 'c', fileId: 'a b' }, { x: '1' })).toBe(
    '/api/cases/c/files/a%20b?x=1',
  )
})

test('after a gap in the stream everything is asked for again', async () => {
  const sources: FakeSource[] = []
  class FakeSource {
    onopen?: () => void
    onerror?: () => void
    onmessage?: (message: MessageEvent<string>) => void
    readonly named = new Map<string, (message: Event) => void>()
    constructor() {
      sources.push(this)
    }
    addEventListener(name: string, listener: (message: Event) => void) {
      this.named.set(name, listener)
    }
    close() {}
  }
  const hints: Hint[] = []
  const states: boolean[] = []
  const stop = createEvents(() => new FakeSource() as unknown as EventSource)(
    hint => hints.push(hint),
    up => states.push(up),
  )
  sources[0]?.onopen?.()
  sources[0]?.named.get('case')?.(new MessageEvent('case', { data: '{"caseId":"WGS-1"}' }))
  sources[0]?.onmessage?.(new MessageEvent('message', { data: '{"event":"sync"}' }))
  sources[0]?.onmessage?.(new MessageEvent('message', { data: 'not json' }))
  expect(hints).toEqual([{ event: 'case', caseId: 'WGS-1' }, { event: 'sync' }])
  sources[0]?.onerror?.()
  await new Promise(resolve => setTimeout(resolve, 1100))
  sources[1]?.onopen?.()
  stop()
  expect(states).toEqual([true, false, true])
  expect(hints.slice(2)).toEqual([{ event: 'session' }, { event: 'cases' }, { event: 'sync' }])
})
