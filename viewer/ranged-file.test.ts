import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { rangedFile } from './ranged-file.ts'

const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251))
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

interface Fault {
  readonly ignoreRange?: boolean
  readonly short?: boolean
  readonly otherRange?: boolean
  readonly status?: number
  readonly code?: string
}

/** A server of one file that answers as ours does, or misbehaves; tells what it was asked. */
async function serve(fault: () => Fault = () => ({}), etag: () => string = () => '"1"') {
  const asked: { readonly method: string; readonly range: string | undefined; readonly ifRange: string | undefined }[] = []
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { range } = request.headers
    const ifRange = request.headers['if-range']
    asked.push({ method: request.method ?? '', range, ifRange: typeof ifRange === 'string' ? ifRange : undefined })
    const now = fault()
    if (now.status) {
      response.writeHead(now.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ code: now.code }))
      return
    }
    const match = range?.match(/^bytes=(\d+)-(\d+)$/)
    const changed = ifRange !== undefined && ifRange !== etag()
    if (request.method === 'HEAD' || !match || now.ignoreRange || changed) {
      response.writeHead(200, { 'content-length': BYTES.length, etag: etag() }).end(request.method === 'HEAD' ? undefined : BYTES)
      return
    }
    const first = Number(match[1])
    const last = Math.min(Number(match[2]), BYTES.length - 1)
    const body = BYTES.subarray(first, now.short ? last : last + 1)
    const told = now.otherRange ? first + 1 : first
    response.writeHead(206, { 'content-range': `bytes ${told}-${last}/${BYTES.length}`, etag: etag() }).end(body)
  })
  await new Promise<void>(resolve => server?.listen(0, '127.0.0.1', resolve))
  return { asked, file: rangedFile(`http://127.0.0.1:${(server.address() as AddressInfo).port}/f`) }
}

test('asks closed ranges and gives exactly those bytes, fewer only at the end of the file', async () => {
  const { file, asked } = await serve()
  expect([...(await file.read(10, 20))]).toEqual([...BYTES.subarray(10, 20)])
  expect(await file.read(990, 5000)).toHaveLength(10)
  expect(await file.read(1000, 2000)).toHaveLength(0)
  expect(await file.size()).toBe(1000)
  expect(asked.map(it => `${it.method} ${it.range ?? ''}`)).toEqual(['HEAD ', 'GET bytes=10-19', 'GET bytes=990-999'])
})

test('every range is asked of the version first seen; of another version nothing is taken', async () => {
  let version = '"1"'
  const { file, asked } = await serve(
    () => ({}),
    () => version,
  )
  await file.read(0, 10)
  expect(asked.at(-1)?.ifRange).toBe('"1"')
  version = '"2"'
  await expect(file.read(10, 20)).rejects.toMatchObject({ code: 'reads-damaged' })
})

test.each([
  ['a whole file instead of the range', { ignoreRange: true }],
  ['fewer bytes than were said', { short: true }],
  ['another range than was asked', { otherRange: true }],
])('%s is refused, never cut to fit', async (_, fault) => {
  const { file } = await serve(() => fault)
  await expect(file.read(100, 200)).rejects.toMatchObject({ name: 'Problem', code: 'reads-damaged' })
})

test('what our own door says is passed on: not here, locked, withdrawn', async () => {
  for (const [status, code] of [
    [404, 'not-here'],
    [401, 'locked'],
    [410, 'withdrawn'],
  ] as const) {
    let down = false
    const { file } = await serve(() => (down ? { status, code } : {}))
    await file.size()
    down = true
    await expect(file.read(0, 10)).rejects.toMatchObject({ code })
    server?.close()
  }
})

test('a read that is no longer wanted stops', async () => {
  const { file } = await serve()
  await file.size()
  await expect(file.read(0, 10, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
})
