// biome-ignore-all lint/correctness/noNodejsModules: a development server that stands in for the privileged side.
// biome-ignore-all lint/complexity/noCommaOperator: a check and an answer in one line.
// biome-ignore-all lint/suspicious/noConsole: it tells where it listens.
//
//   node renderer/harness/server.mjs [port] [start state] [folder of the built page]
//
// Serves dist/page under the page's real policy and answers the contract from memory. It is never part of a release.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fixtureRecords, sampleRecords } from './sample-cases.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = process.argv[4] ?? join(root, 'dist/page')
const port = Number(process.argv[2] ?? 4600)
const PASSPHRASE = 'correct horse battery'
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self' data:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
}

const fixtures = fixtureRecords(join(root, 'fixtures/cases'))
const records = [...fixtures.map(it => it.record), ...(fixtures[0] ? sampleRecords(fixtures[0].record) : [])]
const folders = new Map(fixtures.map(it => [it.record.id, it.folder]))
const state = {
  session: process.argv[3] ?? 'sign-in',
  signIn: { state: 'idle' },
  tries: 0,
  retryAt: 0,
  online: 'online',
  sync: 'idle',
  acts: new Map(records.map(it => [it.id, []])),
  orders: new Map(records.map(it => [it.id, []])),
  revision: 1,
  seq: 88_400,
  deviceSeq: 0,
  failRecording: false,
  transfers: new Map(),
  partial: new Map([
    [records.at(-3)?.id, 0.42],
    [records.at(-4)?.id, 0],
  ]),
}
const now = () => new Date().toISOString()
const key = randomBytes(32).toString('base64')
const streams = new Set()
const hint = data => {
  for (const res of streams) res.write(`event: ${data.event}\ndata: ${JSON.stringify(data)}\n\n`)
}

const session = () => ({
  state: state.session,
  ...(state.session === 'sign-in'
    ? {}
    : { user: { sub: 'u1', name: '甲野', role: '病理（分子）', hospital: '架空がんセンター病院' } }),
  device: { id: 'd1', name: '病理 PC-07' },
  centre: { name: '模擬データセンター', origin: 'https://centre.example', simulated: true },
  signIn: state.signIn,
  online: state.online,
  protection: { kind: 'passphrase-only', backend: 'none', engine: 'argon2id' },
  unlock: { tries: state.tries, retryAfterMs: Math.max(0, state.retryAt - Date.now()) },
  shell: 'loopback',
  versions: { app: '0.1.0', node: process.versions.node },
})
const entry = record => {
  const share = state.partial.get(record.id)
  const bytes = 412_000_000
  return {
    id: record.id,
    version: share === 0 ? 0 : 3,
    revision: `r${state.revision}-${state.acts.get(record.id).length}`,
    presence: {
      state: share === undefined ? 'complete' : share === 0 ? 'absent' : 'partial',
      filesHere: share === undefined ? 12 : share === 0 ? 0 : 5,
      files: 12,
      bytesHere: bytes * (share ?? 1),
      bytes,
    },
    withdrawn: false,
  }
}
const views = () => [
  ...records.map(entry),
  {
    id: 'WGS-26-0088',
    version: 2,
    revision: 'w1',
    presence: { state: 'absent', filesHere: 0, files: 0, bytesHere: 0, bytes: 0 },
    withdrawn: true,
  },
]
const caseView = record => ({
  entry: entry(record),
  record,
  head: state.seq,
  acts: state.acts.get(record.id),
  orders: state.orders.get(record.id),
  manifest: { version: 3, issuedAt: '2026-11-20T08:12:00Z', signedBy: 'centre-2026-a' },
  stage: record.stage,
})
const allActs = () => [...state.acts.values()].flat()
const sync = () => ({
  state: state.online === 'switched-off' ? 'switched-off' : state.sync,
  online: state.online,
  lastSync: '2026-11-22T05:32:08Z',
  cases: [...state.transfers.values()],
  outbox: Object.fromEntries(
    [
      ['waiting', ['recorded', 'sending']],
      ['accepted', ['accepted']],
      ['conflict', ['conflict']],
      ['refused', ['refused']],
    ].map(([name, states]) => [name, allActs().filter(it => states.includes(it.state)).length]),
  ),
  waiting: allActs().filter(it => it.state !== 'accepted' && it.mine),
  receipts: allActs().filter(it => it.state === 'accepted'),
})
const makeAct = (caseId, payload, base, mine = true, more = {}) => ({
  header: {
    id: randomUUID(),
    caseId,
    type: payload.type,
    base,
    manifestVersion: 3,
    actor: mine
      ? { sub: 'u1', name: '甲野', role: '病理（分子）', acr: 'mfa' }
      : { sub: 'u2', name: '乙川', role: '薬物療法', acr: 'mfa' },
    deviceId: 'd1',
    deviceSeq: state.deviceSeq++,
    prev: '0'.repeat(64),
    deviceTime: now(),
    serverOffsetMs: 0,
    payloadHash: createHash('sha256').update(JSON.stringify(payload)).digest('hex'),
  },
  payload,
  state: 'recorded',
  recordedAt: now(),
  mine,
  ...more,
})
const accept = act => {
  state.seq++
  Object.assign(act, {
    state: 'accepted',
    receipt: { seq: state.seq, at: now(), hash: createHash('sha256').update(act.header.id).digest('hex'), jws: 'x' },
  })
}
/** Two decisions of two people on one finding, for the conflict screen. */
function seedConflict() {
  const record = records[2]
  const finding = record?.findings[1]
  if (!finding) return
  const decided = (value, comment) => ({
    type: 'finding.decided',
    findingId: finding.id,
    classifications: [{ scheme: 'AMP', value }],
    level: 1,
    recommendation: { kind: 'drug', text: '架空の薬' },
    return: 'return',
    dissents: [],
    comment,
  })
  const theirs = makeAct(record.id, decided('II-C', '承認の範囲外'), 1, false)
  accept(theirs)
  const mine = makeAct(record.id, decided('I-A', '承認の範囲と考える'), 1, true, {
    state: 'conflict',
    against: [theirs.header.id],
  })
  state.acts.get(record.id).push(theirs, mine)
}
seedConflict()

class Refusal extends Error {
  constructor(code, status, values) {
    super(code)
    Object.assign(this, { code, status, values })
  }
}
const needOpen = () => {
  if (state.session !== 'open') throw new Refusal('locked', 401)
}
const recordOf = id => {
  const found = records.find(it => it.id === id)
  if (!found) throw new Refusal('not-found', 404)
  if (state.partial.get(id) === 0) throw new Refusal('not-here', 404)
  return found
}
function transfer(caseId) {
  const of = 412_000_000
  const progress = {
    caseId,
    state: 'fetching',
    bytes: of * (state.partial.get(caseId) ?? 1),
    of,
    bytesPerSecond: 31_000_000,
    files: [
      { file: 'tumour.cram', role: 'reads', bytes: of * 0.3, of: of * 0.7, done: false },
      { file: 'normal.bam', role: 'reads', bytes: of * 0.1, of: of * 0.2, done: false },
      { file: 'variants.vcf.gz', role: 'variants', bytes: 1_200_000, of: 1_200_000, done: true },
    ],
  }
  state.transfers.set(caseId, progress)
  const timer = setInterval(() => {
    if (progress.state !== 'fetching') return clearInterval(timer)
    progress.bytes = Math.min(of, progress.bytes + 31_000_000 / 2)
    if (progress.bytes >= of) {
      Object.assign(progress, {
        state: 'done',
        bytesPerSecond: 0,
        files: progress.files.map(it => ({ ...it, bytes: it.of, done: true })),
      })
      state.partial.delete(caseId)
      state.revision++
      hint({ event: 'cases' })
    }
    hint({ event: 'sync' })
  }, 500)
}

const routes = {
  'GET /api/session': session,
  'POST /api/session/sign-in'() {
    state.signIn = { state: 'waiting', url: 'http://127.0.0.1:9/auth?state=abc', opened: false, since: now() }
    setTimeout(() => {
      if (state.signIn.state !== 'waiting') return
      state.signIn = { state: 'idle' }
      state.session = 'set-passphrase'
      hint({ event: 'session' })
    }, 3500)
    return session()
  },
  'POST /api/session/sign-in/cancel'() {
    state.signIn = { state: 'idle' }
    return session()
  },
  'POST /api/session/passphrase'({ passphrase }) {
    if ([...passphrase].length < 13) throw new Refusal('passphrase-too-short', 400)
    state.session = 'open'
    return session()
  },
  'POST /api/session/unlock'({ passphrase }) {
    if (Date.now() < state.retryAt || passphrase !== PASSPHRASE) {
      state.tries++
      state.retryAt = Date.now() + 1000 * 2 ** state.tries
      throw new Refusal('wrong-passphrase', 403)
    }
    Object.assign(state, { tries: 0, retryAt: 0, session: 'open' })
    return session()
  },
  'POST /api/session/lock'() {
    state.session = 'locked'
    hint({ event: 'session' })
    return session()
  },
  'POST /api/session/read-model-key': () => (needOpen(), { key }),
  'GET /api/cases': () => (needOpen(), { cases: views() }),
  'GET /api/sync': () => (needOpen(), sync()),
  'POST /api/sync/run'() {
    needOpen()
    state.sync = 'running'
    setTimeout(() => {
      for (const act of allActs()) if (act.state === 'recorded') accept(act)
      for (const orders of state.orders.values())
        for (const it of orders) Object.assign(it, { state: 'accepted', serviceRequest: 'ServiceRequest/17' })
      state.sync = 'idle'
      state.revision++
      hint({ event: 'sync' })
      hint({ event: 'cases' })
      for (const it of records) hint({ event: 'case', caseId: it.id })
    }, 900)
    return sync()
  },
  'POST /api/sync/cancel'({ caseId }) {
    for (const it of state.transfers.values()) if (!caseId || it.caseId === caseId) it.state = 'cancelled'
    return sync()
  },
  'POST /api/sync/resume': ({ caseId }) => (transfer(caseId), sync()),
  'POST /api/sync/network'({ on }) {
    state.online = on ? 'online' : 'switched-off'
    return sync()
  },
  'POST /harness/fail'({ on }) {
    state.failRecording = on
    return {}
  },
}
function caseRoutes(method, path, body) {
  const [, id, rest = ''] = /^\/api\/cases\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (!id) return undefined
  needOpen()
  const record = recordOf(decodeURIComponent(id))
  if (method === 'GET' && rest === '') return caseView(record)
  if (method === 'POST' && rest === '/acts') {
    if (state.failRecording) throw new Refusal('disk-full', 507)
    const act = makeAct(record.id, body.payload, body.base)
    state.acts.get(record.id).push(act)
    if (body.payload.type === 'confirmation.ordered')
      state.orders.get(record.id).push({
        orderId: body.payload.orderId,
        actId: act.header.id,
        findingId: body.payload.findingId,
        method: body.payload.method,
        specimenId: body.payload.specimenId,
        state: 'recorded',
        orderedAt: act.recordedAt,
      })
    setTimeout(() => hint({ event: 'sync' }), 10)
    return act
  }
  if (method === 'POST' && rest === '/reports') {
    const sha256 = createHash('sha256').update(`${record.id}${Date.now()}`).digest('hex')
    const act = makeAct(record.id, { type: 'report.issued', kind: 'panel', language: body.language, sha256 }, state.seq)
    state.acts.get(record.id).push(act)
    return { act, sha256, bytes: 1 }
  }
  return undefined
}
function send(res, status, type, body, more = {}) {
  res.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': CSP,
    'x-content-type-options': 'nosniff',
    ...more,
  })
  res.end(body)
}
function sendFile(req, res, path) {
  const { size } = statSync(path)
  const range = /^bytes=(\d+)-(\d*)$/.exec(req.headers.range ?? '')
  const first = range ? Number(range[1]) : 0
  const last = range?.[2] ? Math.min(size - 1, Number(range[2])) : size - 1
  if (first > last) return send(res, 416, 'text/plain', '', { 'content-range': `bytes */${size}` })
  res.writeHead(range ? 206 : 200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-length': last - first + 1,
    'content-security-policy': CSP,
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
    ...(range ? { 'content-range': `bytes ${first}-${last}/${size}` } : {}),
  })
  if (req.method === 'HEAD') return res.end()
  createReadStream(path, { start: first, end: last }).pipe(res)
}
createServer(async (req, res) => {
  const { pathname } = new URL(req.url, 'http://x')
  try {
    if (pathname === '/api/events') {
      res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      res.write(': hello\n\n')
      streams.add(res)
      req.on('close', () => streams.delete(res))
      return
    }
    const file = /^\/api\/cases\/([^/]+)\/files\/([^/]+)$/.exec(pathname)
    if (file) {
      needOpen()
      const folder = folders.get(decodeURIComponent(file[1])) ?? fixtures[0]?.folder
      const path = join(folder, normalize(decodeURIComponent(file[2])).replace(/^(\.\.[/\\])+/, ''))
      if (!existsSync(path)) throw new Refusal('not-found', 404)
      return sendFile(req, res, path)
    }
    if (/report\.pdf$/.test(pathname)) {
      needOpen()
      const pdf = join(root, '.tmp/sample-report.pdf')
      if (!existsSync(pdf)) throw new Refusal('not-found', 404)
      return send(res, 200, 'application/pdf', readFileSync(pdf))
    }
    if (pathname.startsWith('/reference/')) {
      const path = join(root, 'dist', normalize(pathname))
      return existsSync(path) ? sendFile(req, res, path) : send(res, 404, 'text/plain', 'not found')
    }
    if (pathname.startsWith('/api/') || pathname.startsWith('/harness/')) {
      const chunks = []
      for await (const chunk of req) chunks.push(chunk)
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {}
      const route = routes[`${req.method} ${pathname}`]
      const answer = route ? route(body) : caseRoutes(req.method, pathname, body)
      if (answer === undefined) throw new Refusal('not-found', 404)
      return send(res, 200, 'application/json', JSON.stringify(answer))
    }
    const path = join(page, normalize(pathname === '/' ? '/index.html' : pathname))
    if (!path.startsWith(page) || !existsSync(path)) return send(res, 404, 'text/plain', 'not found')
    sendFile(req, res, path)
  } catch (error) {
    const { code = 'internal', status = 500, values } = error
    if (!(error instanceof Refusal)) console.error(error)
    send(
      res,
      status,
      'application/problem+json',
      JSON.stringify({ type: `/problems/${code}`, title: code, status, code, ...(values ? { values } : {}) }),
    )
  }
}).listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/ (passphrase: ${PASSPHRASE})`))
